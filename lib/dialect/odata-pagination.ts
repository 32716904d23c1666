import { checkOptions, isCount } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { resolveLink } from '../protocol/next-url';
import { linkPagination } from '../strategy/link-pagination';
import { isSelector, select } from '../strategy/selector';
import type { Selector, SelectorFunction } from '../strategy/selector';
import { labelled } from '../strategy/selector-functions';
import { readSlot, withSlot } from '../strategy/slot';

/** What `odataPagination` can be told besides the protocol. */
export interface OdataOptions<T = unknown> {
  /** @defaultValue `/value`, in versions 2 and 3 `/d/results` or `/d` */
  readonly items?: Selector<readonly T[]> | undefined;
  /** The page size preferred (`Prefer: odata.maxpagesize`), where the request does not say; the server may take another. @defaultValue the server's own */
  readonly maxPageSize?: number | undefined;
}

/** Version 4.01 leaves out the prefix; versions 2 and 3 wrap everything in `d`, version 3 also writes `odata.` alone. */
const NAMES = {
  next: ['/@odata.nextLink', '/@nextLink', '/odata.nextLink', '/d/__next'],
  delta: ['/@odata.deltaLink', '/@deltaLink', '/d/__delta'],
  count: ['/@odata.count', '/@count', '/odata.count', '/d/__count'],
  context: ['/@odata.context', '/@context'],
  items: ['/value', '/d/results', '/d'],
} as const;

/**
 * Lists of OData services of versions 2 to 4.01 (Microsoft Graph, Dynamics, SAP): the items are in `value`, and
 * `@odata.nextLink` leads to the next page; it is followed as it is, and relative links are resolved against the context URL.
 *
 * The walk ends where there is no next link. The page there may hold `@odata.deltaLink`: `deltaLink` of the last of `pages()` is the
 * request for later changes, and walking it with this strategy gives these. The total is read where the request asks for
 * it (`$count=true`). Errors: `API_ERROR` for an `error` in a reply of status 200, `BAD_SHAPE` where the items are no array.
 *
 * @throws TypeError for an unknown or wrong option.
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_ServerDrivenPaging
 */
export function odataPagination<T = unknown>(
  options: OdataOptions<T> = {},
): PaginationStrategy<T, 'link'> {
  checkOptions('odataPagination', options, { items: isSelector, maxPageSize: isCount });
  const { items = valueOf<T>(), maxPageSize } = options;
  const links = linkPagination<T>({
    id: 'odata',
    items,
    next: linkOf(NAMES.next),
    delta: linkOf(NAMES.delta),
    totalCount: firstOf(NAMES.count),
    apiError: '/error',
  });
  return {
    ...links,
    start: (request) => (maxPageSize === undefined ? request : preferring(request, maxPageSize)),
  };
}

function valueOf<T>(): SelectorFunction<readonly T[]> {
  const read = labelled('odata.value', (reply) => {
    const found = NAMES.items.map((pointer) => select(reply, pointer));
    return found.find((one) => Array.isArray(one)) ?? found.find((one) => one !== undefined);
  });
  // What is no array is refused by who reads the items; the type of an item is the caller's word.
  return read as SelectorFunction<readonly T[]>;
}

function firstOf(pointers: readonly string[]): SelectorFunction {
  return labelled(pointers[0] ?? '', (reply) =>
    pointers.map((pointer) => select(reply, pointer)).find((one) => one !== undefined),
  );
}

/** Relative links are relative to the context URL, if the reply names one (JSON Format 4.01, section 4.3). */
function linkOf(pointers: readonly string[]): SelectorFunction {
  const link = firstOf(pointers);
  const context = firstOf(NAMES.context);
  return labelled(pointers[0] ?? '', (reply: PageReply) => {
    const found = link(reply, []);
    const base = context(reply, []);
    if (typeof found !== 'string' || found.trim() === '' || typeof base !== 'string') return found;
    const absolute = resolveLink(base, reply.url);
    return (absolute === undefined ? undefined : resolveLink(found, absolute)) ?? found;
  });
}

/** Preferences stand beside each other (RFC 7240). */
function preferring(request: PageRequest, size: number): PageRequest {
  const own = readSlot(request, 'headers', 'Prefer');
  const given = typeof own === 'string' ? own : '';
  if (/maxpagesize/i.test(given)) return request;
  const preference = `odata.maxpagesize=${String(size)}`;
  return withSlot(
    request,
    'headers',
    'Prefer',
    given === '' ? preference : `${given}, ${preference}`,
  );
}
