import { defer, NEVER, of, type ObservableInput } from 'rxjs';

import {
  cursorPagination,
  isPaginationError,
  offsetPagination,
  paginate,
  type PagedObservable,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { ListApi, range, type Answer } from '../support/list-api';
import { ManualClock, settle } from '../support/manual-clock';

/** Pulls so often, and gives each value, code of an error, and `undefined` at the end. */
async function pull(iterator: AsyncIterator<number>, times: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let time = 0; time < times; time++) {
    seen.push(
      await iterator.next().then(
        ({ value }) => value as unknown,
        (error: unknown) => (isPaginationError(error) ? error.code : error),
      ),
    );
  }
  return seen;
}

/** The same over a walk ahead of demand, whose turns are told by a clock that stands still. */
async function pullBy(
  clock: ManualClock,
  iterator: AsyncIterator<number>,
  times: number,
): Promise<unknown[]> {
  const seen = pull(iterator, times);
  for (let turn = 0; turn < 3 * times; turn++) {
    await settle(1);
    clock.advance(0);
  }
  return Promise.race([seen, Promise.resolve(['nothing more'])]);
}

const begin = (list: PagedObservable<number>) => list[Symbol.asyncIterator]();

/** A list by cursors that answers each request, in order, as is said, with a status of its own or items and the next cursor. */
function scripted(
  replies: readonly (number | readonly [items: readonly number[], next: string | null])[],
  options: WalkOptions = {},
) {
  const asked: unknown[] = [];
  const transport: Transport = ({ params }) => {
    const reply = replies[asked.length] ?? 503;
    asked.push(params?.['cursor'] ?? 'first');
    const [items, next_cursor] = typeof reply === 'number' ? [] : reply;
    const status = typeof reply === 'number' ? reply : 200;
    const body = { items, next_cursor };
    return of({ status, headers: {}, url: 'http://api.test/items', body });
  };
  const pagination = cursorPagination<number>({ items: '/items' });
  const list = paginate<number>(transport, 'http://api.test/items', {
    ...{ pagination, key: '', retry: false, ...options },
  });
  return { list, asked };
}

describe('an iterator that goes on after an error', () => {
  /** Its first page in hand, and the page after it asked for, when the deadline passes. */
  const interrupted = async (taken: number) => {
    const clock = new ManualClock();
    let isStuck = true;
    const answer: Answer = (reply, page) => (page === 1 && isStuck ? NEVER : of(reply));
    const api = new ListApi([3, 3, 1], answer);
    const iterator = begin(api.list({ clock, prefetch: 1, deadline: 50, timeout: Infinity }));
    const seen = await pullBy(clock, iterator, taken);
    clock.advance(50);
    isStuck = false;
    seen.push(...(await pullBy(clock, iterator, 9 - taken)));
    return { seen, asked: api.asked };
  };

  it('does not take a page for a repeat that was on its way and asked for behind the one gone on in', async () => {
    const { seen, asked } = await interrupted(1);
    expect(seen).toEqual([0, 'DEADLINE', 1, 2, 3, 4, 5, 6, undefined]);
    expect(asked).toEqual([0, 1, 0, 1, 2]);
  });

  it('does not ask again for a page that was handed on whole', async () => {
    const { seen, asked } = await interrupted(3);
    expect(seen).toEqual([0, 1, 2, 'DEADLINE', 3, 4, 5, 6, undefined]);
    expect(asked).toEqual([0, 1, 1, 2]);
  });

  it('still knows what was asked for before, where the deadline passed in a pause', async () => {
    const clock = new ManualClock();
    const back = { items: [9], next_cursor: 'c1' };
    const answer: Answer = (reply, page) => of(page === 2 ? { ...reply, body: back } : reply);
    const api = new ListApi([1, 1, 1], answer);
    const iterator = begin(api.list({ clock, deadline: 50 }));
    const seen = await pull(iterator, 2);
    clock.advance(50);
    seen.push(...(await pull(iterator, 2)));
    expect([seen, api.asked]).toEqual([
      [0, 1, 'DEADLINE', 9],
      [0, 1, 2],
    ]);
    // However often it is asked for: the page that leads back, and never the one it leads to.
    expect(await pull(iterator, 3)).toEqual(['LOOP', 'LOOP', 'LOOP']);
    expect(api.asked).toEqual([0, 1, 2, 2, 2]);
  });

  it('does not take a page for a repeat that failed behind one without anything new', async () => {
    const one = [[1, 2], 'a'] as const;
    const known = [[2, 1], 'b'] as const;
    const { list, asked } = scripted([one, known, 500, known, [[3], null]]);
    expect(await pull(begin(list), 5)).toEqual([1, 2, 'HTTP_STATUS', 3, undefined]);
    expect(asked).toEqual(['first', 'a', 'b', 'a', 'b']);
  });

  it('counts pages without anything new once, however often what is behind them failed', async () => {
    const one = [[1, 2], 'a'] as const;
    const known = [[[2, 1], 'b'] as const, [[1], 'c'] as const];
    const often = Array.from({ length: 4 }, () => [...known, 500]).flat();
    const limits = { emptyPages: 3 };
    const { list, asked } = scripted([one, ...often, ...known, [[3], null]], { limits });
    const failures = Array<string>(4).fill('HTTP_STATUS');
    expect(await pull(begin(list), 8)).toEqual([1, 2, ...failures, 3, undefined]);
    expect(asked).toEqual(['first', ...Array.from({ length: 5 }, () => ['a', 'b', 'c']).flat()]);
  });

  it('is STALLED again where it was, however often it is asked', async () => {
    const known = ['a', 'b', 'a', 'b', 'a', 'b', 'c'].map((next) => [[1], next] as const);
    const { list, asked } = scripted(known, { limits: { emptyPages: 2 } });
    expect(await pull(begin(list), 4)).toEqual([1, 'STALLED', 'STALLED', 'STALLED']);
    expect(asked).toEqual(['first', 'a', 'b', 'a', 'a']);
  });

  it('still drops what was handed on, however often it failed', async () => {
    const { list, asked } = scripted([[[1, 2], 'a'], 500, 500, 500, [[2, 3], null]]);
    const failures = ['HTTP_STATUS', 'HTTP_STATUS', 'HTTP_STATUS'];
    expect(await pull(begin(list), 7)).toEqual([1, 2, ...failures, 3, undefined]);
    expect(asked).toEqual(['first', 'a', 'a', 'a', 'a']);
  });

  it.each([
    [0, [0, 5, 5, 10]],
    [2, [0, 3, 5, 8]],
  ])('gives the rest of the page it stopped in, and nothing of it again, with an overlap of %d', async (overlap, offsets) => {
    const clock = new ManualClock();
    const asked: number[] = [];
    const transport: Transport = ({ params }) => {
      const offset = Number(params?.['offset'] ?? 0);
      asked.push(offset);
      const body = range(offset, Math.min(12, offset + 5));
      return of({ status: 200, headers: {}, url: 'http://api.test/items', body });
    };
    const pagination = offsetPagination<number>({ items: '', limit: 5 });
    const options = { pagination, clock, deadline: 50, key: '', overlap };
    const iterator = begin(paginate<number>(transport, 'http://api.test/items', options));
    expect(await pull(iterator, 7)).toEqual(range(0, 7));
    clock.advance(50);
    expect(await pull(iterator, 7)).toEqual(['DEADLINE', ...range(7, 12), undefined]);
    expect(asked.slice(0, 4)).toEqual(offsets);
  }); // prettier-ignore

  it('walks the list anew again where its position expires again, and knows all that it handed on', async () => {
    const one = [[1, 2], 'a'] as const;
    const again = [[1, 2, 3], null] as const;
    const { list, asked } = scripted([one, 410, 500, 410, again], { onExpired: 'restart' });
    expect(await pull(begin(list), 5)).toEqual([1, 2, 'HTTP_STATUS', 3, undefined]);
    expect(asked).toEqual(['first', 'a', 'first', 'a', 'first']);
  });

  it('goes on where it was also where its notifier failed without a word', async () => {
    const api = new ListApi([2, 1]);
    let fail: () => void = () => undefined;
    const notifier = new Promise((_, reject: () => void) => (fail = reject));
    const notifiers: ObservableInput<unknown>[] = [notifier, NEVER];
    const iterator = begin(api.list({ pacedBy: defer(() => notifiers.shift() ?? NEVER) }));
    expect(await pull(iterator, 2)).toEqual([0, 1]);
    fail();
    expect(await pull(iterator, 2)).toEqual([undefined, 2]);
    expect(api.asked).toEqual([0, 1]);
  });

  it('says how it ends at last, whatever a page fetched ahead had said', async () => {
    const clock = new ManualClock();
    const ends: string[] = [];
    const next = (event: WalkEvent) => {
      if (event.type === 'end') ends.push(event.endReason);
    };
    let hasMoved = false;
    const stay = { items: [2], next_cursor: 'c1' };
    const api = new ListApi([2, 1, 1], (reply, page) =>
      of(page === 1 && !hasMoved ? { ...reply, body: stay } : reply),
    );
    const options = { clock, deadline: 50, onRepeat: 'complete', events: { next } } as const;
    const iterator = begin(api.list({ ...options, prefetch: 2 }));
    expect([await pullBy(clock, iterator, 2), api.asked]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    clock.advance(50);
    hasMoved = true;
    expect(await pullBy(clock, iterator, 4)).toEqual(['DEADLINE', 2, 3, undefined]);
    expect([api.asked, ends]).toEqual([
      [0, 1, 1, 2],
      ['error', 'exhausted'],
    ]);
  });
});
