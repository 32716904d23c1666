import { asyncScheduler, delay, of, type Observable } from 'rxjs';

import {
  cursorPagination,
  offsetPagination,
  paginate,
  type EndEvent,
  type PageRequest,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import { exchangeSettings } from '../../lib/flow/exchange-settings';
import { KeyWindow } from '../../lib/flow/key-window';
import { StepFetches } from '../../lib/flow/step-fetches';
import { WalkLog } from '../../lib/flow/walk-log';
import { WalkMemory } from '../../lib/flow/walk-memory';
import { range } from '../support/list-api';
import { ManualClock } from '../support/manual-clock';
import { stepOf } from '../support/page-of';
import { record } from '../support/recorder';

const url = 'http://api.test/rows';

/** 50 rows by offsets, in pages of ten, of which the first comes at once and each other after 10 ms. */
class Rows {
  readonly clock = new ManualClock();
  /** Offset and time of each request. */
  readonly asked: (readonly [offset: number, at: number])[] = [];
  headers: Readonly<Record<string, string>> = {};

  readonly transport: Transport = (request) => {
    const offset = this.offsetOf(request);
    this.asked.push([offset, this.clock.now()]);
    const body = { items: range(offset, offset + 10), total: 50 };
    const headers = offset === 0 ? this.headers : {};
    const reply = of({ status: 200, headers, url, body });
    return offset === 0 ? reply : reply.pipe(delay(10, this.clock));
  };

  /** In the query, or where the path ends. */
  offsetOf({ url: sent, params }: PageRequest): number {
    return Number(params?.['offset'] ?? /\d*$/.exec(sent)?.[0]);
  }

  list(options: WalkOptions, place: 'query' | 'path' = 'query') {
    const offsets = offsetPagination<number>({ items: '/items', limit: 10, totalCount: '/total' });
    const inPath: PaginationStrategy<number> = {
      ...offsets,
      at: (_, offset) => ({ url: `${url}/${String(Number(offset))}` }),
      read: (request, reply) => offsets.read(offsets.at({ url }, this.offsetOf(request)), reply),
    };
    const pagination = place === 'query' ? offsets : inPath;
    const settings = { clock: this.clock, timeout: Infinity, random: () => 0 };
    return paginate<number>(this.transport, url, { ...settings, ...options, pagination });
  }
}

describe('a walk with three pages at once', () => {
  it('asks for them as soon as the first page tells that they are there', () => {
    const rows = new Rows();
    const seen = record(rows.list({ concurrency: 3 }));
    expect(rows.asked).toEqual([0, 10, 20, 30].map((offset) => [offset, 0]));
    rows.clock.advance(20);
    expect(seen.notifications).toEqual({ values: range(0, 50), errors: 0, completions: 1 });
    expect(rows.asked.slice(4)).toEqual([[40, 10]]);
  });

  it('asks for one after another where only one is wanted', () => {
    const rows = new Rows();
    record(rows.list({}));
    rows.clock.advance(30);
    expect(rows.asked).toEqual([[0, 0], ...[10, 20, 30, 40].map((offset) => [offset, offset - 10])]);
  }); // prettier-ignore

  it('asks for none of them before the server allows it', () => {
    const rows = new Rows();
    rows.headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '7' };
    const seen = record(rows.list({ concurrency: 3 }));
    expect([seen.values, rows.asked]).toEqual([range(0, 10), [[0, 0]]]);
    rows.clock.advance(6_999);
    expect(rows.asked).toHaveLength(1);
    rows.clock.advance(1_000);
    expect(seen.values).toEqual(range(0, 50));
    expect(rows.asked.map(([offset]) => offset)).toEqual([0, 10, 20, 30, 40]);
    expect(rows.asked[1]).toEqual([10, 7_000]);
  });

  it('asks ahead for no page of another address, which is not known to be harmless', () => {
    const rows = new Rows();
    const seen = record(rows.list({ concurrency: 3 }, 'path'));
    rows.clock.advance(40);
    expect(seen.values).toEqual(range(0, 50));
    expect(rows.asked).toEqual([[0, 0], ...[10, 20, 30, 40].map((offset) => [offset, offset - 10])]);
  }); // prettier-ignore
});

describe('the fetch of a step', () => {
  /** A list by cursors whose pages are asked for by name. */
  const listOf = (pages: Record<string, { status?: number; next?: string }>, options: WalkOptions, isTold = true) => {
    const asked: string[] = [];
    const ends: EndEvent[] = [];
    const transport: Transport = ({ params }) => {
      const name = String(params?.['cursor'] ?? 'first');
      const { status = 200, next = null } = pages[name] ?? {};
      asked.push(name);
      return of({ status, headers: {}, url, body: { items: [`in ${name}`], next } });
    };
    const next = (event: { readonly type: string }) => {
      if (event.type === 'end') ends.push(event as EndEvent);
    };
    const cursors = cursorPagination<string>({ items: '/items', next: '/next' });
    const pagination = { ...cursors, kind: isTold ? cursors.kind : undefined };
    const events = { next };
    const list = paginate<string>(transport, url, { pagination, retry: false, events, ...options });
    return { seen: record(list), asked, ends };
  }; // prettier-ignore

  it('is none where its request was made before and that ends the list', () => {
    const { seen, asked, ends } = listOf(
      { first: { next: 'a' }, a: { next: 'a' } },
      { onRepeat: 'complete' },
    );
    expect(seen.notifications).toEqual({
      ...{ values: ['in first', 'in a'], errors: 0, completions: 1 },
    });
    expect([asked, ends[0]?.endReason]).toEqual([['first', 'a'], 'repeat']);
  });

  it('is not begun anew from the first page for any other failure than an expired position', () => {
    const options = { key: '', onExpired: 'restart' } as const;
    const pages = { first: { next: 'a' }, a: { status: 500 } };
    const { seen, asked } = listOf(pages, options);
    expect([seen.error.code, asked]).toEqual(['HTTP_STATUS', ['first', 'a']]);
    const misused = listOf({ first: { next: 'a' } }, { ...options, overlap: 1 }, false);
    expect(misused.seen.errors[0]).toBeInstanceOf(TypeError);
    expect(misused.asked).toEqual(['first']);
  });

  it('takes the page that a walk goes on in for no repeat of itself', async () => {
    const rows = new Rows();
    const iterator = rows.list({ deadline: 5 })[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ value: 0, done: false });
    rows.clock.advance(5);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'DEADLINE' });
    expect(await iterator.next()).toEqual({ value: 1, done: false });
    expect(rows.asked.map(([offset]) => offset)).toEqual([0, 0]);
  });
});

describe('a list that is not walked anew, though its position has expired', () => {
  /** What the fetch of a step fails with, in a walk that remembers what is given. */
  const failureOf = (known: Partial<WalkMemory>) => {
    const transport: Transport = () => of({ status: 410, headers: {}, url, body: {} });
    const strategy = cursorPagination({ items: '/items' });
    const options: WalkOptions = { key: '', onExpired: 'restart', retry: false };
    const plan = { transport, request: { url }, strategy, schema: undefined, options };
    const nothing = () => {
      throw new Error('There is no page');
    };
    const fetches = new StepFetches({
      plan,
      memory: Object.assign(new WalkMemory('http://api.test', options), known),
      log: new WalkLog(undefined, asyncScheduler, undefined),
      exchange: exchangeSettings(plan, asyncScheduler),
      pages: { advance: nothing, token: nothing, pageAt: nothing, pagesAt: nothing },
    });
    const fetch = fetches.of(stepOf({ strategy, position: 'a', pages: 2, items: 20 }));
    return record(fetch as Observable<unknown>).error;
  };
  const full = new KeyWindow(1);
  for (const key of ['a', 'b']) full.add(key);

  it.each<[string, Partial<WalkMemory>]>([
    ['more items were handed on than their keys can be remembered', { keys: full }],
    ['the walk was resumed, and the keys of what was handed on before are not known', { isPartial: true }],
    ['it expired again before anything new came', { restartedAt: 20 }],
  ])('says why: %s', (why, known) => {
    const error = failureOf(known);
    expect([error.code, error.status, error.pageIndex]).toEqual(['CURSOR_EXPIRED', 410, 2]);
    expect(error.message).toBe(
      'The server answered 410: the position has expired (page 3, GET http://api.test/rows?cursor=***); ' +
        `the list is not walked anew, because ${why}`,
    );
  }); // prettier-ignore
});
