import { NEVER } from 'rxjs';

import { isPaginationError, type PaginationError } from 'paged-observable';

import { settle } from '../support/manual-clock';
import { record } from '../support/recorder';
import { ScriptedApi } from '../support/scripted-api';

const HOUR = 3_600_000;
const DEADLINE = 1000;
const timersAfter = (api: ScriptedApi) => {
  api.clock.advance(HOUR);
  return api.timers;
};

/** The rest of the list, from the token of an error. */
function restOf(api: ScriptedApi, error: PaginationError): number[] {
  const rest = record(api.list({ resumeFrom: error.resumeToken }));
  api.clock.advance(HOUR);
  expect(rest.completions).toBe(1);
  return rest.values;
}

async function failureOf(promise: Promise<unknown>): Promise<PaginationError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isPaginationError(error)) throw new Error('Expected a PaginationError');
  return error;
}

describe('the deadline of a pushed walk', () => {
  it('is exact during a request, which it aborts', () => {
    const api = new ScriptedApi({ 1: ['never'] });
    const seen = record(api.list({ deadline: DEADLINE }));
    api.clock.advance(DEADLINE - 1);
    expect([seen.errors, api.aborted]).toEqual([[], []]);
    api.clock.advance(1);

    expect(seen.error.code).toBe('DEADLINE');
    expect(api.aborted).toEqual([1]);
    expect(api.timers).toBe(0);
    expect(seen.values).toEqual([0, 1]);
    expect(seen.error.itemsEmitted).toBe(2);
    expect(api.events.at(-1)).toMatchObject({ type: 'end', endReason: 'error', code: 'DEADLINE' });
    expect(restOf(api, seen.error)).toEqual([2, 3, 4, 5]);
  });

  it.each([
    ['a wait before a retry', { 1: [{ status: 503, headers: { 'retry-after': '30' } }] }, {}],
    ['a wait for the reset', {}, { 0: { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' } }],
  ])('is exact during %s', (_, script, headers) => {
    const api = new ScriptedApi(script, headers);
    const seen = record(api.list({ deadline: DEADLINE }));
    const asked = api.asked.length;
    api.clock.advance(DEADLINE - 1);
    expect(seen.errors).toEqual([]);
    api.clock.advance(1);

    expect(seen.error.code).toBe('DEADLINE');
    expect(api.timers).toBe(0);
    api.clock.advance(HOUR);
    expect(api.asked).toHaveLength(asked);
    expect(restOf(api, seen.error)).toEqual([2, 3, 4, 5]);
  });

  it('is exact while a notifier holds the walk', () => {
    const api = new ScriptedApi();
    const seen = record(api.list({ deadline: DEADLINE, pacedBy: NEVER }));
    api.clock.advance(DEADLINE);

    expect([seen.values, seen.error.code]).toEqual([[0, 1], 'DEADLINE']);
    expect(restOf(api, seen.error)).toEqual([2, 3, 4, 5]);
  });

  it('runs from the subscription and not before', () => {
    const api = new ScriptedApi({ 0: ['never', 'never'] });
    const list = api.list({ deadline: DEADLINE });
    api.clock.advance(5000);
    expect(api.timers).toBe(0);
    const first = record(list);
    api.clock.advance(600);
    const second = record(list);
    api.clock.advance(400);
    expect([first.errors.length, second.errors.length]).toEqual([1, 0]);
    api.clock.advance(600);
    expect(second.error.code).toBe('DEADLINE');
  });

  it('may be longer than a timer can be', () => {
    const days = 60 * 24 * HOUR;
    const api = new ScriptedApi({ 1: ['never'] });
    const seen = record(api.list({ deadline: days, timeout: Infinity }));
    api.clock.advance(days - 1);
    expect(seen.errors).toEqual([]);
    api.clock.advance(1);
    expect(seen.error.code).toBe('DEADLINE');
  });
});

describe('the deadline of a pulled walk', () => {
  it('is exact while the consumer pauses, and told at its next pull', async () => {
    const api = new ScriptedApi();
    const list = api.list({ deadline: DEADLINE });
    const iterator = list[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toBe(0);
    api.clock.advance(DEADLINE - 1);
    expect(api.events.at(-1)?.type).toBe('page');
    api.clock.advance(1);
    expect(api.events.at(-1)).toMatchObject({ type: 'end', items: 1, code: 'DEADLINE' });
    expect(api.timers).toBe(0);

    const error = await failureOf(iterator.next());
    expect([error.code, error.itemsEmitted]).toEqual(['DEADLINE', 1]);
    expect(api.pages).toEqual([0]);
    expect(restOf(api, error)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is exact during a request', async () => {
    const api = new ScriptedApi({ 1: ['never'] });
    const iterator = api.list({ deadline: DEADLINE })[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    const pull = failureOf(iterator.next());
    api.clock.advance(DEADLINE);

    expect((await pull).code).toBe('DEADLINE');
    expect(api.aborted).toEqual([1]);
  });

  it('begins with the first pull, and anew where the iterator goes on', async () => {
    const api = new ScriptedApi();
    const iterator = api.list({ deadline: DEADLINE })[Symbol.asyncIterator]();
    api.clock.advance(5000);
    expect((await iterator.next()).value).toBe(0);
    api.clock.advance(DEADLINE);
    expect((await failureOf(iterator.next())).code).toBe('DEADLINE');
    const values: number[] = [];
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) break;
      values.push(next.value);
    }

    expect(values).toEqual([1, 2, 3, 4, 5]);
    expect(timersAfter(api)).toBe(0);
  });

  it('is exact while a callback of forEach is awaited', async () => {
    const api = new ScriptedApi();
    const seen: number[] = [];
    const failed = failureOf(
      api.list({ deadline: DEADLINE }).forEach((value) => {
        seen.push(value);
        return value === 2 ? new Promise<void>(() => undefined) : undefined;
      }),
    );
    await settle();
    api.clock.advance(DEADLINE);
    const error = await failed;

    expect([error.code, seen]).toEqual(['DEADLINE', [0, 1, 2]]);
    // The callback of 2 was not done, so that 2 comes again.
    expect(restOf(api, error)).toEqual([2, 3, 4, 5]);
  });

  it('is exact while what consume projects goes on', () => {
    const api = new ScriptedApi();
    const seen = record(
      api.list({ deadline: DEADLINE }).consume((value) => (value === 2 ? NEVER : [value])),
    );
    api.clock.advance(DEADLINE);

    expect([seen.values, seen.error.code]).toEqual([[0, 1], 'DEADLINE']);
  });
});

describe('the timer of a deadline', () => {
  const deadline = DEADLINE;

  it('is gone after the last page', () => {
    const api = new ScriptedApi();
    expect(record(api.list({ deadline })).completions).toBe(1);
    expect(api.timers).toBe(0);
  });

  it('is gone after a limit, an error and an abort', () => {
    for (const options of [{ maxPages: 1 }, { maxItems: 1 }, { retry: false as const }]) {
      const api = new ScriptedApi({ 1: [{ status: 503 }] });
      record(api.list({ deadline, ...options }));
      expect(api.timers).toBe(0);
    }
    const api = new ScriptedApi({ 1: ['never'] });
    const controller = new AbortController();
    const seen = record(api.list({ deadline, signal: controller.signal }));
    controller.abort();
    expect([seen.error.code, api.timers]).toEqual(['ABORTED', 0]);
  });

  it('is gone when the consumer leaves', async () => {
    const api = new ScriptedApi({ 1: ['never', 'never'] });
    const seen = record(api.list({ deadline }));
    expect(api.timers).toBeGreaterThan(0);
    seen.subscription.unsubscribe();
    expect(api.timers).toBe(0);
    for await (const value of api.list({ deadline })) if (value === 1) break;
    expect(api.timers).toBe(0);
  });

  it('is never set where there is none, or no walk', () => {
    const api = new ScriptedApi({ 0: ['never'] });
    record(api.list({ deadline: Infinity, timeout: Infinity }));
    expect(api.timers).toBe(0);
    const controller = new AbortController();
    controller.abort();
    record(api.list({ deadline, signal: controller.signal }));
    expect(api.timers).toBe(0);
  });
});
