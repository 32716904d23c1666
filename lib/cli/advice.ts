import type { ErrorCode, PaginationError } from '../core/pagination-error';
import type { PageReply } from '../core/page-reply';
import { isError } from '../detect/what-is-it';
import { isRecord } from '../protocol/is-record';
import { resolvePointer } from '../protocol/json-pointer';

import { arraysIn } from './arrays-in';
import type { DocumentFlags } from './document-flags';
import { shortText } from './visible-text';
import { takers } from './strategy-choices';
import type { StrategyFlags } from './strategy-flags';

/** What an error was met with. */
export interface Failed {
  readonly strategy: string | undefined;
  readonly flags: StrategyFlags & Pick<DocumentFlags, 'openapi'>;
  /** The last reply that came, read or not. */
  readonly reply: PageReply | undefined;
  /** Advice of the command's own, in place of that for walks. */
  readonly advice?: Readonly<Partial<Record<ErrorCode, string>>> | undefined;
}

const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  NETWORK: 'check the address, and that the server can be reached',
  TLS: 'check the address; the certificate does not belong to it or is not trusted',
  TIMEOUT: 'try a longer --timeout, or ask for smaller pages',
  BAD_JSON: 'try again; if it stays, the server sends broken pages',
  BAD_CONTENT:
    'check the address; where an API wants credentials, send them with --header-file or -H',
  LOOP: 'check --strategy, and that the server knows the parameter of the position (--param)',
  STALLED: 'the server gives ever new positions and no items; ask its operator',
  API_ERROR: 'check the request; the server says what is wrong with it',
  CURSOR_EXPIRED: 'start anew without --resume',
  DRIFT: 'the list has changed since; start anew without --resume',
  CROSS_ORIGIN: "if only the link's query counts, try --strategy link --follow merge",
  CHECKPOINT_MISMATCH: 'use the URL and options of the run that printed the token',
  CHECKPOINT_CORRUPT: 'copy the whole token, or start anew without --resume',
};

const CORRECT = 'correct the document, for instance with --overlay';
/** Codes whose advice names options that do not go with `--openapi`. */
const OF_LISTS: readonly string[] = ['LOOP', 'PROTOCOL', 'CROSS_ORIGIN'];

/** What to try, where there is something. */
export function adviceOn(error: PaginationError, failed: Failed): string | undefined {
  // Where retries were used up, the last attempt says what is wrong.
  const code = error.code === 'RETRY_EXHAUSTED' ? error.history.at(-1)?.code : error.code;
  if (failed.advice !== undefined && code !== undefined && Object.hasOwn(failed.advice, code)) {
    return failed.advice[code];
  }
  if (failed.flags.openapi !== undefined && OF_LISTS.includes(code ?? '')) return undefined;
  if (code === 'HTTP_STATUS') return onStatus(error.status ?? 0);
  if (code === 'BAD_SHAPE') return onShape(failed);
  if (code === 'PROTOCOL') return onProtocol(failed);
  return code === undefined ? undefined : ADVICE[code];
}

function onStatus(status: number): string {
  if (status === 401 || status === 403 || status === 407) {
    return 'send credentials with --header-file or -H';
  }
  if (status === 404) return 'check the address';
  if (status === 408 || status === 429 || status >= 500) return 'try again later';
  return 'check the parameters of the request';
}

function onShape({ strategy, flags, reply }: Failed): string | undefined {
  if (reply === undefined) return undefined;
  const { body } = reply;
  if (Array.isArray(body)) {
    if (flags.openapi !== undefined) return CORRECT;
    return flags.items === undefined ? undefined : "the body itself is an array: try --items ''";
  }
  if (flags.items !== undefined && !flags.items.startsWith('$')) {
    const there = resolvePointer(body, flags.items);
    if (there.found && Array.isArray(there.value)) return undefined; // something else is wrong
  }
  if (isRecord(body) && isError(body))
    return `check the request; the server says ${shortText(JSON.stringify(body))}`;
  const arrays = arraysIn(body);
  const has =
    arrays.length === 0
      ? 'the body has no array'
      : `the body has the ${arrays.length === 1 ? 'array' : 'arrays'} ${arrays.join(', ')}`;
  if (flags.openapi !== undefined) return `${has}: ${CORRECT}`;
  if (strategy !== undefined && !takers('items').includes(strategy))
    return `${has}; try another --strategy`;
  return arrays[0] === undefined ? has : `${has}: try --items ${arrays[0]}`;
}

/** Of the ways in which a server breaks a protocol, the one that a strategy helps with. */
function onProtocol({ strategy }: Failed): string | undefined {
  if (strategy !== undefined) return undefined;
  return 'say how the list is paged with --strategy (cursor, number, offset ...), or --strategy single if this is all of it';
}
