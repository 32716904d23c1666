import fc from 'fast-check';

import type { WalkEvent } from 'paged-observable';

import { range } from '../support/list-api';
import { record } from '../support/recorder';
import { sizeViolations, type Asked } from '../support/size-laws';
import { SizedList, type Trouble } from '../support/sized-list';

const well: readonly Trouble[] = [undefined, undefined, undefined, undefined];
const ill: readonly Trouble[] = [413, 502, 503, 504, 'silent', 'bulky'];
const troubles = fc.constantFrom(...well, ...ill);

const situations = fc.record({
  way: fc.constantFrom('cursor' as const, 'offset' as const),
  rows: fc.integer({ min: 0, max: 150 }),
  min: fc.integer({ min: 1, max: 20 }),
  more: fc.integer({ min: 0, max: 100 }),
  bound: fc.integer({ min: 1, max: 120 }),
  target: fc.constantFrom(1, 20, 50, Infinity),
  prefetch: fc.integer({ min: 0, max: 2 }),
  retries: fc.integer({ min: 0, max: 3 }),
  script: fc.array(troubles, { maxLength: 40 }),
});

describe('a walk whose page size adapts, whatever the server does', () => {
  it('keeps the laws, hands on the list up to where it fails, and the rest from its token', () => {
    fc.assert(
      fc.property(situations, ({ way, rows, min, more, bound, target, ...rest }) => {
        const { prefetch, retries, script } = rest;
        const list = new SizedList(rows);
        list.latency = (limit) => limit;
        list.given = (limit) => Math.min(limit, bound);
        list.trouble = (_, __, request) => script[request];
        const pageSize = { min, max: min + more, target };
        // Without a budget, which all walks of one transport share.
        const retry = { retries, budget: Infinity };
        const options = { pageSize, prefetch, timeout: 500, retry };
        const walked = record(list.by(way, options));
        list.clock.flush();
        expect(sizeViolations(list.asked, list.events, pageSize)).toEqual([]);
        const { values, completions } = walked;
        expect(values).toEqual(range(0, values.length));
        if (completions === 1) {
          expect(values).toHaveLength(rows);
          return;
        }
        // Never before the smallest size, unless it was another trouble.
        const { error } = walked;
        const last = error.history.at(-1);
        const isOther = last?.status === 503;
        expect(isOther || list.asked.at(-1)?.[1] === min).toBe(true);
        list.trouble = () => undefined;
        const then = record(list.by(way, { ...options, resumeFrom: error.resumeToken }));
        list.clock.flush();
        expect([...values, ...then.values]).toEqual(range(0, rows));
        expect(then.completions).toBe(1);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 100) },
    );
  });
});

describe('the checker of page sizes', () => {
  const change = (from: number, to: number): WalkEvent => ({ type: 'pageSize', index: 0, from, to, reason: 'quick' }); // prettier-ignore
  const good: readonly Asked[] = [[0, 10], [10, 20], [10, 10], [20, 10]]; // prettier-ignore
  const told = [change(10, 20), change(20, 10)];
  const bounds = { min: 10, max: 40 };

  it('has nothing to say of a walk as it should be', () => {
    expect(sizeViolations(good, told, bounds)).toEqual([]);
  });

  it.each<readonly [string, readonly Asked[], readonly WalkEvent[]]>([
    ['request 0 asks for 5', [[0, 5]], []],
    ['request 0 asks for 50', [[0, 50]], []],
    ['request 0 asks for NaN', [[0, undefined]], []],
    ['request 1 grows from 10 to 30', [[0, 10], [10, 30]], [change(10, 30)]],
    ['request 1 grows for the same page', [[0, 10], [0, 20]], [change(10, 20)]],
    ['request 1 shrinks from 40 to 10', [[0, 40], [0, 10]], [change(40, 10)]],
    ['request 1 shrinks for another page', [[0, 40], [40, 20]], [change(40, 20)]],
    ['request 1 goes back to 0', [[10, 10], [0, 10]], []],
    ['the events tell of [], the server saw [10 to 20]', [[0, 10], [10, 20]], []],
    ['the events tell of [10 to 20], the server saw []', [[0, 10], [10, 10]], [change(10, 20)]],
  ])('sees that %s', (violation, asked, events) => {
    expect(sizeViolations(asked, events, bounds)).toContain(violation);
  }); // prettier-ignore
});
