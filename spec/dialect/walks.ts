import axios from 'axios';
import { type Observable, lastValueFrom, take, toArray } from 'rxjs';

import type { PagedObservable } from '../../lib/core/paged-observable';
import { isPaginationError, type PaginationError } from '../../lib/core/pagination-error';
import type { Transport } from '../../lib/core/transport';
import type { DemoServer } from '../../lib/demo/start-demo-server';
import { axiosTransport } from '../../lib/transport/axios';
import { fetchTransport } from '../../lib/transport/fetch';
import { type HttpServer, startHttpServer } from '../support/http-server';

/** Both transports, for `describe.each`. */
export const transports: readonly [string, (baseUrl: string) => Transport][] = [
  ['fetch', (baseUrl) => fetchTransport({ baseUrl })],
  ['axios', (baseURL) => axiosTransport(axios.create({ baseURL }))],
];

export function all<T>(values: Observable<T>): Promise<T[]> {
  return lastValueFrom(values.pipe(toArray()));
}

export interface Outcome<T> {
  readonly items: readonly T[];
  /** Absent if the walk completed. */
  readonly error?: PaginationError;
}

/** What a walk delivers, and the error it stops with. */
export function outcome<T>(values: Observable<T>): Promise<Outcome<T>> {
  return new Promise((resolve, reject) => {
    const items: T[] = [];
    values.subscribe({
      next: (item) => items.push(item),
      error: (error: unknown) => {
        if (isPaginationError(error)) resolve({ items, error });
        else reject(error instanceof Error ? error : new Error(String(error)));
      },
      complete: () => {
        resolve({ items });
      },
    });
  });
}

/** The walk's error; rejects if it completes. */
export async function failure(values: Observable<unknown>): Promise<PaginationError> {
  const { items, error } = await outcome(values);
  if (error === undefined) throw new Error(`Completed after ${String(items.length)} items`);
  return error;
}

/** A reply of a scripted server: a body for a 200, or a status and a body. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

export interface ScriptedServer {
  readonly url: string;
  /** Answers the next requests one after another, and each one after them with a 501, which nobody retries. */
  replies(...replies: readonly Scripted[]): void;
  /** The requests since the last `replies`, as `GET /path?query` and the body behind it. */
  readonly log: readonly string[];
  readonly headers: readonly NodeJS.Dict<string | string[]>[];
}

/** A server for a spec file, started before and closed after all its tests. */
export function scriptedServer(): () => ScriptedServer {
  let server: HttpServer | undefined;
  beforeAll(async () => {
    server = await startHttpServer();
  });
  afterAll(() => server?.close());
  return () => {
    if (server === undefined) throw new Error('The server has not been started');
    const { origin, requests, answer } = server;
    return {
      url: origin,
      replies: (...replies) => {
        requests.length = 0;
        answer((_, response) => {
          const none: Scripted = { status: 501, body: 'no reply is left' };
          const { status = 200, headers = {}, body } = replies[requests.length - 1] ?? none;
          response.writeHead(status, { 'content-type': 'application/json', ...headers });
          response.end(body === undefined ? '' : JSON.stringify(body));
        });
      },
      get log() {
        return requests.map(({ method, url, body }) => `${method} ${url}${body && ` ${body}`}`);
      },
      get headers() {
        return requests.map(({ headers }) => headers);
      },
    };
  };
}

/** Bodies with status 200. */
export function bodies(...values: readonly unknown[]): readonly Scripted[] {
  return values.map((body) => ({ body }));
}

export interface WalkCase<T> {
  readonly server: () => DemoServer;
  readonly list: () => PagedObservable<T>;
  readonly items: () => readonly T[];
  /** Items of each page in order, the closing empty one included where there is one. */
  readonly sizes: readonly number[];
  /** Of a walk that is left after three items. */
  readonly requestsForThree: number;
}

/** What every dialect keeps: each item once and in order, walks that are independent, tokens that give exactly the rest. */
export function itWalksExactly<T>(name: string, walk: WalkCase<T>): void {
  const { server, list, items, sizes, requestsForThree } = walk;

  describe(`a walk of ${name}`, () => {
    it('gives each item once and in order, with one request a page', async () => {
      expect(await all(list())).toEqual(items());
      expect(server().requests.map(({ status }) => status)).toEqual(sizes.map(() => 200));
    });

    it('gives the pages of the server', async () => {
      const pages = await all(list().pages());
      expect(pages.map((page) => page.items.length)).toEqual(sizes);
      expect(pages.flatMap((page) => page.items)).toEqual(items());
    });

    it('starts anew with every iteration, also with two at a time', async () => {
      const shared = list();
      const one = shared[Symbol.asyncIterator]();
      const other = shared[Symbol.asyncIterator]();
      const found: [T[], T[]] = [[], []];
      for (;;) {
        const [a, b] = [await one.next(), await other.next()];
        if (a.done === true || b.done === true) {
          expect([a.done, b.done]).toEqual([true, true]);
          break;
        }
        found[0].push(a.value);
        found[1].push(b.value);
      }
      expect(found).toEqual([items(), items()]);
      expect(await all(shared)).toEqual(items());
      expect(server().requests).toHaveLength(3 * sizes.length);
    });

    it('asks for no page beyond the third item when it takes three', async () => {
      expect(await all(list().pipe(take(3)))).toEqual(items().slice(0, 3));
      const pulled: T[] = [];
      for await (const item of list()) {
        pulled.push(item);
        if (pulled.length === 3) break;
      }
      expect(pulled).toEqual(items().slice(0, 3));
      expect(server().requests).toHaveLength(2 * requestsForThree);
    });

    it('goes on with exactly the rest from every page and from within it', async () => {
      let before = 0;
      for (const page of await all(list().pages())) {
        for (const taken of new Set([0, Math.floor(page.items.length / 2), page.items.length])) {
          const resumeFrom = page.resumeTokenAfter(taken);
          expect(await all(list().with({ resumeFrom }))).toEqual(items().slice(before + taken));
        }
        before += page.items.length;
        const { resumeToken } = page;
        expect(await all(list().with({ resumeFrom: resumeToken }))).toEqual(items().slice(before));
      }
    });

    it('finds its way by hand through hasNextPage and nextPage()', async () => {
      const found: T[] = [];
      let [page] = await all(list().pages().pipe(take(1)));
      while (page !== undefined) {
        found.push(...page.items);
        const next = await all(page.nextPage() as Observable<typeof page>);
        expect(next).toHaveLength(page.hasNextPage ? 1 : 0);
        [page] = next;
      }
      expect(found).toEqual(items());
    });
  });
}
