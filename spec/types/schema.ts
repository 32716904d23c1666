import type { StandardSchemaV1 as PublishedSchema } from '@standard-schema/spec';
import { expectTypeOf } from 'expect-type';
import {
  cursorPagination,
  offsetPagination,
  paginate,
  type Kind,
  type StandardSchemaV1,
} from 'paged-observable';
import { z } from 'zod';

import { read, transport, type Paged, type User } from './fixtures';

/* The type of an item from a Standard Schema, judged by tsc. */

declare const handWritten: StandardSchemaV1<unknown, User>;
declare const narrowInput: StandardSchemaV1<{ id: number }, User>;
declare const published: PublishedSchema<string, User>;
const zodUser = z.object({ id: z.string(), createdAt: z.string().transform((at) => new Date(at)) });
interface ZodUser {
  id: string;
  createdAt: Date;
}

expectTypeOf(paginate(transport, '/users', { schema: handWritten })).toEqualTypeOf<
  Paged<User, Kind>
>();
expectTypeOf(paginate(transport, '/users', { schema: narrowInput })).toEqualTypeOf<
  Paged<User, Kind>
>();
// The interface as its authors publish it.
expectTypeOf(paginate(transport, '/users', { schema: published })).toEqualTypeOf<
  Paged<User, Kind>
>();
// What comes out of the schema, not what goes in.
expectTypeOf(paginate(transport, '/users', { schema: zodUser })).toEqualTypeOf<
  Paged<ZodUser, Kind>
>();

// The kind comes from the strategy all the same.
expectTypeOf(
  paginate(transport, '/users', { schema: zodUser, pagination: cursorPagination() }),
).toEqualTypeOf<Paged<ZodUser, 'cursor'>>();
expectTypeOf(
  paginate(transport, '/users', { pagination: offsetPagination(), schema: handWritten }),
).toEqualTypeOf<Paged<User, 'offset'>>();
expectTypeOf(
  paginate(transport, '/users', {
    schema: z.number(),
    pagination: [cursorPagination(), offsetPagination()],
    prefetch: 1,
  }),
).toEqualTypeOf<Paged<number, 'cursor' | 'offset'>>();

paginate(transport, '/users', { schema: zodUser }).subscribe((user) => {
  expectTypeOf(user.createdAt).toEqualTypeOf<Date>();
  // @ts-expect-error -- the schema knows no such field
  read(user.email);
});

// @ts-expect-error -- a function is no schema
paginate(transport, '/users', { schema: (value: unknown) => value });
// @ts-expect-error -- the schema gives other items
paginate<User>(transport, '/users', { schema: z.object({ id: z.string() }) });
// @ts-expect-error -- a copy keeps its schema
paginate(transport, '/users').with({ schema: zodUser });
