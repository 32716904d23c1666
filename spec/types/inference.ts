import { expectTypeOf } from 'expect-type';
import {
  apimaticPagination,
  arcnmPagination,
  choosePagination,
  cursorPagination,
  dropshotPagination,
  kneoPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  openaiPagination,
  paginate,
  relayPagination,
  singlePage,
  type Kind,
  type PageReply,
} from 'paged-observable';

import { transport, type Paged, type User } from './fixtures';

/* What the items and pages of a call are, judged by tsc. */

const usersOf = ({ body }: PageReply): readonly User[] => body as readonly User[];

// Given by hand, the kind still comes from the strategy.
const cursor = paginate<User>(transport, '/users', { pagination: cursorPagination() });
const link = paginate<User>(transport, '/users', { pagination: linkPagination() });
const number = paginate<User>(transport, '/users', { pagination: numberPagination() });
const offset = paginate<User>(transport, '/users', { pagination: offsetPagination() });
const single = paginate<User>(transport, '/users', { pagination: singlePage() });
expectTypeOf(cursor).toEqualTypeOf<Paged<User, 'cursor'>>();
expectTypeOf(link).toEqualTypeOf<Paged<User, 'link'>>();
expectTypeOf(number).toEqualTypeOf<Paged<User, 'number'>>();
expectTypeOf(offset).toEqualTypeOf<Paged<User, 'offset'>>();
expectTypeOf(single).toEqualTypeOf<Paged<User, 'single'>>();

// The same with the strategies of known systems.
expectTypeOf(
  paginate<User>(transport, '/users', { pagination: dropshotPagination({ limit: 10 }) }),
).toEqualTypeOf<Paged<User, 'cursor'>>();
expectTypeOf(
  paginate<User>(transport, '/users', { pagination: kneoPagination({ items: '/users' }) }),
).toEqualTypeOf<Paged<User, 'offset'>>();
expectTypeOf(
  paginate<User>(transport, '/users', { pagination: openaiPagination.page() }),
).toEqualTypeOf<Paged<User, 'single'>>();
expectTypeOf(
  paginate<User>(transport, '/users', { pagination: openaiPagination.cursor() }),
).toEqualTypeOf<Paged<User, 'cursor'>>();
expectTypeOf(
  paginate<User>(transport, '/users', {
    pagination: relayPagination({ connection: '/data/users' }),
  }),
).toEqualTypeOf<Paged<User, 'cursor'>>();
expectTypeOf(
  paginate<User>(transport, '/users', {
    pagination: apimaticPagination({
      type: 'page',
      input: '$request.query#/page',
      result: '$response.body#/data',
    }),
  }),
).toEqualTypeOf<Paged<User, 'number'>>();

// From the type of a selector function.
expectTypeOf(
  paginate(transport, '/users', { pagination: cursorPagination({ items: usersOf }) }),
).toEqualTypeOf<Paged<User, 'cursor'>>();
expectTypeOf(
  paginate(transport, '/users', { pagination: linkPagination({ items: usersOf }) }),
).toEqualTypeOf<Paged<User, 'link'>>();
expectTypeOf(
  paginate(transport, '/users', { pagination: numberPagination({ items: usersOf, first: 0 }) }),
).toEqualTypeOf<Paged<User, 'number'>>();
expectTypeOf(
  paginate(transport, '/users', { pagination: offsetPagination({ items: usersOf }) }),
).toEqualTypeOf<Paged<User, 'offset'>>();
expectTypeOf(
  paginate(transport, '/users', { pagination: singlePage({ items: usersOf }) }),
).toEqualTypeOf<Paged<User, 'single'>>();
expectTypeOf(
  paginate(transport, '/users', { pagination: kneoPagination({ items: usersOf }) }),
).toEqualTypeOf<Paged<User, 'offset'>>();

// From the strategy's own type argument.
expectTypeOf(paginate(transport, '/users', { pagination: arcnmPagination<User>() })).toEqualTypeOf<
  Paged<User, 'offset' | 'single'>
>();
expectTypeOf(
  paginate(transport, '/users', {
    pagination: apimaticPagination<User>([
      { type: 'link', next: '$response.body#/next', result: '$response.body#/data' },
      { type: 'page', input: '$request.query#/page', result: '$response.body#/data' },
    ]),
  }),
).toEqualTypeOf<Paged<User, 'offset' | 'number' | 'cursor' | 'link'>>();

// Of several strategies any may be the one that walks.
expectTypeOf(
  paginate(transport, '/users', { pagination: [cursorPagination<User>(), linkPagination<User>()] }),
).toEqualTypeOf<Paged<User, 'cursor' | 'link'>>();
expectTypeOf(
  paginate(transport, '/users', {
    pagination: choosePagination([offsetPagination<User>(), singlePage<User>()]),
  }),
).toEqualTypeOf<Paged<User, 'offset' | 'single'>>();
// TypeScript does not infer the kinds once an item type is given by hand.
expectTypeOf(
  paginate<User>(transport, '/users', { pagination: [cursorPagination(), linkPagination()] }),
).toEqualTypeOf<Paged<User, Kind>>();
expectTypeOf(
  paginate<User, 'cursor' | 'link'>(transport, '/users', {
    pagination: [cursorPagination(), linkPagination()],
  }),
).toEqualTypeOf<Paged<User, 'cursor' | 'link'>>();

// Without a strategy the kind is found at run time, without anything an item is unknown and not any.
expectTypeOf(paginate<User>(transport, '/users')).toEqualTypeOf<Paged<User, Kind>>();
expectTypeOf(paginate(transport, '/users')).toEqualTypeOf<Paged<unknown, Kind>>();
expectTypeOf(paginate(transport, '/users', {})).toEqualTypeOf<Paged<unknown, Kind>>();
expectTypeOf(paginate(transport, '/users', { pagination: cursorPagination() })).toEqualTypeOf<
  Paged<unknown, 'cursor'>
>();

// A copy that walks differently stays what it was.
expectTypeOf(cursor.with({ maxItems: 3 })).toEqualTypeOf<Paged<User, 'cursor'>>();

// @ts-expect-error -- the strategy gives other items than those asked for
paginate<User>(transport, '/users', { pagination: cursorPagination({ items: () => [1, 2] }) });
// @ts-expect-error -- a strategy's name is not a strategy
paginate<User>(transport, '/users', { pagination: 'cursor' });
// @ts-expect-error -- an option of another strategy
cursorPagination({ totalPages: '/total' });
// @ts-expect-error -- a URL or a request
paginate(transport, { path: {} });
// @ts-expect-error -- a list walked by cursors is none walked by numbers
paginate<User, 'number'>(transport, '/users', { pagination: cursorPagination() });
