import { expectTypeOf } from 'expect-type';
import {
  apimaticPagination,
  arcnmPagination,
  dropshotPagination,
  kneoPagination,
  openaiPagination,
  paginate,
  type CursorPagedResponse,
  type PagedObservable,
  type PaginationStrategy,
  relayPagination,
  type XPagination,
} from 'paged-observable';

import { transport, type User } from './fixtures';

/* The types of the ready-made strategies, judged by tsc. */

declare const declared: XPagination;

// A strategy gives the type of the items and the kind of the pages.
expectTypeOf(
  paginate(transport, '/users', { pagination: dropshotPagination<User>() }),
).toEqualTypeOf<PagedObservable<User, CursorPagedResponse<User, unknown, 'cursor'>>>();
expectTypeOf(kneoPagination<User>()).toEqualTypeOf<PaginationStrategy<User, 'offset'>>();
expectTypeOf(openaiPagination.page<User>()).toEqualTypeOf<PaginationStrategy<User, 'single'>>();
expectTypeOf(openaiPagination.cursor<User>()).toEqualTypeOf<PaginationStrategy<User, 'cursor'>>();
expectTypeOf(arcnmPagination<User>()).toEqualTypeOf<
  PaginationStrategy<User, 'offset' | 'single'>
>();
expectTypeOf(relayPagination<User>({ connection: '/data/users' })).toEqualTypeOf<
  PaginationStrategy<User, 'cursor'>
>();

// The kind follows the type that is written down; of one that is not it may be any.
expectTypeOf(
  apimaticPagination<User>({
    type: 'page',
    input: '$request.query#/page',
    result: '$response.body',
  }),
).toEqualTypeOf<PaginationStrategy<User, 'number'>>();
expectTypeOf(
  apimaticPagination<User>({ type: 'link', next: '$response.body#/next', 'x-note': 1 }),
).toEqualTypeOf<PaginationStrategy<User, 'link'>>();
expectTypeOf(apimaticPagination<User>([declared, declared])).toEqualTypeOf<
  PaginationStrategy<User, 'offset' | 'number' | 'cursor' | 'link'>
>();
// @ts-expect-error -- no such type
apimaticPagination({ type: 'token' });
// @ts-expect-error -- the connection is needed
relayPagination({ direction: 'backward' });
