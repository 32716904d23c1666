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
