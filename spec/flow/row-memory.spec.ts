import type { PageReading } from '../../lib/core/pagination-strategy';
import { offsetOf, RowMemory } from '../../lib/flow/row-memory';
import { range } from '../support/list-api';
import { readingOf } from '../support/page-of';

const page = (position: number | undefined, ...items: readonly unknown[]) =>
  readingOf('offset', items, position);

const keysBefore = (memory: RowMemory) => memory.order.place(undefined, [], 0)?.ahead;

describe('what a walk that overlaps remembers of its rows', () => {
  it('is the size of the fullest page, and where the last one ended', () => {
    const memory = new RowMemory();
    for (const [position, size] of [[undefined, 2], [2, 3], [5, 1]] as const) {
      memory.see(page(position, ...range(0, size)));
      memory.accept(page(position, ...range(0, size)), true);
    }
    expect([memory.size, memory.end]).toEqual([3, 6]);
  }); // prettier-ignore

  it('is how often it was searched, until something new comes', () => {
    const memory = new RowMemory();
    const search = () => {
      memory.searches++;
      memory.search = { from: 4, tries: 2 };
    };
    search();
    memory.accept(page(2, 1, 2), false);
    expect([memory.searches, memory.search]).toEqual([1, undefined]);
    search();
    memory.accept(page(2, 1, 2), true);
    expect([memory.searches, memory.search]).toEqual([0, undefined]);
  });

  it('is forgotten where the list is walked from its start, but for the size of its pages', () => {
    const memory = new RowMemory();
    memory.see(page(0, 1, 2));
    memory.accept(page(0, 1, 2), true);
    memory.searches = 2;
    memory.search = { from: 4, tries: 2 };
    memory.restart();
    const { end, size, searches, search } = memory;
    expect({ end, size, searches, search }).toEqual({ end: 0, size: 2, searches: 0, search: undefined }); // prettier-ignore
  });

  it('is what a step says where a walk goes on, and nothing where that says none', () => {
    const memory = new RowMemory();
    memory.order.place(undefined, ['x'], 0);
    memory.searches = 2;
    memory.search = { from: 4, tries: 2 };
    memory.recall({ at: 3, end: 5, size: 4, keys: ['a', 'b'] });
    const { end, size, searches, search } = memory;
    expect({ end, size, searches, search }).toEqual({ end: 5, size: 4, searches: 0, search: undefined }); // prettier-ignore
    expect(keysBefore(memory)).toEqual(['a', 'b']);
    memory.recall(undefined);
    expect([memory.end, memory.size, keysBefore(memory)]).toEqual([0, 0, []]);
  });
});

describe('a page without anything new', () => {
  const stuck = (memory: RowMemory, ...pages: readonly PageReading[]) =>
    pages.map((one) => memory.isStuck(one));

  it('is stuck where it is the very one before for the third time', () => {
    const same = page(0, 1, 2);
    expect(stuck(new RowMemory(), same, same, same, same)).toEqual([false, false, true, true]);
  });

  it('is not where others come between', () => {
    const [one, other] = [page(0, 1, 2), page(0, 1, 3)];
    expect(stuck(new RowMemory(), one, one, other, one, one, one)).toEqual([
      ...[false, false, false],
      ...[false, false, true],
    ]);
  });

  it('is not where something new came between, or the list was walked from its start', () => {
    const same = page(0, 1, 2);
    const memory = new RowMemory();
    stuck(memory, same, same);
    memory.accept(page(4, 5), false);
    expect(memory.isStuck(same)).toBe(true);
    memory.accept(page(4, 5), true);
    expect(stuck(memory, same, same)).toEqual([false, false]);
    memory.restart();
    expect(stuck(memory, same, same, same)).toEqual([false, false, true]);
  });
});

describe('the offset of a page', () => {
  it('is its position, and 0 where it has none', () => {
    expect([page(undefined), page(0), page(7)].map(offsetOf)).toEqual([0, 0, 7]);
  });
});
