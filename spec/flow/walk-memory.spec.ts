import { WalkMemory } from '../../lib/flow/walk-memory';
import { hashText } from '../../lib/protocol/hash';
import { range } from '../support/list-api';
import { stepOf } from '../support/page-of';

describe('the part of a list that has come', () => {
  const progressOf = (...counts: readonly (readonly [number, number | undefined])[]) => {
    const memory = new WalkMemory(undefined, {});
    return counts.map(([items, total]) => memory.progress(items, total));
  };

  it('is unknown until a total is', () => {
    expect(progressOf([1, undefined], [2, 4], [3, undefined])).toEqual([undefined, 0.5, 0.5]);
  });

  it('is the whole of a list without items, and none of one whose items are to come', () => {
    expect(progressOf([0, 0])).toEqual([1]);
    expect(progressOf([0, 5])).toEqual([0]);
  });

  it('never goes back, and never beyond the whole', () => {
    expect(progressOf([1, 2], [2, 10], [6, 10], [12, 10])).toEqual([0.5, 0.5, 0.6, 1]);
  });
});

describe('the keys of pages that were read', () => {
  /** Which of the keys a to f are known. */
  const known = (memory: WalkMemory) =>
    ['a', 'b', 'c', 'd', 'e', 'f'].filter((key) => memory.keys.has(key)).join('');

  it('are known until the walk goes back before their page', () => {
    const memory = new WalkMemory(undefined, {});
    memory.addKeys(0, ['a', 'b'], 3);
    memory.addKeys(1, [], 3);
    memory.addKeys(2, ['c'], 3);
    memory.addKeys(3, ['d', 'e'], 3);
    expect(known(memory)).toBe('abcde');
    memory.forgetFrom(4);
    expect(known(memory)).toBe('abcde');
    memory.forgetFrom(3);
    expect(known(memory)).toBe('abc');
    memory.addKeys(3, ['f'], 3);
    memory.forgetFrom(1);
    expect(known(memory)).toBe('ab');
  });

  it('are kept of pages so far back that they were handed on', () => {
    const memory = new WalkMemory(undefined, {});
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) memory.addKeys(index, [key], 2);
    memory.forgetFrom(0);
    expect(known(memory)).toBe('ab');
  });

  it('are not taken for those of a page that is read anew in its place', () => {
    const memory = new WalkMemory(undefined, {});
    memory.addKeys(0, ['a'], 2);
    memory.forgetFrom(0);
    memory.addKeys(1, ['a'], 2);
    memory.forgetFrom(2);
    expect(known(memory)).toBe('a');
    memory.forgetFrom(1);
    expect(known(memory)).toBe('');
  });

  it('are not forgotten twice: another page may bring them meanwhile', () => {
    for (const place of [4, 5]) {
      const memory = new WalkMemory(undefined, {});
      memory.addKeys(5, ['a'], 2);
      memory.forgetFrom(5);
      memory.addKeys(3, ['a'], 2);
      memory.forgetFrom(place);
      expect(known(memory)).toBe('a');
    }
  });

  it.each([
    [undefined, 10_000],
    ['error', 10_000],
    ['restart', 1_000_000],
  ] as const)('are at most so many with onExpired %s: %d', (onExpired, most) => {
    const memory = new WalkMemory(undefined, { onExpired });
    for (const key of range(0, Math.min(most, 10_001))) memory.keys.add(String(key));
    expect(memory.keys.hasForgotten).toBe(false);
    memory.keys.add('one more');
    expect(memory.keys.hasForgotten).toBe(most === 10_000);
  });
});

describe('what a walk that goes on remembers', () => {
  it('is what its step knows of the items before it', () => {
    const memory = new WalkMemory('http://api.test', { pageSize: { min: 5, max: 50 } });
    expect([memory.isPartial, memory.origin, memory.pageSize?.current]).toEqual([
      ...[false, 'http://api.test', undefined],
    ]);
    const rows = { at: 1, end: 2, size: 2, keys: ['a', 'b'].map(hashText) };
    memory.recall(stepOf({ items: 1, size: 20, rows }));
    expect(memory.isPartial).toBe(true);
    expect(memory.pageSize?.current).toBe(20);
    expect(['a', 'b', 'c'].map((key) => memory.keys.has(key))).toEqual([true, true, false]);
  });

  it('is everything where nothing was handed on', () => {
    const memory = new WalkMemory(undefined, {});
    memory.recall(stepOf({ pages: 1 }));
    expect([memory.isPartial, memory.keys.isEmpty, memory.pageSize]).toEqual([
      ...[false, true, undefined],
    ]);
  });

  it('is all but that it was walked anew, and that a page came again', () => {
    const memory = new WalkMemory(undefined, {});
    memory.addKeys(0, ['a'], 1);
    memory.restartedAt = 4;
    memory.repeated = true;
    memory.duplicates = 2;
    memory.goOn();
    expect([memory.restartedAt, memory.repeated]).toEqual([undefined, false]);
    expect([memory.duplicates, memory.keys.has('a')]).toEqual([2, true]);
  });
});
