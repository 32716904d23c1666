import { NEVER, Subject } from 'rxjs';

import { type EndEvent } from 'paged-observable';

import { atOnce, ListApi, promised, range, type Answer } from '../support/list-api';
import { settle } from '../support/manual-clock';
import { realProcess } from '../support/real-process';
import { record } from '../support/recorder';

const SIZES = [2, 3, 1, 2, 2];
const stuckAt =
  (stuck: number): Answer =>
  (reply, page) =>
    page < stuck ? atOnce(reply, page) : NEVER;

/** What a resumed walk over the same list gives. */
function rest(token: string): number[] {
  return record(new ListApi(SIZES).list({ resumeFrom: token })).values;
}

/** A signal that counts its listeners. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = { now: 0, most: 0 };
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const counted = new Proxy(signal, {
    get(target, name) {
      if (name === 'addEventListener') {
        return (type: string, listener: () => void) => {
          listeners.now++;
          listeners.most = Math.max(listeners.most, listeners.now);
          add(type, listener);
        };
      }
      if (name === 'removeEventListener') {
        return (type: string, listener: () => void) => {
          listeners.now--;
          remove(type, listener);
        };
      }
      return Reflect.get(target, name) as unknown;
    },
  });
  return { controller, signal: counted, listeners };
}

describe('a walk with a signal', () => {
  it('makes no request when the signal is aborted before', async () => {
    const api = new ListApi(SIZES);
    const seen = record(api.list({ signal: AbortSignal.abort() }));
    await settle();

    expect(seen.error).toMatchObject({ code: 'ABORTED', attempts: 0, itemsEmitted: 0 });
    expect(seen.values).toEqual([]);
    expect(api.asked).toEqual([]);
    expect(rest(seen.error.resumeToken)).toEqual(range(0, 10));
  });

  it('keeps the token it was to resume from when the signal is aborted before', () => {
    const pages = record(new ListApi(SIZES).list().pages()).values;
    const resumeFrom = pages[1]!.resumeToken;
    const seen = record(new ListApi(SIZES).list({ resumeFrom, signal: AbortSignal.abort() }));

    expect(seen.error.resumeToken).toBe(resumeFrom);
  });

  it.each(range(0, 5))('aborts the request in flight, page %i', (page) => {
    const { controller, signal, listeners } = countedSignal();
    const api = new ListApi(SIZES, stuckAt(page));
    const seen = record(api.list({ signal }));
    const before = range(0, page).flatMap((index) => api.itemsOf(index));
    expect(seen.notifications).toEqual({ values: before, errors: 0, completions: 0 });
    controller.abort();

    expect(seen.error).toMatchObject({ code: 'ABORTED', itemsEmitted: before.length });
    expect(rest(seen.error.resumeToken)).toEqual(range(before.length, 10));
    expect(api.asked).toEqual(range(0, page + 1));
    expect(api.aborted).toEqual([page]);
    expect(listeners).toEqual({ now: 0, most: 1 });
  });

  it('ends the walk between two pages', () => {
    const { controller, signal, listeners } = countedSignal();
    const api = new ListApi(SIZES);
    const seen = record(api.list({ signal, pacedBy: new Subject() }));
    controller.abort();

    expect(seen.values).toEqual([0, 1]);
    expect(rest(seen.error.resumeToken)).toEqual(range(2, 10));
    expect(api.asked).toEqual([0]);
    expect(api.aborted).toEqual([]);
    expect(listeners.now).toBe(0);
  });

  it.each(range(0, 10))('ends the walk inside next, item %i', (item) => {
    const { controller, signal, listeners } = countedSignal();
    const api = new ListApi(SIZES);
    const values: number[] = [];
    const errors: unknown[] = [];
    api.list({ signal }).subscribe({
      next: (value) => {
        values.push(value);
        if (value === item) controller.abort();
      },
      error: (error: unknown) => errors.push(error),
    });

    expect(values).toEqual(range(0, item + 1));
    expect(errors).toEqual([expect.objectContaining({ code: 'ABORTED', itemsEmitted: item + 1 })]);
    const [{ resumeToken }] = errors as [{ resumeToken: string }];
    expect(rest(resumeToken)).toEqual(range(item + 1, 10));
    expect(api.asked.at(-1)).toBe(api.asked.length - 1);
    expect(api.itemsOf(api.asked.length - 1)).toContain(item);
    expect(listeners.now).toBe(0);
  });

  it.each(range(0, 5))('ends the walk inside next of pages(), page %i', (last) => {
    const controller = new AbortController();
    const api = new ListApi(SIZES);
    const errors: unknown[] = [];
    const pages: number[] = [];
    api
      .list({ signal: controller.signal })
      .pages()
      .subscribe({
        next: ({ index }) => {
          pages.push(index);
          if (index === last) controller.abort();
        },
        error: (error: unknown) => errors.push(error),
      });

    expect(pages).toEqual(range(0, last + 1));
    const [{ resumeToken, code }] = errors as [{ resumeToken: string; code: string }];
    expect(code).toBe('ABORTED');
    expect(rest(resumeToken)).toEqual(range(last + 1, 5).flatMap((page) => api.itemsOf(page)));
    expect(api.asked).toEqual(range(0, last + 1));
  });

  it.each(range(0, 10))('ends a for await, item %i', async (item) => {
    const { controller, signal, listeners } = countedSignal();
    const api = new ListApi(SIZES, promised);
    const values: number[] = [];
    const ends: EndEvent[] = [];
    const events = {
      next: (event: { type: string }) => event.type === 'end' && ends.push(event as EndEvent),
    };
    const loop = (async () => {
      for await (const value of api.list({ signal, events })) {
        values.push(value);
        if (value === item) controller.abort();
      }
    })();
    await expect(loop).rejects.toMatchObject({ code: 'ABORTED', itemsEmitted: item + 1 });
    await settle();

    expect(values).toEqual(range(0, item + 1));
    expect(rest(ends[0]!.resumeToken)).toEqual(range(item + 1, 10));
    expect(ends.map(({ endReason }) => endReason)).toEqual(['aborted']);
    expect(listeners.now).toBe(0);
  });

  it('rejects a pull that waits, and every later one, without a request', async () => {
    const controller = new AbortController();
    const api = new ListApi(SIZES, stuckAt(1));
    const values = api.list({ signal: controller.signal })[Symbol.asyncIterator]();
    await values.next();
    await values.next();
    const waiting = values.next();
    controller.abort();

    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(values.next()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(api.asked).toEqual([0, 1]);
    expect(api.aborted).toEqual([1]);
  });

  it('has no effect once the walk is over', () => {
    const { controller, signal, listeners } = countedSignal();
    const api = new ListApi(SIZES);
    const seen = record(api.list({ signal }));
    controller.abort();

    expect(seen.notifications).toEqual({ values: range(0, 10), errors: 0, completions: 1 });
    expect(listeners).toEqual({ now: 0, most: 1 });
  });

  it('takes its listener back however the walk stops, 10,000 times, without a warning', async () => {
    const warnings: string[] = [];
    const warn = (warning: Error) => void warnings.push(String(warning));
    realProcess.on('warning', warn);
    const { signal, listeners } = countedSignal();
    for (let round = 0; round < 2_500; round++) {
      record(new ListApi([1, 1]).list({ signal }));
      record(new ListApi([1, 1], stuckAt(1)).list({ signal })).subscription.unsubscribe();
      record(new ListApi([1, 1], () => []).list({ signal }));
      const pull = new ListApi([1, 1]).list({ signal })[Symbol.asyncIterator]();
      await pull.next();
      await pull.return?.();
    }
    await settle();
    realProcess.off('warning', warn);

    expect({ listeners, warnings }).toEqual({ listeners: { now: 0, most: 1 }, warnings: [] });
  }, 60_000);

  it('has no listener before its first request', () => {
    const { signal, listeners } = countedSignal();
    const list = new ListApi(SIZES).list({ signal });
    list[Symbol.asyncIterator]();
    expect(listeners).toEqual({ now: 0, most: 0 });
  });
});
