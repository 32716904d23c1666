import { expectTypeOf } from 'expect-type';
import { firstValueFrom, map, type Observable } from 'rxjs';
import {
  paginate,
  cursorPagination,
  type DemandObservable,
  linkPagination,
  numberPagination,
  offsetPagination,
  singlePage,
  type CursorPagedResponse,
  type Json,
  type Kind,
  type LinkPagedResponse,
  type NumberPagedResponse,
  type OffsetPagedResponse,
  type PagedResponse,
  type PageRequest,
  type Progress,
  type SinglePagedResponse,
} from 'paged-observable';

import { read, transport, type IsAny, type User } from './fixtures';

/* What pages show, judged by tsc. */

const pagesBy = {
  cursor: paginate<User>(transport, '/users', { pagination: cursorPagination() }).pages(),
  link: paginate<User>(transport, '/users', { pagination: linkPagination() }).pages(),
  number: paginate<User>(transport, '/users', { pagination: numberPagination() }).pages(),
  offset: paginate<User>(transport, '/users', { pagination: offsetPagination() }).pages(),
  single: paginate<User>(transport, '/users', { pagination: singlePage() }).pages(),
  any: paginate<User>(transport, '/users').pages(),
};
expectTypeOf(pagesBy.cursor).toEqualTypeOf<
  DemandObservable<CursorPagedResponse<User, unknown, 'cursor'>>
>();
expectTypeOf(pagesBy.link).toEqualTypeOf<
  DemandObservable<LinkPagedResponse<User, unknown, 'link'>>
>();
expectTypeOf(pagesBy.number).toEqualTypeOf<
  DemandObservable<NumberPagedResponse<User, unknown, 'number'>>
>();
expectTypeOf(pagesBy.offset).toEqualTypeOf<
  DemandObservable<OffsetPagedResponse<User, unknown, 'offset'>>
>();
expectTypeOf(pagesBy.single).toEqualTypeOf<
  DemandObservable<SinglePagedResponse<User, unknown, 'single'>>
>();
expectTypeOf(pagesBy.any).toEqualTypeOf<DemandObservable<PagedResponse<User>>>();

pagesBy.cursor.subscribe((page) => {
  expectTypeOf(page.cursor).toEqualTypeOf<Json | undefined>();
  expectTypeOf(page.nextCursor).toEqualTypeOf<Json | undefined>();
  expectTypeOf(page.nextPage()).toEqualTypeOf<
    Observable<CursorPagedResponse<User, unknown, 'cursor'>>
  >();
  // @ts-expect-error -- of another kind
  read(page.nextLink);
});
pagesBy.link.subscribe((page) => {
  expectTypeOf(page.link).toEqualTypeOf<string | undefined>();
  expectTypeOf(page.nextLink).toEqualTypeOf<string | undefined>();
  expectTypeOf(page.prevLink).toEqualTypeOf<string | undefined>();
  expectTypeOf(page.firstLink).toEqualTypeOf<string | undefined>();
  expectTypeOf(page.lastLink).toEqualTypeOf<string | undefined>();
  expectTypeOf(page.deltaLink).toEqualTypeOf<string | undefined>();
  expectTypeOf(page.nextPage()).toEqualTypeOf<
    Observable<LinkPagedResponse<User, unknown, 'link'>>
  >();
  // @ts-expect-error -- of another kind
  read(page.pageNumber);
});
pagesBy.number.subscribe((page) => {
  expectTypeOf(page.pageNumber).toEqualTypeOf<number>();
  expectTypeOf(page.nextPageNumber).toEqualTypeOf<number | undefined>();
  expectTypeOf(page.nextPage()).toEqualTypeOf<
    Observable<NumberPagedResponse<User, unknown, 'number'>>
  >();
  // @ts-expect-error -- of another kind
  read(page.offset);
});
pagesBy.offset.subscribe((page) => {
  expectTypeOf(page.offset).toEqualTypeOf<number>();
  expectTypeOf(page.limit).toEqualTypeOf<number | undefined>();
  expectTypeOf(page.nextOffset).toEqualTypeOf<number | undefined>();
  expectTypeOf(page.nextPage()).toEqualTypeOf<
    Observable<OffsetPagedResponse<User, unknown, 'offset'>>
  >();
  // @ts-expect-error -- of another kind
  read(page.nextCursor);
});
pagesBy.single.subscribe((page) => {
  expectTypeOf(page.nextPage()).toEqualTypeOf<
    Observable<SinglePagedResponse<User, unknown, 'single'>>
  >();
  // @ts-expect-error -- of another kind
  read(page.nextCursor);
});

/* Pages of any kind, and those around them. */
pagesBy.any.subscribe((page) => {
  expectTypeOf(page.nextPage().pipe(map(({ items }) => items))).toEqualTypeOf<
    Observable<readonly User[]>
  >();
  expectTypeOf(page.previousPage().pipe(map(({ kind }) => kind))).toEqualTypeOf<Observable<Kind>>();
  expectTypeOf(firstValueFrom(page.nextPage())).toEqualTypeOf<Promise<PagedResponse<User>>>();
});
const takesCursorPage = (page: CursorPagedResponse<User>) => page.cursor;
pagesBy.any.subscribe((page) => page.kind === 'cursor' && takesCursorPage(page));
pagesBy.cursor.subscribe(takesCursorPage);

/** A switch over the kinds is checked to be complete. */
export function placeOf(page: PagedResponse<User>): string {
  switch (page.kind) {
    case 'cursor':
      expectTypeOf(page).toEqualTypeOf<CursorPagedResponse<User>>();
      return JSON.stringify(page.cursor);
    case 'link':
      expectTypeOf(page).toEqualTypeOf<LinkPagedResponse<User>>();
      return page.link ?? 'the first';
    case 'number':
      expectTypeOf(page).toEqualTypeOf<NumberPagedResponse<User>>();
      return String(page.pageNumber);
    case 'offset':
      expectTypeOf(page).toEqualTypeOf<OffsetPagedResponse<User>>();
      return String(page.offset);
    case 'single':
      expectTypeOf(page).toEqualTypeOf<SinglePagedResponse<User>>();
      return 'all';
    default:
      return page satisfies never;
  }
}

/** One that forgets a kind is not. */
export function incompletePlaceOf(page: PagedResponse<User>): string {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- that it is incomplete is the point
  switch (page.kind) {
    case 'cursor':
    case 'link':
    case 'number':
    case 'offset':
      return page.kind;
    default:
      // @ts-expect-error -- 'single' is left
      return page satisfies never;
  }
}

pagesBy.any.subscribe((page) => {
  expectTypeOf(page.items).toEqualTypeOf<readonly User[]>();
  expectTypeOf(page.body).toEqualTypeOf<unknown>();
  expectTypeOf(page.status).toEqualTypeOf<number>();
  expectTypeOf(page.headers).toEqualTypeOf<Readonly<Record<string, string>>>();
  expectTypeOf(page.request).toEqualTypeOf<PageRequest>();
  expectTypeOf(page.index).toEqualTypeOf<number>();
  expectTypeOf(page.totalCount).toEqualTypeOf<number | undefined>();
  expectTypeOf(page.totalPages).toEqualTypeOf<number | undefined>();
  expectTypeOf(page.hasNextPage).toEqualTypeOf<boolean>();
  expectTypeOf(page.progress).toEqualTypeOf<Progress>();
  expectTypeOf(page.resumeToken).toEqualTypeOf<string>();
  expectTypeOf(page.resumeTokenAfter(1)).toEqualTypeOf<string>();
  // @ts-expect-error -- no user has it
  for (const user of page.items) read(user.email);
  // @ts-expect-error -- of one kind only
  read(page.nextCursor);
});

// Nothing of a page can be changed.
pagesBy.offset.subscribe((page) => {
  // @ts-expect-error -- readonly
  page.offset = 0;
  // @ts-expect-error -- readonly
  page.items = [];
  // @ts-expect-error -- readonly
  read(page.items.push);
  // @ts-expect-error -- readonly
  page.kind = 'offset';
  // @ts-expect-error -- readonly
  page.headers['link'] = '';
  // @ts-expect-error -- readonly
  page.request.url = '/others';
  // @ts-expect-error -- readonly
  page.progress.items = 0;
});

/** `true` if a member of `T` is `any`. */
type HasAny<T> = true extends { [M in keyof T]-?: IsAny<T[M]> }[keyof T] ? true : false;

type Pages = PagedResponse<User>;
type AnyInPages = { [K in Pages['kind']]: HasAny<Extract<Pages, { kind: K }>> }[Pages['kind']];
expectTypeOf<AnyInPages>().toEqualTypeOf<false>();
// The check itself sees one.
expectTypeOf<HasAny<{ a: string; b: ReturnType<typeof JSON.parse> }>>().toEqualTypeOf<true>();
