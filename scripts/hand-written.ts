import { concatMap, EMPTY, expand, from, type Observable, type ObservableInput } from 'rxjs';

import type { ListPage } from './list-server';

/** Fetches the page of a cursor, the first one without. */
export type FetchPage = (cursor?: string) => ObservableInput<ListPage>;
export type FetchPageAsync = (cursor?: string) => Promise<ListPage>;

/* The three ways in which a paginated list is usually walked by hand. */

export async function whileLoop(fetchPage: FetchPageAsync): Promise<number[]> {
  const all: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

export async function* asyncGenerator(fetchPage: FetchPageAsync): AsyncGenerator<number> {
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

export function expandRecipe(fetchPage: FetchPage): Observable<number> {
  return from(fetchPage()).pipe(
    expand(({ next }) => (next === undefined ? EMPTY : fetchPage(next))),
    concatMap(({ items }) => items),
  );
}
