import { expectTypeOf } from 'expect-type';
import { Readable } from 'node:stream';
import { filter, map, of, toArray, type Observable } from 'rxjs';
import {
  cursorPagination,
  fromPages,
  isPagedObservable,
  paginate,
  type PagedObservable,
  PaginationError,
  type CursorPagedResponse,
  type ErrorCode,
  type PageReply,
  type PaginationStrategy,
  type Transport,
} from 'paged-observable';

import { read, transport, type IsAny, type User } from './fixtures';

/* What goes into a walk and what comes out, judged by tsc. */

declare const reply: PageReply;
const users = paginate<User>(transport, '/users', { pagination: cursorPagination() });

// Any function that gives a reply is a transport.
paginate(() => of(reply), '/users');
paginate(() => Promise.resolve(reply), '/users');
paginate(() => [reply], '/users');
paginate((request) => of({ status: 200, headers: {}, body: request.url, url: '' }), '/users');
paginate(async (request, signal) => {
  expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
  const response = await fetch(request.url, { signal });
  return { status: response.status, headers: {}, body: await response.json(), url: response.url };
}, '/users');
// @ts-expect-error -- a body alone is no reply
paginate(() => of([1, 2, 3]), '/users');
// @ts-expect-error -- a reply has a status
paginate(() => of({ headers: {}, body: [], url: '' }), '/users');
// @ts-expect-error -- a reply must come later or in a list
paginate(() => reply, '/users');
// @ts-expect-error -- a client is no transport
paginate({ get: () => of(reply) }, '/users');
expectTypeOf<ReturnType<Transport>>().not.toBeAny();

// Items, however they are taken.
users.subscribe((user) => {
  expectTypeOf(user).toEqualTypeOf<User>();
  // @ts-expect-error -- no user has it
  read(user.email);
});
expectTypeOf(
  users.pipe(
    filter(({ name }) => name !== ''),
    toArray(),
  ),
).toEqualTypeOf<Observable<User[]>>();
expectTypeOf(users.consume((user, index) => of(`${String(index)} ${user.id}`))).toEqualTypeOf<
  Observable<string>
>();
expectTypeOf(
  users.consume(({ id }) => Promise.resolve(id.length), { concurrency: 2 }),
).toEqualTypeOf<Observable<number>>();
expectTypeOf(users.forEach(({ id }) => Promise.resolve(id))).toEqualTypeOf<Promise<void>>();
expectTypeOf(users[Symbol.asyncIterator]()).toEqualTypeOf<AsyncIterableIterator<User>>();
expectTypeOf(Readable.from(users)).toEqualTypeOf<Readable>();
expectTypeOf(Readable.from(users.pages())).toEqualTypeOf<Readable>();
export async function takesThem(): Promise<void> {
  for await (const user of users) expectTypeOf(user).toEqualTypeOf<User>();
  for await (const page of users.pages()) {
    expectTypeOf(page).toEqualTypeOf<CursorPagedResponse<User, unknown, 'cursor'>>();
  }
}
// @ts-expect-error -- pages() is there before the first operator only
read(users.pipe(map(({ id }) => id)).pages);

// What a list method of an SDK gives is the type of its items and of its positions.
expectTypeOf(
  fromPages((position: string | undefined) => {
    expectTypeOf(position).toEqualTypeOf<string | undefined>();
    return Promise.resolve({ items: [{ id: 1 }], next: 'a' });
  }),
).toEqualTypeOf<
  PagedObservable<{ id: number }, CursorPagedResponse<{ id: number }, unknown, 'cursor'>>
>();
expectTypeOf(
  fromPages<User, number>((page = 1, signal) => {
    expectTypeOf(page).toEqualTypeOf<number>();
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    return of({ items: [], next: undefined, totalCount: undefined });
  }),
).toEqualTypeOf<PagedObservable<User, CursorPagedResponse<User, unknown, 'cursor'>>>();
fromPages<User, Date>((since) => {
  expectTypeOf(since).toEqualTypeOf<Date | undefined>();
  return [{ items: [], next: null }];
});
// @ts-expect-error -- the next position is of another type than the one it takes
fromPages((page: number | undefined) => of({ items: [page], next: 'two' }));
// @ts-expect-error -- no items
fromPages(() => of({ next: 1 }));

// What is what at run time.
declare const something: unknown;
if (isPagedObservable(something)) {
  expectTypeOf(something).toEqualTypeOf<PagedObservable<unknown>>();
}
if (something instanceof PaginationError) {
  expectTypeOf(something.code).toEqualTypeOf<ErrorCode>();
  expectTypeOf(something.resumeToken).toEqualTypeOf<string>();
  expectTypeOf(something.status).toEqualTypeOf<number | undefined>();
  // @ts-expect-error -- readonly
  something.code = 'LOOP';
  // @ts-expect-error -- no such code
  something.code satisfies 'OOPS';
}

// A strategy of one's own.
const own: PaginationStrategy<User, 'number'> = {
  id: 'own',
  start: (request) => request,
  at: (request, position) => ({ ...request, params: { page: Number(position) } }),
  read: () => ({ kind: 'number', items: [], position: 1, next: () => undefined }),
};
expectTypeOf(paginate(transport, '/users', { pagination: own })).not.toBeAny();
// @ts-expect-error -- a position is JSON and no Date
read({ ...own, at: (_, position: Date) => ({ url: String(position) }) } satisfies typeof own);
// @ts-expect-error -- pages of the kind it says
read({ ...own, read: () => ({ kind: 'offset', items: [], next: () => 1 }) } satisfies typeof own);
// @ts-expect-error -- readonly
own.id = 'other';

type Item<S> = S extends AsyncIterable<infer T> ? T : never;
expectTypeOf<IsAny<Item<typeof users>>>().toEqualTypeOf<false>();
expectTypeOf<IsAny<Item<ReturnType<typeof users.pages>>>>().toEqualTypeOf<false>();
expectTypeOf<IsAny<PaginationError['cause']>>().toEqualTypeOf<false>();
