/** The files of a project that uses the packed library; each throws when something is not as promised. */
export const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'consumer', private: true }),

  'without-axios.cjs': `
    const assert = require('node:assert/strict');
    const { from, isObservable, lastValueFrom, toArray } = require('rxjs');
    const lib = require('paged-observable');
    const { fetchTransport } = require('paged-observable/fetch');

    for (const peer of ['axios', '@angular/core', '@angular/common']) {
      assert.throws(() => require.resolve(peer), peer + ' must not come with the library');
    }
    assert.equal(typeof fetchTransport, 'function');
    for (const name of ['paginate', 'fromPages', 'isPagedObservable', 'cursorPagination', 'linkPagination',
      'numberPagination', 'offsetPagination', 'singlePage', 'PagedObservable', 'PaginationError']) {
      assert.equal(typeof lib[name], 'function', name);
      assert.equal(lib[name].name, name);
    }
    const url = 'http://localhost/users';
    // Without a strategy the Link header leads.
    const page = (link, ...body) => ({ status: 200, headers: { link }, url, body });
    const transport = (request) => Promise.resolve(/page=2/.test(request.url + JSON.stringify(request.params))
      ? page('<' + url + '>; rel="first"', { id: 3 })
      : page('<' + url + '?page=2>; rel="next"', { id: 1 }, { id: 2 }));
    const paged = lib.paginate(transport, url);
    assert.ok(isObservable(paged));
    assert.equal(from(paged), paged);
    lastValueFrom(paged.pipe(toArray())).then((users) => {
      assert.deepEqual(users, [{ id: 1 }, { id: 2 }, { id: 3 }]);
    });
  `,

  'one-class.mjs': `
    import assert from 'node:assert/strict';
    import { createRequire } from 'node:module';
    import { from, lastValueFrom } from 'rxjs';
    import * as esm from 'paged-observable';
    import { fetchTransport } from 'paged-observable/fetch';

    const cjs = createRequire(import.meta.url)('paged-observable');
    for (const name of Object.keys(cjs)) assert.equal(esm[name], cjs[name], name);
    assert.equal(esm.PagedObservable, cjs.PagedObservable);
    const paged = esm.paginate(fetchTransport(), 'http://127.0.0.1:1/');
    assert.ok(paged instanceof cjs.PagedObservable);
    assert.ok(cjs.isPagedObservable(paged));
    // Nothing listens on port 1, so the transport fails; its error must be the class that users import.
    const reply = from(fetchTransport()({ url: 'http://127.0.0.1:1/' }, new AbortController().signal));
    const error = await lastValueFrom(reply).catch((reason) => reason);
    assert.ok(error instanceof esm.PaginationError, String(error));
    assert.ok(error instanceof cjs.PaginationError);
  `,

  // Angular itself needs its compiler where no build has been at work.
  'esm-only.mjs': `
    import '@angular/compiler';
    import assert from 'node:assert/strict';
    import { createRequire } from 'node:module';
    import { from, lastValueFrom, throwError } from 'rxjs';
    import { PaginationError } from 'paged-observable';
    import { angularTransport, injectPaginate, pagedListSignal, providePagination } from 'paged-observable/angular';

    const require = createRequire(import.meta.url);
    assert.throws(() => require('paged-observable/angular'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
    assert.deepEqual(Object.keys(providePagination({ timeout: 1000 })), ['ɵproviders']);
    for (const call of [injectPaginate, pagedListSignal]) assert.throws(call, /injection context/);
    const refused = { name: 'HttpErrorResponse', status: 0, headers: new Map() };
    const http = { request: () => throwError(() => refused) };
    const reply = from(angularTransport(http)({ url: 'http://h.example/' }, new AbortController().signal));
    const error = await lastValueFrom(reply).catch((reason) => reason);
    assert.ok(error instanceof PaginationError, String(error));
    assert.equal(error.code, 'NETWORK');
    assert.ok(error instanceof require('paged-observable').PaginationError);
  `,

  // An application without a document: its HttpClient, its defaults, a list as signals.
  'angular-app.mjs': `
    import '@angular/compiler';
    import assert from 'node:assert/strict';
    import { createServer } from 'node:http';
    import { HttpClient, provideHttpClient, withFetch } from '@angular/common/http';
    import { createEnvironmentInjector, effect, Injector, platformCore, provideZonelessChangeDetection, runInInjectionContext, ɵINJECTOR_SCOPE } from '@angular/core';
    import { lastValueFrom, toArray } from 'rxjs';
    import { cursorPagination } from 'paged-observable';
    import { angularTransport, injectPaginate, pagedListSignal, providePagination } from 'paged-observable/angular';

    const pages = { '': { items: [1, 2], next_cursor: 'b' }, b: { items: [3] } };
    const server = createServer((request, response) => {
      const cursor = new URL(request.url, 'http://localhost').searchParams.get('cursor') ?? '';
      response.setHeader('content-type', 'application/json').end(JSON.stringify(pages[cursor]));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = \`http://127.0.0.1:\${server.address().port}/items\`;
    const injector = createEnvironmentInjector([
      { provide: ɵINJECTOR_SCOPE, useValue: 'root' },
      provideZonelessChangeDetection(),
      provideHttpClient(withFetch()),
      providePagination({ maxPages: 5 }),
    ], platformCore().injector);
    const pagination = cursorPagination({ items: '/items' });
    const paginate = runInInjectionContext(injector.get(Injector), injectPaginate);
    assert.deepEqual(await lastValueFrom(paginate(url, { pagination }).pipe(toArray())), [1, 2, 3]);
    const list = runInInjectionContext(injector.get(Injector), () => pagedListSignal(paginate(url, { pagination })));
    assert.deepEqual(list.items(), []);
    const log = [];
    runInInjectionContext(injector.get(Injector), () => effect(() => log.push(list.items())));
    list.loadMore();
    while (list.items().length < 2) await new Promise(setImmediate);
    list.loadMore();
    while (list.items().length < 3) await new Promise(setImmediate);
    assert.deepEqual(list.items(), [1, 2, 3]);
    injector.destroy();
    server.close();
    assert.deepEqual(log, [[], [1, 2], [1, 2, 3]].slice(0, log.length));
    assert.ok(log.length > 1, 'no effect saw the list');
  `,

  'export.mjs': `
    import assert from 'node:assert/strict';
    import { mkdtemp, readFile, rm } from 'node:fs/promises';
    import { createRequire } from 'node:module';
    import { tmpdir } from 'node:os';
    import { join } from 'node:path';
    import { lastValueFrom } from 'rxjs';
    import { fromPages, PaginationError } from 'paged-observable';
    import { exportTo, ndjsonFile, postgresTable } from 'paged-observable/export';

    const require = createRequire(import.meta.url);
    assert.equal(exportTo, require('paged-observable/export').exportTo);
    assert.throws(() => require.resolve('pg'), 'pg must not come with the library');
    const paged = fromPages((page = 1) => [{ items: [page], next: page < 3 ? page + 1 : undefined }]);
    const folder = await mkdtemp(join(tmpdir(), 'consumer-'));
    const file = join(folder, 'rows.ndjson');
    const summary = await lastValueFrom(exportTo(paged, ndjsonFile(file)));
    assert.equal(summary.type, 'summary');
    assert.equal(await readFile(file, 'utf8'), '1\\n2\\n3\\n');
    await rm(folder, { recursive: true });
    const error = await lastValueFrom(exportTo(paged, postgresTable('rows'))).catch((reason) => reason);
    assert.ok(error instanceof PaginationError, String(error));
    assert.match(error.message, /npm install pg/);
  `,

  'with-axios.mjs': `
    import assert from 'node:assert/strict';
    import { createRequire } from 'node:module';
    import axios from 'axios';
    import { from, lastValueFrom } from 'rxjs';
    import { PaginationError } from 'paged-observable';
    import { axiosTransport } from 'paged-observable/axios';

    const require = createRequire(import.meta.url);
    assert.equal(axiosTransport, require('paged-observable/axios').axiosTransport);
    const transport = axiosTransport(axios.create());
    const reply = from(transport({ url: 'http://127.0.0.1:1/' }, new AbortController().signal));
    const error = await lastValueFrom(reply).catch((reason) => reason);
    assert.ok(error instanceof PaginationError, String(error));
    assert.ok(error instanceof require('paged-observable').PaginationError);
  `,

  'browser.mjs': `
    import assert from 'node:assert/strict';

    new Headers(); // Node loads its fetch on first use, and that needs Buffer, as its Response does.
    for (const name of ['process', 'Buffer', 'setImmediate', 'clearImmediate']) delete globalThis[name];
    const text = '[{"id":1},{"id":2}]';
    const bytes = new TextEncoder().encode(text);
    const start = (controller) => { controller.enqueue(bytes); controller.close(); };
    globalThis.fetch = async (url) => ({
      ok: true,
      status: 200,
      statusText: 'OK',
      redirected: false,
      type: 'basic',
      url: String(url),
      headers: new Headers({ 'content-type': 'application/json' }),
      body: new ReadableStream({ start }),
      bodyUsed: false,
      text: async () => text,
      json: async () => JSON.parse(text),
      arrayBuffer: async () => bytes.buffer,
    });
    const { fetchTransport, lastValueFrom, paginate, singlePage, toArray } = await import('./bundle.mjs');
    const users = paginate(fetchTransport(), 'http://localhost/users', { pagination: singlePage() });
    assert.deepEqual(await lastValueFrom(users.pipe(toArray())), [{ id: 1 }, { id: 2 }]);
    const pulled = [];
    for await (const user of users) pulled.push(user.id);
    assert.deepEqual(pulled, [1, 2]);
  `,

  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022', 'DOM'],
      module: 'Node16',
      moduleResolution: 'Node16',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      // The published types must stand without those of Node.
      types: [],
    },
    files: ['types-esm.mts', 'types-cjs.cts', 'types-esm-only.mts'],
  }),

  'types-esm-only.mts': `
    import { of } from 'rxjs';
    import { HttpClient } from '@angular/common/http';
    import { inject } from '@angular/core';
    import { paginate } from 'paged-observable';
    import { angularTransport, pagedListSignal, type AngularHttpClient } from 'paged-observable/angular';

    const http: AngularHttpClient = inject(HttpClient);
    paginate<number>(angularTransport(http), '/users').subscribe((user) => user.toFixed());
    const list = pagedListSignal(paginate<number>(angularTransport(http), '/users'));
    list.items()[0]?.toFixed();
    // @ts-expect-error a backend handles requests
    angularTransport(http, { backend: of(1) });
  `,

  ...Object.fromEntries(
    ['types-esm.mts', 'types-cjs.cts'].map((name) => [
      name,
      `
    import axios from 'axios';
    import type { Observable } from 'rxjs';
    import { PagedObservable, PaginationError, cursorPagination, isPagedObservable, paginate } from 'paged-observable';
    import { axiosTransport } from 'paged-observable/axios';
    import { fetchTransport } from 'paged-observable/fetch';

    interface User { readonly id: number }
    const users = paginate<User>(axiosTransport(axios.create()), '/users', { pagination: cursorPagination() });
    const paged: PagedObservable<User> = users;
    const observable: Observable<User> = paginate<User>(fetchTransport(), 'http://localhost/users');
    paged.subscribe({
      next: ({ id }) => id.toFixed(),
      error: (error: unknown) => error instanceof PaginationError && error.code,
    });
    export const known: boolean = isPagedObservable(observable);
    // @ts-expect-error a user has no name
    observable.subscribe((user) => user.name);
  `,
    ]),
  ),
};

/** What browser.mjs runs where nothing of Node is. */
export const browserBundle = `
  export { lastValueFrom, toArray } from 'rxjs';
  export { paginate, singlePage } from 'paged-observable';
  export { fetchTransport } from 'paged-observable/fetch';
`;

/** What users typically import, to be measured. */
export const bundles: readonly (readonly [title: string, code: string])[] = [
  ['paginate + cursorPagination', `export { cursorPagination, paginate } from 'paged-observable';`],
  [
    'paginate + cursorPagination + fetchTransport',
    `export { cursorPagination, paginate } from 'paged-observable';
     export { fetchTransport } from 'paged-observable/fetch';`,
  ],
];
