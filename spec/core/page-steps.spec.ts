import { digestItems, rollDigest } from '../../lib/core/resume-token';
import type { Step } from '../../lib/core/step';
import { singlePage } from '../../lib/strategy/single-page';
import { pageOf, readingOf, stepOf } from '../support/page-of';

const next = stepOf({ position: 'next', pages: 4, items: 12 });
const going = { advance: () => next };
const over = { advance: () => undefined };
const abc = ['a', 'b', 'c'];
const at: Partial<Step> = { strategy: singlePage(), position: 'here', pages: 3, items: 9 };
const within = (taken: number, items: number, more: Partial<Step> = {}) =>
  stepOf({ ...at, taken, items, digest: digestItems(abc.slice(0, taken)), ...more });

describe('the step after some items of a page', () => {
  it('is the page itself before its first, the next page after its last, and within it between', () => {
    const page = pageOf(readingOf('cursor', abc), at, { context: going });
    const steps = [0, 1, 2, 3].map((count) => page.stepAfter(count));
    expect(steps).toEqual([page.step, within(1, 10), within(2, 11), next]);
    expect(steps[0]).toBe(page.step);
  });

  it('is within it where items were taken before, or lie beyond a cap', () => {
    const rest = pageOf(readingOf('cursor', abc), { ...at, taken: 1 }, { context: going, items: ['b', 'c'] });
    expect([0, 1, 2].map((count) => rest.stepAfter(count))).toEqual([within(1, 9), within(2, 10), next]);
    const capped = pageOf(readingOf('cursor', abc), at, { context: going, items: ['a', 'b'], rest: 1 });
    expect(capped.stepAfter(2)).toEqual(within(2, 11));
    expect([capped.rest, capped.hasNextPage]).toEqual([1, true]);
    const last = pageOf(readingOf('cursor', abc), at, { context: over, items: ['a', 'b'], rest: 1 });
    expect([last.hasNextPage, pageOf(readingOf('cursor', abc), at, { context: over }).hasNextPage]).toEqual([true, false]);
  }); // prettier-ignore

  it('is counted by their places where repeats were left out', () => {
    const fresh = { items: ['b'], places: [1], context: over };
    const page = pageOf(readingOf('cursor', abc), at, fresh);
    expect(page.stepAfter(0)).toBe(page.step);
    expect(page.stepAfter(1)).toEqual(within(3, 10)); // with the repeats behind it
    const two = pageOf(readingOf('cursor', abc), at, { items: ['a', 'c'], places: [0, 2], context: going });
    expect([0, 1, 2].map((count) => two.stepAfter(count))).toEqual([two.step, within(1, 10), next]);
    const capped = pageOf(readingOf('cursor', abc), at, { ...fresh, rest: 1 });
    expect(capped.stepAfter(1)).toEqual(within(2, 10));
    const none = pageOf(readingOf('cursor', abc), { ...at, taken: 1 }, { ...fresh, items: [], places: [], rest: 1 });
    expect(none.stepAfter(0)).toEqual(within(1, 9));
  }); // prettier-ignore

  it('takes an anchor along, by what was read since', () => {
    const anchor = { strategy: stepOf().strategy, position: undefined, pages: 2, items: 5, digest: 'd' };
    const page = pageOf(readingOf('link', abc), { ...at, anchor, taken: 1 }, { items: ['b', 'c'] });
    expect(page.stepWithin(1).anchor).toEqual({ ...anchor, items: 6, digest: rollDigest('d', ['b']) });
    expect('anchor' in pageOf(readingOf('link', abc), at).stepWithin(1)).toBe(false);
  }); // prettier-ignore

  it('is what its walk says within it, where that has a way of its own', () => {
    const calls: unknown[] = [];
    const own = (_: unknown, taken: number, count: number) => (calls.push([taken, count]), next);
    const page = pageOf(readingOf('offset', abc), at, { context: { ...over, within: own } });
    expect(page.stepAfter(2)).toBe(next);
    expect(calls).toEqual([[2, 2]]);
  });
});

describe('the step of a page that ended its walk', () => {
  it('is within a page of a number, which may be filled up', () => {
    const page = pageOf(readingOf('number', abc), at, { context: going });
    expect(page.lastStep()).toEqual(within(3, 12));
  });

  it.each(['cursor', 'link', 'offset'] as const)('is the next one of any other: %s', (kind) => {
    const page = pageOf(readingOf(kind, abc), at, { context: going });
    expect(page.lastStep()).toBe(next);
  });

  it('is the page itself where that is empty and no page of a number', () => {
    const page = pageOf(readingOf('cursor', []), at, { context: over });
    expect([page.lastStep(), page.stepAfter(0)]).toEqual([within(0, 9), within(0, 9)]);
  });

  it('is within the page before an empty one of a number, where that closes the list', () => {
    const previous = pageOf(readingOf('number', abc), at, { context: going });
    const empty = pageOf(readingOf('number', []), { position: 4, pages: 4, items: 12 }, { context: over, previous });
    expect(empty.lastStep()).toEqual(within(3, 12));
    expect(empty.stepAfter(0)).toEqual(within(3, 12));
    const filled = pageOf(readingOf('number', ['d']), { position: 4, pages: 4 }, { context: over, previous });
    expect(filled.stepAfter(1)).toMatchObject({ position: 4, taken: 1 });
    const open = pageOf(readingOf('number', []), { position: 4 }, { context: going, previous });
    expect(open.lastStep()).toBe(next);
  }); // prettier-ignore
});

describe('a page that is none of the walk', () => {
  const known = { items: [], places: [] };
  const passing = { items: 2, pages: 1, digest: '', passed: '', taken: 2 };

  it.each([
    ['has nothing new', abc, at, known, true],
    ['is a gap', abc, at, { isGap: true }, true],
    ['is passed over', abc, at, { passing }, true],
    ['has something new', abc, at, { items: ['c'], places: [2] }, false],
    ['has no items', [], at, {}, false],
    ['was gone on in, and has nothing new behind', abc, { ...at, taken: 1 }, known, false],
  ] as const)('is one that %s', (_, items, step, parts, isRepeat) => {
    expect(pageOf(readingOf('offset', items), step, parts).isRepeat).toBe(isRepeat);
  });
});
