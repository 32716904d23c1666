export { pagedList } from './list/paged-list';
export type { PagedList, PagedListOptions } from './list/list-face';
export type { ListState, ListStatus } from './list/list-state';
