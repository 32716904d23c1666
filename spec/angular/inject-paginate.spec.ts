import '@angular/compiler'; // before all else of Angular
import { withFetch, withInterceptors } from '@angular/common/http';
import {
  createEnvironmentInjector,
  inject,
  InjectionToken,
  Injector,
  runInInjectionContext,
  type EnvironmentInjector,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { expectTypeOf } from 'expect-type';
import { lastValueFrom, of, toArray } from 'rxjs';

import {
  cursorPagination,
  numberPagination,
  singlePage,
  type NumberPagedResponse,
  type PagedObservable,
  type WalkEvent,
} from 'paged-observable';
import {
  injectPaginate,
  PAGINATION_TRANSPORT,
  providePagination,
  type AppPaginate,
  type PaginationDefaults,
} from 'paged-observable/angular';
import { fakeTransport } from 'paged-observable/testing';

import { startAngular } from '../support/angular';
import { json, startHttpServer, type HttpServer } from '../support/http-server';

type Providers = readonly (Provider | EnvironmentProviders)[];

function start(...providers: Providers): EnvironmentInjector {
  return startAngular([withFetch()], providers).injector;
}

function paginateIn(injector: EnvironmentInjector): AppPaginate {
  return runInInjectionContext(injector.get(Injector), injectPaginate);
}

const pages = () =>
  fakeTransport([{ body: { items: [1], next_cursor: 'b' } }, { body: { items: [2] } }]);
const pagination = cursorPagination<number>({ items: '/items' });

describe('injectPaginate', () => {
  let server: HttpServer;

  beforeAll(async () => {
    server = await startHttpServer();
    server.answer(json({ data: [{ id: 1 }] }));
  });

  afterAll(() => server.close());

  it('asks through the HttpClient of the application and its interceptors', async () => {
    const { injector } = startAngular(
      [
        withFetch(),
        withInterceptors([
          (request, next) => next(request.clone({ setHeaders: { 'x-app': 'issues' } })),
        ]),
      ],
      [providePagination({ transport: { baseUrl: server.origin } })],
    );
    const paginate = paginateIn(injector);
    const list = paginate<{ id: number }>('/users', { pagination: singlePage({ items: '/data' }) });
    await expect(lastValueFrom(list.pipe(toArray()))).resolves.toEqual([{ id: 1 }]);
    expect(server.requests.map(({ url, headers }) => [url, headers['x-app']])).toEqual([
      ['/users', 'issues'],
    ]);
  });

  it('can send requests without credentials, which further origins need', () => {
    const paginate = paginateIn(
      start(providePagination({ allowedOrigins: ['https://files.example.com'] })),
    );
    expect(() => paginate('https://api.example.com/files')).not.toThrow();
  });

  it('walks by the defaults of the application, and by those of the call before them', async () => {
    const asked: WalkEvent[] = [];
    const transport = pages();
    const paginate = paginateIn(
      start(
        providePagination({ transport, maxPages: 1, events: { next: (one) => asked.push(one) } }),
      ),
    );
    const items = (options: object) =>
      lastValueFrom(paginate<number>('/items', { pagination, ...options }).pipe(toArray()));
    await expect(items({})).resolves.toEqual([1]);
    await expect(items({ maxPages: undefined })).resolves.toEqual([1]);
    await expect(items({ maxPages: 2 })).resolves.toEqual([1, 2]);
    const ends = asked.filter((event) => event.type === 'end');
    expect(ends.map((event) => event.endReason)).toEqual(['limit', 'limit', 'exhausted']);
  });

  it('asks by the transport that is provided in place of the application’s', async () => {
    const transport = pages();
    const paginate = paginateIn(start({ provide: PAGINATION_TRANSPORT, useValue: transport }));
    await lastValueFrom(paginate('/items', { pagination }));
    expect(transport.requests.map(({ url }) => url)).toEqual([
      'http://fake.test/items',
      'http://fake.test/items?cursor=b',
    ]);
  });

  it('takes the defaults from a function that injects, and from the nearest injector', async () => {
    const CAP = new InjectionToken<number>('CAP');
    const transport = pages();
    const root = start(
      { provide: CAP, useValue: 1 },
      providePagination(() => ({ transport, maxPages: inject(CAP) })),
    );
    const child = createEnvironmentInjector([providePagination({ maxPages: 2 })], root);
    const counts = [root, child].map(async (injector) => {
      const list = paginateIn(injector)<number>('/items', { pagination });
      return (await lastValueFrom(list.pipe(toArray()))).length;
    });
    await expect(Promise.all(counts)).resolves.toEqual([1, 2]);
  });

  it('says in its type which kind of page comes, and of what', () => {
    const paginate = paginateIn(start({ provide: PAGINATION_TRANSPORT, useValue: () => of() }));
    const numbered = paginate<{ id: string }>('/users', { pagination: numberPagination() });
    expectTypeOf(numbered).toEqualTypeOf<
      PagedObservable<{ id: string }, NumberPagedResponse<{ id: string }, unknown, 'number'>>
    >();
    expectTypeOf(paginate('/users')).toExtend<PagedObservable<unknown>>();
  });

  it('throws outside an injection context', () => {
    expect(() => injectPaginate()).toThrow('injectPaginate() can only be used within an injection');
  });
});

describe('providePagination', () => {
  it.each<[string, object, string]>([
    ['an unknown option', { retries: 3 }, "unknown option 'retries'"],
    ['a wrong option', { timeout: 0 }, "option 'timeout' must be milliseconds above 0"],
    ['what is of one walk', { resumeFrom: 'po1' }, "option 'resumeFrom' must be left out"],
    [
      'concurrency, which not all lists take',
      { concurrency: 2 },
      "option 'concurrency' must be left",
    ],
    ['a transport that is none', { transport: 'fetch' }, "option 'transport' must be a transport"],
    ['an option without the one it needs', { overlap: 1 }, "option 'overlap' needs 'key'"],
  ])('throws a TypeError for %s, at once and from a function', (_, options, message) => {
    const defaults = options as PaginationDefaults;
    expect(() => providePagination(defaults)).toThrow(TypeError);
    expect(() => providePagination(defaults)).toThrow(message);
    const injector = start(providePagination(() => defaults));
    expect(() => paginateIn(injector)).toThrow(message);
  });
});
