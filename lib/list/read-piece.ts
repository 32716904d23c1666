import type { PagedResponse } from '../core/paged-response';

import type { Piece } from './page-window';

/** Pages as they are asked for, one by one. */
export type Pages<T> = AsyncIterator<PagedResponse<T>, undefined>;

/** All of a place: it ends before the first page shown. */
export async function readPiece<T>(walk: Pages<T>): Promise<Piece<T> | undefined> {
  const pages: PagedResponse<T>[] = [];
  for (let next = await walk.next(); next.done !== true; next = await walk.next()) {
    pages.push(next.value);
  }
  const [first, ...others] = pages;
  return first === undefined ? undefined : [first, ...others];
}
