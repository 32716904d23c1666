import { expectTypeOf } from 'expect-type';
import { of } from 'rxjs';
import {
  cursorPagination,
  fromPages,
  numberPagination,
  offsetPagination,
  paginate,
  type ItemKey,
  type Kind,
  type PagedObservable,
  type PageReply,
  type StandardSchemaV1,
  type WalkOptions,
} from 'paged-observable';

import { transport, type Paged, type User } from './fixtures';

/* What a function that reads the key of an item is given, judged by tsc. */

const usersOf = ({ body }: PageReply): readonly User[] => body as readonly User[];
declare const byAnything: (item: unknown) => number;
declare const byNumber: (item: number) => number;
declare const byUser: (user: User) => string;

// The type given by hand, with the kind of the strategy.
expectTypeOf(
  paginate<User>(transport, '/users', { pagination: cursorPagination(), key: ({ id }) => id }),
).toEqualTypeOf<Paged<User, 'cursor'>>();
expectTypeOf(
  paginate<User>(transport, '/users', {
    pagination: [numberPagination(), offsetPagination()],
    key: ({ id }) => id,
  }),
).toEqualTypeOf<Paged<User, Kind>>();
expectTypeOf(paginate<User>(transport, '/users', { key: byUser })).toEqualTypeOf<
  Paged<User, Kind>
>();

// The type that the strategy gives, whichever stands first.
expectTypeOf(
  paginate(transport, '/users', {
    key: (user) => {
      expectTypeOf(user).toEqualTypeOf<User>();
      return user.id;
    },
    pagination: offsetPagination({ items: usersOf }),
    overlap: 1,
  }),
).toEqualTypeOf<Paged<User, 'offset'>>();
expectTypeOf(
  paginate(transport, '/users', { pagination: cursorPagination({ items: usersOf }), key: byUser }),
).toEqualTypeOf<Paged<User, 'cursor'>>();

// A pointer, and what takes anything, say nothing of the type.
expectTypeOf(
  paginate(transport, '/users', { pagination: cursorPagination(), key: '/id' }),
).toEqualTypeOf<Paged<unknown, 'cursor'>>();
expectTypeOf(
  paginate<User>(transport, '/users', { pagination: cursorPagination(), key: byAnything }),
).toEqualTypeOf<Paged<User, 'cursor'>>();
paginate(transport, '/users', {
  key: (item) => {
    expectTypeOf(item).toEqualTypeOf<unknown>();
    return 1;
  },
});

// It is read before the schema, so that there the item may be anything.
declare const schema: StandardSchemaV1<unknown, User>;
expectTypeOf(
  paginate(transport, '/users', {
    schema,
    pagination: cursorPagination(),
    key: (item) => {
      expectTypeOf(item).toEqualTypeOf<unknown>();
      return 1;
    },
  }),
).toEqualTypeOf<Paged<User, 'cursor'>>();
// @ts-expect-error -- what the schema gives is not what the key is given
paginate(transport, '/users', { schema, key: byUser });

// The items of fetchPage.
expectTypeOf(
  fromPages(
    (page: number = 1) => of({ items: [{ id: 'a', name: 'Ada' } satisfies User], next: page + 1 }),
    { key: ({ id }) => id },
  ),
).toExtend<PagedObservable<{ id: string; name: string }>>();

// Options for any list take any item.
expectTypeOf<WalkOptions['key']>().toEqualTypeOf<ItemKey | undefined>();
paginate<User>(transport, '/users').with({ key: byAnything });
// @ts-expect-error -- a copy may have a schema, before which the item was read
paginate<User>(transport, '/users').with({ key: byUser });
// @ts-expect-error -- no key of these items
paginate<User>(transport, '/users', { key: byNumber });
