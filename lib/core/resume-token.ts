import { fromBase64Url, toBase64Url } from '../protocol/base64url';
import { canonicalJson } from '../protocol/canonical-json';
import { hashText } from '../protocol/hash';
import { isRecord } from '../protocol/is-record';

import { isCredentialName } from './credential-name';
import type { Json } from './json';
import type { PageRequest } from './page-request';
import { PaginationError } from './pagination-error';
import type { KnownRows } from './step';

const PREFIX = 'po';
const VERSION = '1';

/** What a resume token says. */
export interface ResumeState {
  /** Names the strategy of the walk. */
  readonly strategy: string;
  /** Names the one chosen, where the strategy is a choice. */
  readonly chosen?: string | undefined;
  /** Absent at the first page. */
  readonly position?: Json | undefined;
  /** The position was no JSON, so nothing can be resumed from it. */
  readonly opaque?: true | undefined;
  /** Credential parameters left out of a link position; the request has them. */
  readonly left?: readonly string[] | undefined;
  readonly taken: number;
  readonly digest?: string | undefined;
  /** The position is not the place itself, which holds a secret: items and pages to be passed over from it on. */
  readonly again?: Again | undefined;
  readonly pages: number;
  readonly items: number;
  readonly rows?: KnownRows | undefined;
  /** The page size to go on with; it may as well be another. */
  readonly size?: number | undefined;
  readonly request: RequestDigest;
}

/** The way from a position to a place; `digest` of its items. */
interface Again {
  readonly items: number;
  readonly pages: number;
  readonly digest: string;
}

/** A hash of each part of a request that tells one list from another; headers and credentials are no part of it. */
export interface RequestDigest {
  readonly method: string;
  readonly URL: string;
  readonly params: string;
  readonly body: string;
}

export function digestRequest(request: PageRequest): RequestDigest {
  return {
    method: digest(request.method?.toUpperCase() ?? 'GET'),
    URL: digest(withoutCredentials(request.url)),
    params: digest([publicValues(request.path), publicValues(request.params)]),
    body: digest(request.body ?? null),
  };
}

/** Digest of any JSON value as short text. */
function digest(value: unknown): string {
  return hashText(canonicalJson(value));
}

/** Digest of items that were handed on; items that are no JSON (an SDK's objects) are told apart by their number only. */
export function digestItems(items: readonly unknown[]): string {
  try {
    return digest(items);
  } catch {
    return `#${String(items.length)}`;
  }
}

/** Digest of items that follow those of `before`, whatever pages they come in. */
export function rollDigest(before: string, items: readonly unknown[]): string {
  return items.reduce((digested: string, item) => hashText(digested + digestItems([item])), before);
}

/** Versioned, opaque, URL-safe text with a checksum. */
export function writeResumeToken(state: ResumeState): string {
  const text = JSON.stringify(state);
  return `${PREFIX}${VERSION}.${toBase64Url(text)}.${digest(text)}`;
}

/** @throws PaginationError `CHECKPOINT_CORRUPT` where the text is not a token of this version, whole and unchanged. */
export function readResumeToken(token: string): ResumeState {
  const [head, payload, checksum, ...rest] = token.split('.');
  if (head !== `${PREFIX}${VERSION}`) {
    const known = head?.startsWith(PREFIX) === true && /^\d+$/.test(head.slice(PREFIX.length));
    throw corrupt(
      known ? `it is of version ${head.slice(PREFIX.length)}, not ${VERSION}` : 'it is none',
    );
  }
  const text = payload === undefined ? undefined : fromBase64Url(payload);
  if (text === undefined || rest.length > 0 || digest(text) !== checksum) {
    throw corrupt('its checksum is wrong');
  }
  const state = parse(text);
  if (!isState(state)) throw corrupt('its fields are wrong');
  return state;
}

/** The checksum is no secret: who makes a token up can give it to any text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function corrupt(why: string): PaginationError {
  return new PaginationError('CHECKPOINT_CORRUPT', `The resume token cannot be read: ${why}`);
}

/** Names that are those of filters too, as of countries; no key or code that opens anything is as short as their values. */
const AMBIGUOUS = /^(?:code|key|ticket)$/i;
const SHORT = 8;

function isCredential(name: string, value: unknown): boolean {
  return isCredentialName(name) && !(AMBIGUOUS.test(name) && String(value).length < SHORT);
}

function publicValues(values: PageRequest['params']): object {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(
      ([name, value]) => value !== undefined && value !== null && !isCredential(name, value),
    ),
  );
}

function withoutCredentials(url: string): string {
  const bare = url.replace(/#.*$/s, '').replace(/^([^/?]*\/\/)[^/?@]*@/, '$1');
  const mark = bare.indexOf('?');
  if (mark < 0) return bare;
  const pairs = bare.slice(mark + 1).split('&');
  const kept = pairs.filter((pair) => {
    const [name = '', ...value] = pair.split('=');
    return !isCredential(name, value.join('='));
  });
  return `${bare.slice(0, mark)}?${kept.join('&')}`;
}

function isState(value: unknown): value is ResumeState {
  if (!isRecord(value) || !isRecord(value['request'])) return false;
  const { request } = value;
  return (
    isString(value['strategy']) &&
    (value['chosen'] === undefined || isString(value['chosen'])) &&
    (value['digest'] === undefined || isString(value['digest'])) &&
    (value['left'] === undefined ||
      (Array.isArray(value['left']) && value['left'].every(isString))) &&
    ['taken', 'pages', 'items'].every((name) => isCount(value[name])) &&
    (value['again'] === undefined || isAgain(value['again'])) &&
    (value['rows'] === undefined || isRows(value['rows'])) &&
    (value['size'] === undefined || isCount(value['size'])) &&
    ['method', 'URL', 'params', 'body'].every((name) => isString(request[name]))
  );
}

function isRows(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { at, end, size, keys } = value;
  return [at, end, size].every(isCount) && Array.isArray(keys) && keys.every(isString);
}

function isAgain(value: unknown): boolean {
  return (
    isRecord(value) &&
    isCount(value['items']) &&
    isCount(value['pages']) &&
    isString(value['digest'])
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
