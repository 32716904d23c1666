import type { Passing } from '../../lib/core/anchor';
import { rollDigest } from '../../lib/core/resume-token';
import type { Step } from '../../lib/core/step';
import { anchored, passOver } from '../../lib/flow/anchored';
import type { WalkPlan } from '../../lib/flow/walk-plan';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { singlePage } from '../../lib/strategy/single-page';
import { errorOf } from '../support/error-of';
import { range } from '../support/list-api';
import { pageOf, readingOf, stepOf } from '../support/page-of';

const strategy = linkPagination();
const url = 'https://api.test/items';
const signed = `${url}?page=2&sig=hunter2-signed`;
const plan: WalkPlan = {
  transport: () => [],
  request: { url },
  strategy,
  schema: undefined,
  options: {},
};
const at = (parts: Partial<Step> = {}) => stepOf({ strategy, ...parts });
const linked = (items: readonly unknown[]) => readingOf('link', items);
const passingOf = (parts: Partial<Passing>): Passing => ({
  ...{ items: 0, pages: 0, digest: '', passed: '', taken: 0 },
  ...parts,
});
const digestOf = (...items: readonly unknown[]) => rollDigest('', items);

describe('a page on the way to a place', () => {
  const pass = (passing: Partial<Passing>, items: readonly unknown[], step: Partial<Step> = {}) =>
    passOver(at({ pages: 4, items: 9, ...step, passing: passingOf(passing) }), linked(items));

  it('is any other page where nothing is to be passed over', () => {
    const step = at({ taken: 2 });
    expect(passOver(step, linked([1, 2, 3]))).toEqual({ step });
  });

  it('is passed over as a whole where the place lies behind it', () => {
    const digest = digestOf(0, 1, 2, 3, 4);
    const passing = { items: 5, pages: 3, digest, taken: 2 };
    expect(pass(passing, [0, 1, 2])).toEqual({
      step: at({ pages: 4, items: 9, taken: 3 }),
      passing: { ...passing, items: 2, pages: 2, passed: digestOf(0, 1, 2) },
    });
  });

  it('is the one to go on in where the place lies in it, behind what is to be passed over', () => {
    const passing = { items: 2, pages: 2, digest: digestOf(0, 1), taken: 2 };
    expect(pass(passing, [0, 1, 2])).toEqual({ step: at({ pages: 4, items: 9, taken: 2 }) });
    const before = { ...passing, digest: digestOf('x', 0, 1), passed: digestOf('x') };
    expect(pass(before, [0, 1, 2])).toEqual({ step: at({ pages: 4, items: 9, taken: 2 }) });
  });

  it('is the one to go on in where the place is its end, and items were taken from it', () => {
    const passing = { items: 2, pages: 1, digest: digestOf(0, 1), taken: 2 };
    expect(pass(passing, [0, 1])).toEqual({ step: at({ pages: 4, items: 9, taken: 2 }) });
  });

  it('lies before the place where that is its end, and no items were taken from it', () => {
    for (const pages of [0, 1, 2]) {
      const passing = { items: 2, pages, digest: digestOf(0, 1), taken: 0 };
      expect(pass(passing, [0, 1])).toEqual({
        step: at({ pages: 4, items: 9, taken: 2 }),
        passing: { ...passing, items: 0, pages: Math.max(0, pages - 1), passed: passing.digest },
      });
    }
  });

  it('lies before the place without items as long as pages do', () => {
    const passing = { items: 0, digest: digestOf(0), passed: digestOf(0), taken: 0 };
    expect(pass({ ...passing, pages: 2 }, [])).toMatchObject({ passing: { items: 0, pages: 1 } });
    expect(pass({ ...passing, pages: 1 }, [])).toMatchObject({ passing: { items: 0, pages: 0 } });
    expect(pass({ ...passing, pages: 0 }, [])).toEqual({ step: at({ pages: 4, items: 9 }) });
    expect(pass({ ...passing, pages: 1, taken: 1 }, [])).toEqual({ step: at({ pages: 4, items: 9 }) }); // prettier-ignore
    expect(pass({ ...passing, pages: 0, items: 1 }, [])).toMatchObject({ passing: { items: 1, pages: 0 } }); // prettier-ignore
  });

  it('begins there where items follow and nothing is left to be passed over', () => {
    const passing = { items: 0, pages: 0, digest: digestOf(0), passed: digestOf(0), taken: 0 };
    expect(pass(passing, [1])).toEqual({ step: at({ pages: 4, items: 9 }) });
  });

  it.each<readonly [string, readonly unknown[], number]>([
    ['others', [0, 2, 3], 2],
    ['in another order', [1, 0, 3], 2],
    ['others at its end', [0, 2], 2],
  ])('is DRIFT where its items are %s', (_, items, count) => {
    const passing = { items: count, pages: 1, digest: digestOf(0, 1), taken: 0 };
    expect(errorOf(() => pass(passing, items))).toEqual({
      code: 'DRIFT',
      message:
        'The list has changed since the resume token was made, which tells its place by the items before it: the items up to that place are not those handed on before',
    });
  });

  it('takes its anchor along, by what is passed over', () => {
    const anchor = { strategy, position: undefined, pages: 1, items: 3, digest: 'd' };
    const { step } = pass({ items: 2, digest: digestOf(0, 1) }, [0, 1, 2], { anchor });
    expect(step.anchor).toEqual({ ...anchor, items: 5, digest: rollDigest('d', [0, 1]) });
    expect('anchor' in pass({ items: 2, digest: digestOf(0, 1) }, [0, 1, 2]).step).toBe(false);
  });
});

describe('the step after a page', () => {
  const pageBehind = (items: readonly unknown[], step: Partial<Step> = {}, passing?: Passing) =>
    pageOf(linked(items), { strategy, ...step }, { passing });
  const next = at({ position: `${url}?page=2`, pages: 1, items: 2 });

  it('is the very same where its position may be written down', () => {
    expect(anchored(next, pageBehind([0, 1]), plan)).toBe(next);
    const first = at({ pages: 1 });
    expect(anchored(first, pageBehind([0, 1]), plan)).toBe(first);
  });

  it('is none at the end of the list', () => {
    expect(anchored(undefined, pageBehind([0]), plan)).toBeUndefined();
    const passed = passingOf({ items: 0, pages: 2 });
    expect(anchored(undefined, pageBehind([0], {}, passed), plan)).toBeUndefined();
  });

  it('is DRIFT where the list ends before the place to go on at', () => {
    const page = pageBehind([0], {}, passingOf({ items: 1 }));
    const { code, message } = errorOf(() => anchored(undefined, page, plan));
    expect(code).toBe('DRIFT');
    expect(message).toContain('by the items before it: it ends before that place');
  });

  it.each([{ items: 1 }, { pages: 1 }, { items: 1, pages: 1 }])(
    'has what is left of the way: %j',
    (left) => {
      const passing = passingOf(left);
      expect(anchored(next, pageBehind([0, 1], {}, passing), plan)).toEqual({ ...next, passing });
    },
  );

  it('has nothing of a way that is over', () => {
    expect(anchored(next, pageBehind([0, 1], {}, passingOf({})), plan)).toBe(next);
  });

  describe('where its position holds a secret', () => {
    const hidden = at({ position: signed, pages: 1, items: 2 });

    it('is told by the items of the page before it', () => {
      const anchor = { strategy, position: undefined, pages: 1, items: 2, digest: digestOf(0, 1) };
      expect(anchored(hidden, pageBehind([0, 1]), plan)).toEqual({ ...hidden, anchor });
      const from = at({ position: `${url}?page=1`, strategy: singlePage() });
      expect(anchored(hidden, pageBehind([0, 1], from), plan)?.anchor).toEqual({
        ...anchor,
        ...{ strategy: from.strategy, position: from.position },
      });
    });

    it('is told from an anchor of that page on, with what was not taken before', () => {
      const anchor = { strategy, position: undefined, pages: 2, items: 3, digest: 'd' };
      const from = at({ position: signed, anchor, taken: 1 });
      expect(anchored(hidden, pageBehind(range(0, 3), from), plan)?.anchor).toEqual({
        ...anchor,
        ...{ pages: 3, items: 5, digest: rollDigest('d', [1, 2]) },
      });
    });

    it('is told by nothing where that of the page holds one too, and nobody knows how it was come to', () => {
      expect(anchored(hidden, pageBehind([0, 1], at({ position: signed })), plan)).toBe(hidden);
    });

    it('has what is left of the way too', () => {
      const passing = passingOf({ items: 3 });
      const step = anchored(hidden, pageBehind([0, 1], {}, passing), plan);
      expect(step).toMatchObject({ passing, anchor: { pages: 1, items: 2 } });
    });
  });
});
