import {
  choosePagination,
  cursorPagination,
  linkPagination,
  numberPagination,
  paginate,
  type EndEvent,
  type PageRequest,
  type WalkEvent,
} from 'paged-observable';
import { of } from 'rxjs';

import type { Step } from '../../lib/core/step';
import { stepOf, tokenOf } from '../../lib/flow/step-token';
import type { WalkPlan } from '../../lib/flow/walk-plan';
import { errorOf } from '../support/error-of';

function recorder() {
  const ends: EndEvent[] = [];
  return {
    ends,
    events: {
      next: (event: WalkEvent) => {
        if (event.type === 'end') ends.push(event);
      },
    },
  };
}

describe('the resume token of a link walk', () => {
  /** Links that carry the position, and a signature of their page, under names of credentials. */
  const transport = ({ url }: PageRequest) => {
    const query = new URL(url).searchParams;
    const at = Number(query.get('key') ?? 0);
    const isSigned = query.get('sig') === `s${String(at)}` && query.get('api_key') === 'mine';
    const next = new URL(
      `http://api.test/items?key=${String(at + 10)}&sig=s${String(at + 10)}&api_key=mine`,
    );
    return of({
      status: isSigned ? 200 : 403,
      headers: {},
      url,
      body: { items: [at], ...(at < 40 && { next: next.href }) },
    });
  };
  const url = 'http://api.test/items?key=0&sig=s0&api_key=mine';
  const pagination = linkPagination<number>({ items: '/items', next: '/next' });

  it('holds neither the own credential nor what the link says under the name of one', async () => {
    const { ends, events } = recorder();
    const list = paginate<number>(transport, url, { pagination, events, maxPages: 2 });
    const values: number[] = [];
    await list.forEach((value) => values.push(value));
    const token = ends[0]!.resumeToken;
    const text = Buffer.from(token.split('.')[1]!, 'base64url').toString();
    expect(text).not.toMatch(/key|sig|mine/);
    expect(text).toContain('"again":{"items":2,"pages":2');

    await list
      .with({ resumeFrom: token, maxPages: Infinity })
      .forEach((value) => values.push(value));
    expect(values).toEqual([0, 10, 20, 30, 40]);
  });
});

describe('a choice whose later pages are counted', () => {
  it('sees that page 2 repeats page 1, which another strategy read', async () => {
    const transport = () =>
      of({
        status: 200,
        headers: {},
        url: 'http://api.test/',
        body: { data: [{ id: 1 }, { id: 2 }] },
      });
    const pagination = choosePagination([
      cursorPagination({ items: '/data', next: '/next' }),
      numberPagination({ items: '/data' }),
    ]);
    const values: unknown[] = [];
    const failure = await paginate(transport, '/items', { pagination })
      .forEach((value) => values.push(value))
      .catch((reason: unknown) => reason);
    expect(values).toEqual([{ id: 1 }, { id: 2 }]);
    expect(failure).toMatchObject({ code: 'LOOP', itemsEmitted: 2 });
  });
});

describe('a schema that gives promises of another realm', () => {
  it('is waited for', async () => {
    const validate = (value: unknown) => {
      const result = value === 2 ? { issues: [{ message: 'not two' }] } : { value };
      // As a Promise of another window is: no instance of ours.
      return { then: (done: (result: unknown) => void) => { done(result); } }; // prettier-ignore
    };
    const schema = { '~standard': { version: 1, vendor: 'test', validate } } as never;
    const list = (items: number[]) =>
      paginate(() => of({ status: 200, headers: {}, url: '', body: items }), '/items', {
        schema,
        pagination: numberPagination(),
        maxPages: 1,
      });
    const values: unknown[] = [];
    await list([1, 3]).forEach((value) => values.push(value));
    expect(values).toEqual([1, 3]);
    await expect(list([1, 2]).forEach(() => undefined)).rejects.toMatchObject({
      code: 'BAD_SHAPE',
    });
  });
});

describe('the step of a resume token', () => {
  const cursor = cursorPagination({ items: '/data' });
  const number = numberPagination({ items: '/data' });
  const planFor = (strategy: WalkPlan['strategy'], request: PageRequest = { url: '/items' }) => ({
    ...{ transport: () => of(), request, strategy, schema: undefined, options: {} },
  });
  const step: Step = {
    ...{ strategy: cursor, position: 'k2', taken: 0, digest: undefined, pages: 3, items: 7 },
  };
  const through = (given: Step, plan = planFor(given.strategy)) =>
    stepOf(tokenOf(given, plan), plan);

  it.each<[string, Step]>([
    ['a page', step],
    ['the first page', { ...step, position: undefined, pages: 0, items: 0 }],
    ['the middle of a page', { ...step, taken: 2, digest: 'd' }],
    ['a walk whose page size adapts', { ...step, size: 50 }],
    ['an empty cursor', { ...step, position: '' }],
    ['null', { ...step, position: null }],
    ['0', { ...step, position: 0 }],
    ['false', { ...step, position: false }],
    ['an object', { ...step, position: { a: [1, 'x', null, true], b: {} } }],
    ['an array', { ...step, position: [[], { a: 0.5 }] }],
  ])('is where the walk was: %s', (_, given) => {
    expect(through(given)).toStrictEqual({ ...given, rows: undefined });
  });

  it('begins at the rows that are known, where the walk overlaps', () => {
    const rows = { at: 4, end: 6, size: 2, keys: ['a', 'b'] };
    const given = { ...step, position: 6, rows };
    const plan = planFor(given.strategy);
    const overlapping = { ...plan, options: { ...plan.options, key: '', overlap: 2 } };
    expect(through(given, overlapping)).toStrictEqual({ ...step, position: 4, rows });
    expect(errorOf(() => through(given))).toEqual(
      mismatch("it was made with 'key' and 'overlap', and tells the rows to begin before"),
    );
  });

  it('comes over what was passed, from a place that can be written down', () => {
    const anchor = { strategy: cursor, position: 'k1', pages: 2, items: 5, digest: 'd' };
    const passing = { items: 5, pages: 2, digest: 'd', passed: '', taken: 1 };
    const behind = { ...step, position: 'k1', taken: 0, digest: undefined, passing };
    expect(through({ ...step, taken: 1, digest: 'e', anchor })).toStrictEqual(behind);
    expect(
      through({ ...behind, position: 'k1', passing: { ...passing, passed: 'p' } }),
    ).toStrictEqual(behind);
  });

  it('finds the strategy that was chosen', () => {
    const plan = planFor(choosePagination([cursor, number]));
    expect(through({ ...step, strategy: number, position: 2 }, plan).strategy).toBe(number);
    const own = plan.strategy;
    expect(through({ ...step, strategy: own, position: undefined }, plan).strategy).toBe(own);
    const token = tokenOf({ ...step, strategy: numberPagination({ param: 'p' }) }, plan);
    const { id } = numberPagination({ param: 'p' });
    expect(errorOf(() => stepOf(token, plan))).toEqual(mismatch(`the chosen strategy ${id} is not among those given`)); // prettier-ignore
    // One's own strategy that chooses and cannot find by a name goes on by itself.
    expect(through({ ...step, strategy: number, position: 2 }, planFor(cursor)).strategy).toBe(
      cursor,
    );
  });

  const mismatch = (why: string) => ({
    code: 'CHECKPOINT_MISMATCH',
    message: `The resume token is of another walk: ${why}. Resume with what it was made with`,
  });

  it.each<[string, PageRequest]>([
    ["the request's method is another", { url: '/items', method: 'POST' }],
    ["the request's URL is another", { url: '/other' }],
    ["the request's params is another", { url: '/items', params: { a: 1 } }],
    ["the request's body is another", { url: '/items', body: {} }],
  ])('is of another walk where %s', (why, request) => {
    const token = tokenOf(step, planFor(cursor));
    expect(errorOf(() => stepOf(token, planFor(cursor, request)))).toEqual(mismatch(why));
  });

  it('is of another walk where the strategy is another', () => {
    const token = tokenOf(step, planFor(cursor));
    expect(errorOf(() => stepOf(token, planFor(number)))).toEqual(
      mismatch(`the strategy is ${number.id}, and was ${cursor.id}`),
    );
  });

  const deep = (depth: number) => {
    let value: unknown = 1;
    for (let at = 0; at < depth; at++) value = at % 2 === 0 ? [value] : { value };
    return value;
  };

  it.each<[string, unknown]>([
    ['a date', new Date(0)],
    ['a date in an array', ['a', new Date(0)]],
    ['a map in an object', { a: 1, b: new Map() }],
    ['NaN', NaN],
    ['infinity in an object', { a: 1, b: Infinity }],
    ['a function', () => 1],
    ['a big integer', 1n],
    ['102 levels', deep(102)],
  ])('cannot be told of a position that is no JSON: %s', (_, position) => {
    const plan = planFor(cursor);
    const token = tokenOf({ ...step, position: position as never }, plan);
    expect(errorOf(() => stepOf(token, plan))).toEqual(
      mismatch('the position it was made at is no JSON and could not be written down'),
    );
  });

  it('can be told of a position without a prototype, and of 100 levels', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    expect(through({ ...step, position: bare }).position).toEqual({ a: 1 });
    expect(through({ ...step, position: deep(100) as never }).position).toEqual(deep(100));
  });
});
