import { defer, map, of, throwError, timer } from 'rxjs';

import {
  fromPages,
  paginate,
  type PageReply,
  type RetryOptions,
  type Transport,
} from 'paged-observable';

import { budgetOf, RetryBudget } from '../../lib/flow/retry-budget';
import { record } from '../support/recorder';
import { ScriptedApi, type Outcome } from '../support/scripted-api';

const HOUR = 3_600_000;
const times = (count: number, status: number): Outcome[] =>
  Array.from({ length: count }, () => ({ status }));

/** Walks page 0 of a dead server again and again; the attempts of each walk. */
function attemptsOf(api: ScriptedApi, walks: number, retry: RetryOptions = {}): number[] {
  return Array.from({ length: walks }, () => {
    const before = api.asked.length;
    record(api.list({ retry }));
    api.clock.advance(HOUR);
    return api.asked.length - before;
  });
}

describe('the tokens of a budget', () => {
  it('are 500, and a retry costs 14: 35 retries and no more', () => {
    const budget = new RetryBudget(500);
    const taken = Array.from({ length: 40 }, () => budget.take(RetryBudget.costOf(503)));
    expect(taken.filter((was) => was)).toHaveLength(35);
    expect(taken.slice(35)).toEqual([false, false, false, false, false]);
    expect(budget.take(10)).toBe(true);
    expect(budget.take(1)).toBe(false);
  });

  it('are fewer for a 429', () => {
    expect([429, 503, 500, undefined].map((status) => RetryBudget.costOf(status))).toEqual([
      5, 14, 14, 14,
    ]);
  });

  it('come back with a success: the cost of its retry, else one, and never beyond the capacity', () => {
    const budget = new RetryBudget(30);
    expect([budget.take(14), budget.take(14), budget.take(14)]).toEqual([true, true, false]); // 2
    budget.succeed(14); // 16
    expect([budget.take(14), budget.take(3), budget.take(2)]).toEqual([true, false, true]); // 0
    for (let count = 0; count < 13; count++) budget.succeed(0);
    expect(budget.take(14)).toBe(false);
    budget.succeed(0);
    expect(budget.take(14)).toBe(true);
    for (let count = 0; count < 100; count++) budget.succeed(0);
    expect([budget.take(30), budget.take(1)]).toEqual([true, false]);
  });

  it('belong to one transport and one capacity', () => {
    const [one, other]: Transport[] = [() => of(), () => of()];
    expect(budgetOf(one!, 500)).toBe(budgetOf(one!, 500));
    expect(budgetOf(one!, 500)).not.toBe(budgetOf(other!, 500));
    expect(budgetOf(one!, 500)).not.toBe(budgetOf(one!, 499));
  });
});

describe('the budget of a transport', () => {
  it('is shared by its walks, and a walk that finds it used up fails at its first failure', () => {
    const api = new ScriptedApi({ 0: times(1000, 503) });

    // 35 retries, three to a walk, are eleven walks of four attempts and two retries more.
    expect(attemptsOf(api, 14)).toEqual([...Array.from({ length: 11 }, () => 4), 3, 1, 1]);
    const last = record(api.list());
    expect([last.error.code, last.error.attempts]).toEqual(['RETRY_EXHAUSTED', 1]);
    expect(last.error.history).toEqual([{ code: 'HTTP_STATUS', status: 503, waitMs: 0 }]);
    expect(api.timers).toBe(0);
  });

  it('is not shared with another transport', () => {
    const script = { 0: times(1000, 503) };
    const [one, other] = [new ScriptedApi(script), new ScriptedApi(script)];
    attemptsOf(one, 14);

    expect(attemptsOf(other, 1)).toEqual([4]);
  });

  it('pays 100 retries after a 429', () => {
    const api = new ScriptedApi({ 0: times(1000, 429) });

    const attempts = attemptsOf(api, 40);
    expect(attempts.reduce((sum, count) => sum + count - 1, 0)).toBe(100);
  });

  it('is shared by the copies of a walk, its pages and its iterators', () => {
    const api = new ScriptedApi({ 0: times(1000, 503) });
    const list = api.list({ retry: { budget: 28 } });
    record(list.with({ prefetch: 2 }));
    api.clock.advance(HOUR);
    record(list.pages());
    api.clock.advance(HOUR);

    expect(api.asked).toHaveLength(3 + 1);
  });

  it('gets back what a retry cost that led to a page, and one for a page without', () => {
    // 14 tokens: one retry. It fails twice on page 1 only where its success was not paid back.
    const script = { 0: times(1, 503), 1: times(1, 503), 2: times(1, 503) };
    const api = new ScriptedApi(script);
    const seen = record(api.list({ retry: { budget: 14 } }));
    api.clock.advance(HOUR);
    expect(seen.values).toEqual([0, 1, 2, 3, 4, 5]);

    // 27 tokens: two failures in a row cost 28.
    const poor = new ScriptedApi({ 2: times(2, 503) });
    const failed = record(poor.list({ retry: { budget: 27 } }));
    poor.clock.advance(HOUR);
    expect([failed.error.code, failed.error.attempts]).toEqual(['RETRY_EXHAUSTED', 2]);
  });

  it.each([
    [0, 1],
    [13, 1],
    [14, 2],
    [28, 3],
    [Infinity, 4],
  ])('of %d tokens allows %d attempts', (budget, attempts) => {
    const api = new ScriptedApi({ 0: times(1000, 503) });
    expect(attemptsOf(api, 1, { budget })).toEqual([attempts]);
  });

  it('is without end where it is Infinity', () => {
    const api = new ScriptedApi({ 0: times(1000, 503) });
    expect(attemptsOf(api, 100, { budget: Infinity })).toEqual(
      Array.from({ length: 100 }, () => 4),
    );
  });

  it('is one for all walks of a function of pages', () => {
    const api = new ScriptedApi();
    let calls = 0;
    const list = fromPages(
      () => {
        calls++;
        return throwError(() => Object.assign(new Error('down'), { code: 'ECONNRESET' }));
      },
      { clock: api.clock, retry: { budget: 14 } },
    );
    record(list);
    api.clock.advance(HOUR);
    record(list);
    api.clock.advance(HOUR);

    expect(calls).toBe(3);
  });
});

describe('walks at the same time', () => {
  it('pay from one budget', () => {
    const api = new ScriptedApi();
    let requests = 0;
    const transport: Transport = () =>
      defer(() => {
        requests++;
        return timer(10, api.clock).pipe(
          map((): PageReply => ({ status: 503, headers: {}, url: '', body: null })),
        );
      });
    const list = paginate(transport, '/items', { clock: api.clock });
    const seen = Array.from({ length: 20 }, () => record(list));
    api.clock.advance(HOUR);

    expect(seen.map(({ error }) => error.code)).toEqual(seen.map(() => 'RETRY_EXHAUSTED'));
    expect(requests).toBe(20 + 35);
  });
});
