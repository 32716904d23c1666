import { expectTypeOf } from 'expect-type';
import type {
  apimaticPagination,
  arcnmPagination,
  dropshotPagination,
  kneoPagination,
  linkPagination,
  numberPagination,
  offsetPagination,
  openaiPagination,
  relayPagination,
  singlePage,
} from 'paged-observable';
import {
  cursorPagination,
  fromPages,
  paginate,
  type ErrorCode,
  type PageRequest,
  type PageSizeOptions,
  type PaginateOptions,
  type WalkEvent,
  type WalkLimits,
  type WalkOptions,
} from 'paged-observable';
import { fetchTransport, type FetchTransportOptions } from 'paged-observable/fetch';

import { transport, type User } from './fixtures';

/* Which options are taken, judged by tsc under exactOptionalPropertyTypes. */

/** Every optional member of `T` as an explicit `undefined`. */
type AllUndefined<T> = { [M in keyof T as undefined extends T[M] ? M : never]-?: undefined };
/** The members of `T` that cannot be left out by giving `undefined`. */
type Refusing<T> = { [M in keyof T]-?: undefined extends T[M] ? never : M }[keyof T];

type Options<F extends (options?: never) => unknown> = NonNullable<Parameters<F>[0]>;

// No option refuses an explicit undefined.
expectTypeOf<Refusing<WalkOptions>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<WalkLimits>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<PageSizeOptions>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<PaginateOptions<User, 'cursor'>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<FetchTransportOptions>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof cursorPagination>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof linkPagination>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof numberPagination>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof offsetPagination>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof singlePage>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof dropshotPagination>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof kneoPagination>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof arcnmPagination>>>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Options<typeof openaiPagination.cursor>>>().toEqualTypeOf<never>();
expectTypeOf<
  Refusing<NonNullable<Parameters<typeof apimaticPagination>[1]>>
>().toEqualTypeOf<never>();
expectTypeOf<Refusing<Parameters<typeof relayPagination>[0]>>().toEqualTypeOf<'connection'>();
expectTypeOf<Refusing<PageRequest>>().toEqualTypeOf<'url'>();

// And so they can be given as such.
declare const nothing: AllUndefined<WalkOptions>;
expectTypeOf<keyof AllUndefined<WalkOptions>>().toEqualTypeOf<keyof WalkOptions>();
paginate<User>(transport, '/users', nothing);
paginate<User>(transport, '/users', { ...nothing, pagination: undefined, schema: undefined });
fromPages(() => [{ items: [1] }], nothing);
fetchTransport({ baseUrl: undefined, headers: undefined, fetch: undefined, parse: undefined });
cursorPagination({ items: undefined, next: undefined, limit: undefined, in: undefined });

// A request and its parts.
paginate(transport, {
  method: undefined,
  url: '/users/{team}',
  path: { team: 'jade' },
  params: { active: true, limit: 10, tags: ['a', 'b'], after: undefined, before: null },
  headers: { accept: 'application/json' },
  body: undefined,
});
// @ts-expect-error -- a parameter is no object
paginate(transport, { url: '/users', params: { filter: { team: 'jade' } } });
// @ts-expect-error -- a header is text
paginate(transport, { url: '/users', headers: { 'x-page': 1 } });

const paged = paginate<User>(transport, '/users', { pagination: cursorPagination() });
paged.with({ maxPages: 2, resumeFrom: undefined });
// @ts-expect-error -- a copy keeps its strategy
paged.with({ pagination: cursorPagination() });
// @ts-expect-error -- unknown
paginate(transport, '/users', { pageLength: 10 });
paginate(transport, '/users', { pageSize: { min: 10, max: undefined } });
// @ts-expect-error -- bounds, and no one size
paginate(transport, '/users', { pageSize: 10 });
// @ts-expect-error -- a number
paginate(transport, '/users', { pageSize: { target: '1s' } });
declare const event: WalkEvent;
if (event.type === 'pageSize') {
  expectTypeOf(event.to).toEqualTypeOf<number>();
  expectTypeOf(event.reason).toEqualTypeOf<'quick' | ErrorCode>();
}
// @ts-expect-error -- a number
paginate(transport, '/users', { prefetch: '1' });
// @ts-expect-error -- one of two words
paginate(transport, '/users', { emptyCursor: 'stop' });
// @ts-expect-error -- a notifier is something to subscribe to
paginate(transport, '/users', { pacedBy: 1000 });
declare const options: WalkOptions;
// @ts-expect-error -- readonly
options.prefetch = 1;
// @ts-expect-error -- readonly
transport.anonymous = true;
