import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import type { PageReading } from '../core/pagination-strategy';
import { isRecord } from '../protocol/is-record';
import { isJson, readWhole } from '../strategy/read-values';
import { member } from './body-view';
import { isError } from './what-is-it';

/** What is known of the first page, of a walk that was not resumed. */
export interface FirstPageFacts {
  readonly count: number;
  readonly position: Json | undefined;
  readonly code: unknown;
}

/** A code of success or failure that replies repeat, by any of the names it has. */
export function codeOf(body: unknown): unknown {
  const names = ['code', 'status', 'errcode', 'error_code', 'errno', 'ret', 'retcode', 'errorCode'];
  const name = names.find((one) => member(body, one) !== undefined);
  return name === undefined ? undefined : member(body, name);
}

/**
 * A page without items is the end of a list only if nothing contradicts it: it is none where its body says that something
 * failed, or where the total says that there is more. Nobody said that this server means it.
 */
export function checkedEnd<T>(
  reading: PageReading<T>,
  { body }: PageReply,
  first: FirstPageFacts | undefined,
): PageReading<T> {
  if (reading.items.length > 0 || reading.apiError !== undefined) return reading;
  const code = codeOf(body);
  const isOtherCode = first?.code !== undefined && code !== undefined && code !== first.code;
  if (isRecord(body) && (isError(body) || isOtherCode)) {
    return { ...reading, apiError: isJson(body) ? body : 'no JSON value' };
  }
  const { totalCount } = reading;
  const most = mostBefore(reading, first);
  if (totalCount === undefined || most === undefined || most >= totalCount) return reading;
  return {
    ...reading,
    next: () => {
      throw new PaginationError(
        'PROTOCOL',
        `The page has no items, but the total says ${String(totalCount)}, and no more than ${String(most)} can have come before it`,
      );
    },
  };
}

/** The most items that can stand before the page; `undefined` where that is not known. */
function mostBefore(
  { kind, position, limit }: PageReading,
  first: FirstPageFacts | undefined,
): number | undefined {
  const at = readWhole(position);
  if (at === undefined) return undefined;
  if (kind === 'offset') return at;
  const size = Math.max(limit ?? 0, first?.count ?? 0);
  const from = readWhole(first?.position);
  // Numbers begin with 0 or 1; a walk that began further on has others before it.
  const pages = from === 1 ? at - 1 : at;
  return kind === 'number' && size > 0 ? pages * size : undefined;
}
