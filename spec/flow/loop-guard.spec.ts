import type { PageRequest } from '../../lib/core/page-request';
import { LoopGuard } from '../../lib/flow/loop-guard';

const url = 'http://api.test/items';

/** Whether each of these requests is new to one walk, in order. */
function newRequests(...requests: readonly Omit<PageRequest, 'url'>[]): boolean[] {
  const guard = new LoopGuard();
  return requests.map((request) => guard.isNewRequest({ url, ...request }));
}

/** Whether requests with these bodies are new to one walk, in order. */
const newBodies = (...bodies: readonly unknown[]) =>
  newRequests(...bodies.map((body) => ({ method: 'POST', body })));

/** Whether pages of these items are new to one walk, in order. */
function newItems(...pages: readonly (readonly unknown[])[]): boolean[] {
  const guard = new LoopGuard();
  return pages.map((items) => guard.isNewItems(items));
}

/** A value inside so many arrays. */
function nested(value: unknown, depth: number): unknown {
  return depth === 0 ? value : [nested(value, depth - 1)];
}

class Cursor {
  constructor(readonly at: number) {}
}

const NEW_NEW_OLD = [true, true, false];

describe('a request that a walk has made', () => {
  it('is known by its parameters', () => {
    const [one, other] = [{ params: { cursor: 'a' } }, { params: { cursor: 'b' } }];
    expect(newRequests(one, other, one)).toEqual(NEW_NEW_OLD);
  });

  it.each<readonly [string, unknown, unknown, unknown]>([
    ['an object', { at: 1 }, { at: 2 }, { at: 1 }],
    ['an object without a prototype', Object.assign(Object.create(null), { at: 1 }), { at: 2 }, { at: 1 }],
    ['an array', [1, [2]], [1, [3]], [1, [2]]],
    ['a text', 'a', 'b', 'a'],
    ['null, which is no missing body', null, undefined, null],
    ['a flag', true, false, true],
    ['values that are left out', { at: 1, to: undefined }, { at: 2 }, { at: 1 }],
    ['what tells its JSON by itself', new Date(0), new Date(1), new Date(0)],
    ['what tells its JSON by itself, inside', { at: new Date(0) }, { at: new Date(1) }, { at: new Date(0) }],
    ['a hundred arrays and one', nested(1, 101), nested(2, 101), nested(1, 101)],
  ])('is known by the JSON of its body: %s', (_, one, other, again) => {
    expect(newBodies(one, other, again)).toEqual(NEW_NEW_OLD);
  }); // prettier-ignore

  it.each<readonly [string, (at: number) => unknown]>([
    ['an instance', (at) => new Cursor(at)],
    ['an instance in an object', (at) => ({ cursor: new Cursor(at) })],
    ['an instance beside what JSON tells', (at) => ({ at, cursor: new Cursor(at) })],
    ['an instance in an array', (at) => [new Cursor(at)]],
    ['a function', (at) => () => at],
    ['a function in an object', (at) => ({ at: () => at })],
    ['a symbol in an array', (at) => [Symbol(at)]],
    ['a big integer in an object', (at) => ({ at: BigInt(at) })],
    ['a number that JSON has not, in an array', () => [NaN]],
    ['a property toJSON that is no function', (at) => Object.assign(new Cursor(at), { toJSON: 1 })],
    ['more arrays than that', (at) => nested(at, 102)],
    ['as many objects', (at) => Array(102).fill(0).reduce<unknown>((value) => ({ value }), at)],
    ['a value that holds itself', (at) => { const value: unknown[] = [at]; value.push(value); return value; }],
  ])('is known by its very body where JSON does not tell all of it: %s', (_, make) => {
    const [one, other] = [make(1), make(1)];
    expect(newBodies(one, other, one)).toEqual(NEW_NEW_OLD);
  }); // prettier-ignore

  it.each<readonly [string, unknown, unknown]>([
    ['numbers that JSON has not', NaN, Infinity],
    ['big integers', 1n, 2n],
    ['symbols', Symbol.for('a'), Symbol.for('b')],
  ])('is known by the value of its body: %s', (_, one, other) => {
    expect(newBodies(one, other, one)).toEqual(NEW_NEW_OLD);
  });
});

describe('a page that a walk has read', () => {
  it('is known by its items', () => {
    expect(newItems([1, 2], [2, 1], [1, 2])).toEqual(NEW_NEW_OLD);
  });

  it('is known by the JSON of items that are instances', () => {
    expect(newItems([new Cursor(1)], [new Cursor(2)], [new Cursor(1)])).toEqual(NEW_NEW_OLD);
  });

  it('is new where nothing tells its items from others', () => {
    expect(newItems([1n], [1n])).toEqual([true, true]);
  });
});

describe('a counted position', () => {
  const moves = (...positions: readonly unknown[]) => {
    const guard = new LoopGuard();
    return positions.slice(1).map((to, at) => guard.isMove(positions[at] as number, to as number));
  };

  it('moves on in the direction of its first move', () => {
    expect(moves(1, 2, 5, 4, 6)).toEqual([true, true, false, true]);
    expect(moves(3, 2, 1, 2)).toEqual([true, true, false]);
  });

  it('does not move where it stays, which is no first move', () => {
    expect(moves(1, 1, 0, 1)).toEqual([false, true, false]);
  });

  it('does not move to or from what is no number, which is no first move', () => {
    expect(moves(1, 'x', 3, 2, 1)).toEqual([false, false, true, true]);
    expect(moves(undefined, 1, 2, 1)).toEqual([false, true, false]);
  });
});
