/**
 * The state of an infinite list on a screen, in any framework.
 *
 * @module
 */
export { pagedList } from './list/paged-list';
export type { PagedList, PagedListOptions } from './list/list-face';
export type { ListState, ListStatus } from './list/list-state';
