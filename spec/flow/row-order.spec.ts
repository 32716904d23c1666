import { RowOrder } from '../../lib/flow/row-order';

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `r${String(from + at)}`);

describe('the order of the rows handed on', () => {
  it('grows behind the last one known', () => {
    const order = new RowOrder();
    expect(order.place(undefined, rows(0, 5), 2)).toEqual({
      ...{ before: [], fresh: rows(0, 5), ahead: [] },
    });
    expect(order.place('r4', rows(5, 8), 2)).toEqual({
      ...{ before: ['r3', 'r4'], fresh: rows(5, 8), ahead: [] },
    });
  });

  it('tells what may come behind rows found further back', () => {
    const order = new RowOrder();
    order.place(undefined, rows(0, 6), 2);
    expect(order.place('r2', ['x'], 2)).toEqual({
      ...{ before: ['r1', 'r2'], fresh: ['x'], ahead: ['r3', 'r4', 'r5'] },
    });
    // In the order of the list, and not the one they came in.
    expect(order.place('r3', ['y'], 3)).toEqual({
      ...{ before: ['r2', 'x', 'r3'], fresh: ['y'], ahead: ['r4', 'r5'] },
    });
  });

  it('takes those ahead for deleted after 256 new rows without one of them', () => {
    const order = new RowOrder();
    order.place(undefined, rows(0, 6), 2);
    expect(order.place('r2', rows(1000, 1256), 2)?.ahead).toEqual(['r3', 'r4', 'r5']);
    expect(order.place('r1255', ['z'], 2)?.ahead).toEqual([]);
    expect(order.place('z', ['zz'], 9)).toMatchObject({ before: [...rows(1248, 1256), 'z'] });
  });

  it('does not where one of them is met in between', () => {
    const order = new RowOrder();
    order.place(undefined, rows(0, 6), 2);
    order.place('r2', rows(1000, 1200), 2);
    order.place('r3', rows(2000, 2200), 2);
    expect(order.place('r2199', ['z'], 2)?.ahead).toEqual(['r4', 'r5']);
  });

  it('knows no place behind a row that is too long ago', () => {
    const order = new RowOrder();
    for (let page = 0; page < 30; page++) {
      const last = page === 0 ? undefined : `r${String(page * 1000 - 1)}`;
      expect(order.place(last, rows(page * 1000, page * 1000 + 1000), 1)).toBeDefined();
    }
    expect(order.place('r5', ['x'], 1)).toBeUndefined();
    expect(order.place('r29998', [], 1)).toEqual({
      before: ['r29998'],
      fresh: [],
      ahead: ['r29999'],
    });
  });

  it('begins after a resume with what a step knows', () => {
    const order = new RowOrder();
    order.place(undefined, rows(0, 6), 2);
    order.recall(['a', 'b', 'c']);
    expect(order.place('r3', ['x'], 2)).toBeUndefined();
    expect(order.place('b', ['x'], 2)).toEqual({ before: ['a', 'b'], fresh: ['x'], ahead: ['c'] });
  });

  it('is known for 20,000 rows, and of more for the last 10,000', () => {
    const order = new RowOrder();
    order.place(undefined, rows(0, 15_000), 1);
    order.place('r14999', rows(15_000, 20_000), 1);
    expect(order.place('r0', [], 1)?.before).toEqual(['r0']);
    order.place('r19999', rows(20_000, 30_000), 1);
    expect(order.place('r19999', [], 1)).toBeUndefined();
    expect(order.place('r20000', [], 2)?.before).toEqual(['r20000']);
    expect(order.place('r20001', [], 2)?.before).toEqual(['r20000', 'r20001']);
  });
});
