import { concatMap, EMPTY, expand, filter, from, map } from 'rxjs';

import { getJson } from './loop.mjs';

const pagesOf = (fetch) =>
  from(fetch()).pipe(
    expand((page) => (page.next_cursor === null ? EMPTY : fetch(page.next_cursor))),
  );
const itemsOf = (fetch) => pagesOf(fetch).pipe(concatMap(({ items }) => items));

/** The recipe that is written by hand. */
export default {
  name: '`expand` + `concatMap`',
  packages: ['rxjs'],
  each: (list, push) => itemsOf(list.fetch).forEach(push),
  filtered: (list, push) =>
    itemsOf(list.fetch)
      .pipe(
        filter(({ active }) => active),
        map(({ id }) => ({ id })),
      )
      .forEach(push),
  // Page by page: a queue of single items takes time that grows with the square of their number.
  slow: (fetch, work) =>
    pagesOf(fetch)
      .pipe(
        concatMap(async ({ items }) => {
          for (const item of items) await work(item);
        }),
      )
      .forEach(() => {}),
  overlapped: (url, work) =>
    pagesOf((cursor) => getJson(url, cursor))
      .pipe(concatMap(async ({ items }) => work(items)))
      .forEach(() => {}),
  pushed: (url, work) =>
    pagesOf((cursor) => getJson(url, cursor)).forEach(({ items }) => work(items)),
};
