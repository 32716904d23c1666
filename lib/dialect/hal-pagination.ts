import { checkOptions } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { readWhole } from '../strategy/read-values';
import { linkPagination } from '../strategy/link-pagination';
import { listIn } from '../strategy/list-in';
import { isSelector, select } from '../strategy/selector';
import type { Selector, SelectorFunction } from '../strategy/selector';
import { labelled } from '../strategy/selector-functions';

/** What `halPagination` can be told besides the protocol. */
export interface HalOptions<T = unknown> {
  /** Where the items are, e.g. `'/_embedded/users'`. @defaultValue the one array of records in `_embedded` */
  readonly items?: Selector<readonly T[]> | undefined;
  /** @defaultValue `/page/totalElements` (Spring), else `/total` */
  readonly totalCount?: Selector | undefined;
}

/**
 * Lists in HAL: the items are in `_embedded`, and `_links.next.href` leads to the next page. Templated links are expanded without
 * values, and of several `next` links the first is followed.
 *
 * The walk ends where there is no next link. Many servers leave `_embedded` out where the list is empty: that is a page without items,
 * provided that the reply shows itself to be a page, by `page`, a total or a next link; a single resource is none, and errors the
 * walk with `BAD_SHAPE`, as do several arrays of records in `_embedded`.
 *
 * @throws TypeError for an unknown or wrong option.
 * @see https://datatracker.ietf.org/doc/html/draft-kelly-json-hal
 */
export function halPagination<T = unknown>(
  options: HalOptions<T> = {},
): PaginationStrategy<T, 'link'> {
  checkOptions('halPagination', options, { items: isSelector, totalCount: isSelector });
  const { items = listIn<T>('/_embedded'), totalCount = total() } = options;
  return linkPagination<T>({
    id: 'hal',
    items: orEmpty(items),
    next: linkOf('next'),
    prev: linkOf('prev'),
    first: linkOf('first'),
    last: linkOf('last'),
    totalCount,
  });
}

function total(): SelectorFunction {
  return labelled('hal.total', (reply) =>
    ['/page/totalElements', '/total']
      .map((pointer) => readWhole(select(reply, pointer)))
      .find((count) => count !== undefined),
  );
}

function linkOf(rel: string): SelectorFunction {
  return labelled(`_links.${rel}`, (reply) => {
    const link = select(reply, `/_links/${rel}`);
    return Array.isArray(link) ? (link as readonly unknown[])[0] : link;
  });
}

function orEmpty<T>(items: Selector<readonly T[]>): SelectorFunction<readonly T[]> {
  const read = labelled('hal.items', (reply) => {
    const found = select(reply, items);
    return found === undefined && isPage(reply) ? [] : found;
  });
  return read as SelectorFunction<readonly T[]>;
}

/** Whether a reply without items says itself that it is a page of a list. */
function isPage(reply: PageReply): boolean {
  const page = select(reply, '/page');
  const isObject = typeof page === 'object' && page !== null;
  const counts = ['/total', '/count'].map((pointer) => readWhole(select(reply, pointer)));
  const next = linkOf('next')(reply, []);
  return isObject || counts.some((count) => count === 0) || (next !== undefined && next !== null);
}
