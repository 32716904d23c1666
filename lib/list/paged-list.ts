import { checkOptions, isCount, isFlag } from '../core/check-options';
import { isItemKey } from '../core/item-keys';
import type { PagedObservable } from '../core/paged-observable';

import type { PagedList, PagedListOptions } from './list-face';
import { checkList, LiveList } from './live-list';

/**
 * A {@link PagedList} of a list. Nothing is requested before `state` is subscribed to or a method asks for it; then one page for each
 * call, and on through pages that add nothing.
 *
 * @throws TypeError for an unknown or wrong option
 *
 * @example
 * ```ts
 * import { linkPagination, paginate } from 'paged-observable';
 * import { fetchTransport } from 'paged-observable/fetch';
 * import { pagedList } from 'paged-observable/list';
 *
 * const users = paginate(fetchTransport(), 'http://127.0.0.1:8080/link/users', {
 *   pagination: linkPagination<{ id: string }>(),
 * });
 * const list = pagedList(users, { key: '/id' });
 * list.state.subscribe(({ status, items }) => {
 *   console.log(status, items.length);
 *   if (status === 'idle') list.loadMore(); // as a user would who scrolls down
 *   if (status === 'done') list.close();
 * });
 * ```
 */
export function pagedList<T>(
  paged: PagedObservable<T>,
  options: PagedListOptions<T> = {},
): PagedList<T> {
  checkList('pagedList', paged);
  checkOptions('pagedList', options, {
    key: isItemKey,
    maxPages: isCount,
    autoLoad: isFlag,
  });
  return new LiveList(paged, options);
}
