import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs';

import {
  checkOptions,
  describe,
  isFunction,
  isText,
  isWhole,
  type Check,
} from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import { startTimer } from '../core/timer';
import type { Transport } from '../core/transport';
import { UsageError } from '../core/usage-error';

/** A page as the fake server sends it. */
export interface FakePage {
  /** The parsed body. */
  readonly body: unknown;
  /** @defaultValue 200 */
  readonly status?: number | undefined;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * What comes in place of a page: a connection that breaks, a body that is no JSON, a request that is never answered, or another
 * reply, such as `{ status: 503, body: null, headers: { 'retry-after': '1' } }`.
 */
export type FakeFault = 'reset' | 'bad-json' | 'hang' | FakePage;

/** How the fake server behaves. */
export interface FakeScript {
  /** By place of the page, from 0: what its first requests meet, one after another; the next request gets the page. */
  readonly faults?: Readonly<Record<number, readonly FakeFault[]>> | undefined;
  /** Milliseconds before each reply or fault. @defaultValue none: a reply comes synchronously */
  readonly delay?: number | undefined;
  /** What a relative URL is joined to. @defaultValue 'http://fake.test' */
  readonly baseUrl?: string | undefined;
  /** Runs the delays. @defaultValue `asyncScheduler` */
  readonly clock?: SchedulerLike | undefined;
}

/** A request as the fake server saw it. */
export interface FakeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Place of the page it was answered with, from 0. */
  readonly page: number;
  /** Which request for this page it was, from 1. */
  readonly attempt: number;
  readonly outcome: 'open' | 'answered' | 'failed' | 'aborted';
}

/** A transport without a network, which remembers what was asked of it. */
export interface FakeTransport extends Transport {
  /** All requests so far, oldest first. */
  readonly requests: readonly FakeRequest[];
}

/**
 * A transport for tests: answers the first request with the first page, the next new request with the second, and so on; a request
 * that came before, as a retry or another walk sends it, gets its page again. So the pages are served in the order in which
 * a walk asks for them, whatever its protocol, and `requests` tells whether it asked for the right ones.
 *
 * Requests are answered on subscribe; unsubscribing aborts them. A request beyond the last page errors with a TypeError, which no retry
 * and no strategy takes for an end.
 *
 * @param pages bodies, with statuses and headers where needed
 * @throws TypeError for pages or a script that are not as described, and for faults of pages that there are not
 *
 * @example
 * ```ts
 * import { cursorPagination, paginate } from 'paged-observable';
 * import { fakeTransport } from 'paged-observable/testing';
 *
 * const pages = [{ body: { rows: ['a', 'b'], next_cursor: 'k2' } }, { body: { rows: ['c'] } }];
 * const server = fakeTransport(pages, { faults: { 1: ['reset'] } });
 * const rows = paginate(server, '/rows', {
 *   pagination: cursorPagination<string>({ items: '/rows' }),
 *   retry: { baseDelay: 1 },
 * });
 * await rows.forEach((row) => {
 *   console.log(row);
 * });
 * console.log(server.requests.map(({ url, outcome }) => `${url} ${outcome}`));
 * ```
 */
export function fakeTransport(pages: readonly FakePage[], script: FakeScript = {}): FakeTransport {
  if (!Array.isArray(pages) || !pages.every(isPage)) {
    throw new TypeError(
      `fakeTransport: expected an array of pages { body, status?, headers? }, got ${describe(pages)}`,
    );
  }
  for (const [place, page] of pages.entries()) {
    checkOptions(`fakeTransport: page ${String(place)}`, page, PARTS);
  }
  checkOptions('fakeTransport', script, checks);
  checkFaults(script, pages.length);
  const server = new FakeServer(pages, script);
  const transport = (request: PageRequest) => server.send(request);
  return Object.assign(transport, { requests: server.log, baseUrl: server.baseUrl });
}

type Entry = { -readonly [Name in keyof FakeRequest]: FakeRequest[Name] };

class FakeServer {
  readonly log: Entry[] = [];
  readonly baseUrl: string;
  /** By what is asked: the page, and how often it was asked for. */
  readonly #asked = new Map<string, { readonly page: number; attempts: number }>();

  constructor(
    private readonly pages: readonly FakePage[],
    private readonly script: FakeScript,
  ) {
    this.baseUrl = script.baseUrl ?? 'http://fake.test';
  }

  send(request: PageRequest): Observable<PageReply> {
    return new Observable((subscriber) => {
      const { delay = 0, clock = asyncScheduler, faults = {} } = this.script;
      const entry = this.#enter(request);
      const met = faults[entry.page]?.[entry.attempt - 1] ?? this.pages[entry.page];
      subscriber.add(() => {
        if (entry.outcome === 'open') entry.outcome = 'aborted';
      });
      if (met === 'hang') return;
      const answer = () => {
        try {
          const reply = replyOf(met, entry, this.pages.length);
          entry.outcome = 'answered';
          subscriber.next(reply);
          subscriber.complete();
        } catch (error) {
          entry.outcome = 'failed';
          subscriber.error(error);
        }
      };
      if (delay === 0) answer();
      else subscriber.add(startTimer(clock, delay, answer));
    });
  }

  #enter(request: PageRequest): Entry {
    const { method = 'GET', headers = {}, body } = request;
    const url = requestUrl(request, this.baseUrl);
    const text = JSON.stringify([method, url, body]);
    const asked = this.#asked.get(text) ?? { page: this.#asked.size, attempts: 0 };
    this.#asked.set(text, asked);
    const { page } = asked;
    const attempt = ++asked.attempts;
    const sent = { method, url, headers: { ...headers }, ...(body !== undefined && { body }) };
    const entry: Entry = { ...sent, page, attempt, outcome: 'open' };
    this.log.push(entry);
    return entry;
  }
}

function replyOf(
  met: Exclude<FakeFault, 'hang'> | undefined,
  { method, url, page }: FakeRequest,
  count: number,
): PageReply {
  if (met === undefined) {
    const nth = `request ${String(page + 1)}, ${method} ${url}`;
    throw new UsageError(`fakeTransport: there are ${String(count)} pages, and this is ${nth}`);
  }
  if (met === 'reset') throw new PaginationError('NETWORK', 'The connection was reset (faked)');
  if (met === 'bad-json') throw new PaginationError('BAD_JSON', 'The body is no JSON (faked)');
  const { status = 200, headers = {}, body } = met;
  return { status, headers, body, url };
}

/** A fault that no request can meet would make a test say more than it tests. */
function checkFaults({ faults = {} }: FakeScript, count: number): void {
  for (const [place, list] of Object.entries(faults)) {
    if (Number(place) >= count) {
      throw new TypeError(
        `fakeTransport: option 'faults' must name pages that there are, ${String(count)} counted from 0, got ${place}`,
      );
    }
    for (const [nth, fault] of list.entries()) {
      if (typeof fault === 'string') continue;
      checkOptions(`fakeTransport: faults of page ${place}: ${String(nth)}`, fault, PARTS);
    }
  }
}

function isPage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'body' in value;
}

const isFaults: Check = (value) => {
  const isFault = (fault: unknown) =>
    fault === 'reset' || fault === 'bad-json' || fault === 'hang' || isPage(fault);
  const fits =
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([place, list]: [string, unknown]) =>
        /^(?:0|[1-9]\d*)$/.test(place) && Array.isArray(list) && list.every(isFault),
    );
  return fits
    ? undefined
    : "an object of page places and arrays of 'reset', 'bad-json', 'hang' or a page";
};

const PARTS: Readonly<Record<keyof FakePage, Check>> = {
  body: () => undefined,
  status: isWhole,
  headers: (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((header) => typeof header === 'string')
      ? undefined
      : 'an object whose values are strings',
};

const checks: Readonly<Record<keyof FakeScript, Check>> = {
  faults: isFaults,
  delay: isWhole,
  baseUrl: isText,
  clock: (value) =>
    typeof value === 'object' &&
    value !== null &&
    isFunction(Reflect.get(value, 'schedule')) === undefined
      ? undefined
      : 'an RxJS scheduler',
};
