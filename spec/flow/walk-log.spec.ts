import { NEVER, take, throwError } from 'rxjs';

import type { WalkEvent } from 'paged-observable';

import { atOnce, ListApi, promised, range, type Answer } from '../support/list-api';
import { ManualClock, settle } from '../support/manual-clock';
import { record } from '../support/recorder';

const SIZES = [2, 0, 3];
const stuckAt =
  (stuck: number): Answer =>
  (reply, page) =>
    page < stuck ? atOnce(reply, page) : NEVER;
const failAt =
  (failing: number): Answer =>
  (reply, page) =>
    page < failing ? atOnce(reply, page) : throwError(() => new Error('socket'));

/** Notes events and notifications in one order. */
function logOf() {
  const log: string[] = [];
  const ends: Extract<WalkEvent, { type: 'end' }>[] = [];
  const events = {
    next: (event: WalkEvent) => {
      if (event.type === 'request') log.push(`request ${String(event.index)}`);
      else if (event.type === 'page')
        log.push(`page ${String(event.index)} of ${String(event.items)}`);
      else if (event.type !== 'end') log.push(`${event.type} ${String(event.index)}`);
      else {
        ends.push(event);
        log.push(`end ${event.endReason}`);
      }
    },
  };
  const observer = {
    next: (value: unknown) => log.push(String(value)),
    error: () => log.push('error'),
    complete: () => log.push('complete'),
  };
  return { log, ends, events, observer };
}

describe('the events of a walk', () => {
  it('tell each request, page and the end before the completion', () => {
    const { log, ends, events, observer } = logOf();
    new ListApi(SIZES).list({ events }).subscribe(observer);

    expect(log).toEqual([
      ...['request 0', 'page 0 of 2', '0', '1'],
      ...['request 1', 'page 1 of 0'],
      ...['request 2', 'page 2 of 3', '2', '3', '4'],
      ...['end exhausted', 'complete'],
    ]);
    const { resumeToken, ...end } = ends[0]!;
    expect(end).toEqual({
      type: 'end',
      endReason: 'exhausted',
      pages: 3,
      items: 5,
      attempts: 3,
      bytes: 0,
      duplicates: 0,
    });
    const again = new ListApi(SIZES);
    expect(record(again.list({ resumeFrom: resumeToken })).notifications).toEqual({
      values: [],
      errors: 0,
      completions: 1,
    });
    expect(again.asked).toEqual([2]);
  });

  it('tell of a cap', () => {
    const { log, ends, events, observer } = logOf();
    new ListApi(SIZES).list({ events, maxItems: 3 }).subscribe(observer);

    expect(log).toEqual([
      ...['request 0', 'page 0 of 2', '0', '1'],
      ...['request 1', 'page 1 of 0'],
      ...['request 2', 'page 2 of 1', '2'],
      ...['end limit', 'complete'],
    ]);
    expect(ends).toEqual([
      expect.objectContaining({ endReason: 'limit', pages: 3, items: 3, attempts: 3 }),
    ]);
  });

  it('tell of a failure with its code, before the error', () => {
    const { log, ends, events, observer } = logOf();
    new ListApi(SIZES, failAt(1)).list({ events }).subscribe(observer);

    expect(log).toEqual(['request 0', 'page 0 of 2', '0', '1', 'request 1', 'end error', 'error']);
    expect(ends).toEqual([
      expect.objectContaining({ code: 'PROTOCOL', pages: 1, items: 2, attempts: 2 }),
    ]);
  });

  it('tell of an abort with its code, before the error', () => {
    const { log, ends, events, observer } = logOf();
    const controller = new AbortController();
    new ListApi(SIZES, stuckAt(1)).list({ events, signal: controller.signal }).subscribe(observer);
    controller.abort();

    expect(log).toEqual([
      'request 0',
      'page 0 of 2',
      '0',
      '1',
      'request 1',
      'end aborted',
      'error',
    ]);
    expect(ends).toEqual([
      expect.objectContaining({ code: 'ABORTED', pages: 1, items: 2, attempts: 2 }),
    ]);
  });

  it('tell only of the end when the signal was aborted before', () => {
    const { log, events, observer } = logOf();
    new ListApi(SIZES).list({ events, signal: AbortSignal.abort() }).subscribe(observer);
    expect(log).toEqual(['end aborted', 'error']);
  });

  it('tell of leaving inside next', () => {
    const { log, ends, events, observer } = logOf();
    new ListApi(SIZES).list({ events }).pipe(take(1)).subscribe(observer);

    // The value that completes take() is handed on before it leaves its source.
    expect(log).toEqual(['request 0', 'page 0 of 2', '0', 'complete', 'end unsubscribed']);
    expect(ends).toEqual([expect.objectContaining({ pages: 1, items: 1, attempts: 1 })]);
    expect(record(new ListApi(SIZES).list({ resumeFrom: ends[0]!.resumeToken })).values).toEqual(
      range(1, 5),
    );
  });

  it('tell of leaving while a page is on its way', () => {
    const { log, ends, events, observer } = logOf();
    new ListApi(SIZES, stuckAt(2)).list({ events }).subscribe(observer).unsubscribe();

    expect(log).toEqual([
      ...['request 0', 'page 0 of 2', '0', '1'],
      ...['request 1', 'page 1 of 0', 'request 2', 'end unsubscribed'],
    ]);
    expect(ends).toEqual([expect.objectContaining({ pages: 2, items: 2, attempts: 3 })]);
    expect(record(new ListApi(SIZES).list({ resumeFrom: ends[0]!.resumeToken })).values).toEqual(
      range(2, 5),
    );
  });

  it('tell of leaving before the first reply', () => {
    const { log, ends, events, observer } = logOf();
    new ListApi(SIZES, stuckAt(0)).list({ events }).subscribe(observer).unsubscribe();

    expect(log).toEqual(['request 0', 'end unsubscribed']);
    expect(ends).toEqual([expect.objectContaining({ pages: 0, items: 0, attempts: 1 })]);
    expect(record(new ListApi(SIZES).list({ resumeFrom: ends[0]!.resumeToken })).values).toEqual(
      range(0, 5),
    );
  });

  it('tell one end for each stop of an iterator that goes on', async () => {
    const { log, ends, events } = logOf();
    let failures = 2;
    const api = new ListApi(SIZES, (reply, page) =>
      page === 2 && failures-- > 0 ? Promise.reject(new Error('socket')) : promised(reply, page),
    );
    const values = api.list({ events })[Symbol.asyncIterator]();
    for (;;) {
      const result = await values.next().catch(() => 'failed');
      if (typeof result !== 'string' && result.done === true) break;
      log.push(typeof result === 'string' ? result : String(result.value));
    }

    expect(log).toEqual([
      ...['request 0', 'page 0 of 2', '0', '1', 'request 1', 'page 1 of 0'],
      ...['request 2', 'end error', 'failed', 'request 2', 'end error', 'failed'],
      ...['request 2', 'page 2 of 3', '2', '3', '4', 'end exhausted'],
    ]);
    expect(ends.map(({ pages, items, attempts }) => ({ pages, items, attempts }))).toEqual([
      { pages: 2, items: 2, attempts: 3 },
      { pages: 2, items: 2, attempts: 1 },
      { pages: 3, items: 5, attempts: 1 },
    ]);
  });

  it('count no page that brings nothing new', () => {
    const { log, ends, events } = logOf();
    const again: Answer = (reply, page) =>
      atOnce(page === 2 ? { ...reply, body: { items: [0, 1] } } : reply, page);
    record(new ListApi([2, 1, 2], again).list({ events, key: '' }));

    expect(log.slice(-3)).toEqual(['request 2', 'page 2 of 0', 'end exhausted']);
    expect(ends).toEqual([expect.objectContaining({ pages: 2, items: 3, duplicates: 2 })]);
  });

  it('count no page as delivered that was only fetched ahead', async () => {
    const { ends, events } = logOf();
    const api = new ListApi(SIZES);
    const values = api.list({ events, prefetch: 2 })[Symbol.asyncIterator]();
    await values.next();
    await settle();
    await values.return?.();

    expect(ends).toEqual([
      expect.objectContaining({ endReason: 'unsubscribed', items: 1, attempts: 3 }),
    ]);
    expect(record(new ListApi(SIZES).list({ resumeFrom: ends[0]!.resumeToken })).values).toEqual(
      range(1, 5),
    );
  });

  it('tell the time a page took, and the status', () => {
    const clock = new ManualClock();
    const pages: WalkEvent[] = [];
    const api = new ListApi([1, 1, 1], (reply, page) => {
      clock.advance(page * 7);
      return [reply];
    });
    api
      .list({ clock, events: { next: (event) => event.type === 'page' && pages.push(event) } })
      .subscribe();
    expect(pages).toEqual([
      { type: 'page', index: 0, items: 1, status: 200, elapsedMs: 0 },
      { type: 'page', index: 1, items: 1, status: 200, elapsedMs: 7 },
      { type: 'page', index: 2, items: 1, status: 200, elapsedMs: 14 },
    ]);
  });

  it('show requests without their values', () => {
    const requests: unknown[] = [];
    new ListApi([1, 1])
      .list({ events: { next: (event) => event.type === 'request' && requests.push(event) } })
      .subscribe();
    const url = 'http://api.test/items';
    expect(requests).toEqual([
      { type: 'request', index: 0, attempt: 1, request: { method: 'GET', url } },
      {
        type: 'request',
        index: 1,
        attempt: 1,
        request: { method: 'GET', url: `${url}?cursor=***` },
      },
    ]);
  });

  it('do no harm to the walk when the observer throws', () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'setImmediate'] });
    try {
      const failure = new Error('logger');
      const seen = record(
        new ListApi(SIZES).list({
          events: {
            next: () => {
              throw failure;
            },
          },
        }),
      );
      expect(seen.notifications).toEqual({ values: range(0, 5), errors: 0, completions: 1 });
      // Reported as RxJS reports what a subscriber throws: in a task of its own, once for each event.
      expect(jest.getTimerCount()).toBe(7);
      for (let event = 0; event < 7; event++) {
        expect(() => {
          jest.advanceTimersToNextTimer();
        }).toThrow(failure);
      }
    } finally {
      jest.useRealTimers();
    }
  });

  it('may be observed by an object without next, and with its own this', () => {
    class Log {
      readonly types: string[] = [];
      next(event: WalkEvent) {
        this.types.push(event.type);
      }
    }
    const log = new Log();
    expect(record(new ListApi([1]).list({ events: {} })).completions).toBe(1);
    expect(record(new ListApi([1]).list({ events: log })).completions).toBe(1);
    expect(log.types).toEqual(['request', 'page', 'end']);
  });
});
