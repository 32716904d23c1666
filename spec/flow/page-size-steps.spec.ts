import type { PageRequest } from '../../lib/core/page-request';
import type { PageSizeOptions } from '../../lib/core/page-size-options';
import { PaginationError, type ErrorCode } from '../../lib/core/pagination-error';
import type { PageReading, PaginationStrategy } from '../../lib/core/pagination-strategy';
import type { PageSizeEvent, WalkEvent } from '../../lib/core/walk-event';
import { PageSize } from '../../lib/flow/page-size';
import { WalkLog } from '../../lib/flow/walk-log';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { range } from '../support/list-api';
import { ManualClock } from '../support/manual-clock';

const byCursor = cursorPagination({ limitParam: 'limit' });
const failed = (code: ErrorCode, status?: number) => new PaginationError(code, '', { status });
const tooMuch = failed('HTTP_STATUS', 413);

class Item {
  constructor(readonly id: number) {}
}

/** The page size of one walk, as its requests and pages come. */
class Sized {
  readonly size: PageSize;
  readonly changes: PageSizeEvent[] = [];
  readonly #log: WalkLog;
  readonly #strategy: PaginationStrategy;
  #page = 0;

  constructor(options: PageSizeOptions, strategy: PaginationStrategy = byCursor) {
    this.size = new PageSize(options);
    this.#strategy = strategy;
    const next = (event: WalkEvent) => event.type === 'pageSize' && this.changes.push(event);
    this.#log = new WalkLog({ next }, new ManualClock(), undefined);
  }

  /** The request of the next page. */
  ask(url = '/rows'): PageRequest {
    const place = { position: undefined, taken: 0, digest: undefined, items: 0 };
    const step = { strategy: this.#strategy, pages: this.#page++, ...place };
    return this.size.sized({ step, request: { url }, isFirst: false }, this.#log).request;
  }

  limit(): unknown {
    return this.ask().params?.['limit'];
  }

  /** Asks for so many pages, each of which is whole and quick, and gives the sizes asked for. */
  quick(pages: number): unknown[] {
    return range(0, pages).map(() => {
      const limit = this.limit();
      this.came(range(0, Number(limit)));
      return limit;
    });
  }

  came(items: readonly unknown[], elapsedMs = 1): void {
    const reading: PageReading = { kind: 'cursor', items, next: () => undefined };
    this.size.came(reading, elapsedMs);
  }
}

describe('the size of the next page', () => {
  it.each<readonly [PageSizeOptions, number[]]>([
    [{}, [10, 20, 40, 80, 100]],
    [{ max: 50 }, [10, 20, 40, 50, 50]],
    [{ min: 15 }, [15, 30, 60, 100, 100]],
    [{ min: 300 }, [300, 300]],
  ])('grows within its bounds: %j', (options, sizes) => {
    expect(new Sized(options).quick(sizes.length)).toEqual(sizes);
  });

  it('is the one asked for where the strategy cannot read it from a request', () => {
    const sized = (request: PageRequest, size: number) => ({ ...request, params: { limit: size } });
    const mute: PaginationStrategy = { ...byCursor, sized, sizeOf: undefined };
    expect(new Sized({ min: 3, max: 10 }, mute).quick(3)).toEqual([3, 6, 10]);
  });

  it('is that of a strategy that has its own for a place, and this is told', () => {
    const sizeOf = ({ url }: PageRequest) => (url === '/large' ? 50 : 20);
    const walk = new Sized({}, { ...byCursor, sizeOf });
    walk.ask('/small');
    walk.ask('/large');
    expect(walk.changes).toEqual([
      { type: 'pageSize', index: 1, from: 20, to: 50, reason: 'quick' },
    ]);
  });

  it('grows no more by a page as slow as it may be, nor by one that is not as long as asked for', () => {
    const walk = new Sized({ min: 10, max: 90, target: 100 });
    const sizes = [
      [range(0, 10), 100],
      [range(0, 9), 1],
      [range(0, 11), 1],
      [range(0, 10), 80],
      [range(0, 13), 1],
    ] as const;
    const asked = sizes.map(([items, elapsedMs]) => {
      const limit = walk.limit();
      walk.came(items, elapsedMs);
      return limit;
    });
    expect(asked).toEqual([10, 10, 10, 10, 13]);
    expect(walk.limit()).toBe(26);
  });
});

describe('a page that is too much', () => {
  const isTooLarge = (error: PaginationError, asked = 40) => {
    const walk = new Sized({ min: 20 }, { ...byCursor, sizeOf: () => asked });
    walk.ask();
    return walk.size.isTooLarge(error);
  };

  it.each<readonly [PaginationError, boolean]>([
    ...[413, 502, 504, 524].map((status) => [failed('HTTP_STATUS', status), true] as const),
    ...[400, 500, 503, undefined].map((status) => [failed('HTTP_STATUS', status), false] as const),
    [failed('TIMEOUT'), true],
    [failed('BODY_TOO_LARGE'), true],
    [failed('API_ERROR', 413), false],
    [failed('NETWORK', 504), false],
  ])('is one that failed so: %p is %p', (error, expected) => {
    expect(isTooLarge(error)).toBe(expected);
  });

  it('is none where the size is the least already, or nothing was asked for', () => {
    expect([21, 20, 19].map((asked) => isTooLarge(tooMuch, asked))).toEqual([true, false, false]);
    expect(new PageSize({ min: 20 }).isTooLarge(tooMuch)).toBe(false);
  });

  it('is asked for in half, with the reason told', () => {
    const walk = new Sized({ min: 3, max: 100 });
    walk.quick(5);
    for (const error of [failed('HTTP_STATUS', 504), failed('TIMEOUT'), tooMuch, tooMuch, tooMuch]) {
      walk.size.halve(error);
      walk.ask();
    }
    const [, , , , ...halved] = walk.changes.map(({ to, reason, ...rest }) => [to, reason, 'status' in rest, rest.status]);
    expect(halved).toEqual([
      [24, 'HTTP_STATUS', true, 504],
      [12, 'TIMEOUT', false, undefined],
      [6, 'HTTP_STATUS', true, 413],
      [3, 'HTTP_STATUS', true, 413],
    ]);
  }); // prettier-ignore

  /** The sizes from a halving on, of pages that are all well. */
  const after = (walk: Sized, pages: number) => {
    walk.size.halve(tooMuch);
    return walk.quick(pages);
  };
  const eight = (size: number) => Array<number>(8).fill(size);

  it('is followed by eight pages of one size', () => {
    const walk = new Sized({ min: 10, max: 40 });
    walk.quick(3);
    expect(after(walk, 9)).toEqual([...eight(20), 40]);
  });

  it('is followed by as many where it is halved several times in a row', () => {
    const walk = new Sized({ min: 10, max: 40 });
    walk.quick(3);
    walk.size.halve(tooMuch);
    walk.ask();
    expect(after(walk, 10)).toEqual([...eight(10), 20, 40]);
  });

  it('is followed by twice as many each time that it comes soon after', () => {
    const walk = new Sized({ min: 10, max: 40 });
    walk.quick(3);
    expect(after(walk, 16)).toEqual([...eight(20), ...eight(40)]);
    // Sixteen pages after a rest of eight are not yet long enough.
    expect(after(walk, 17)).toEqual([...eight(20), ...eight(20), 40]);
    expect(after(walk, 33)).toEqual([...eight(20), ...eight(20), ...eight(20), ...eight(20), 40]);
  });

  it('is followed by eight again where it comes later than that', () => {
    const walk = new Sized({ min: 10, max: 40 });
    walk.quick(3);
    after(walk, 16);
    after(walk, 33);
    expect(after(walk, 9)).toEqual([...eight(20), 40]);
  });
});

describe('items that were asked for at another size', () => {
  /** Whether a page is told from the one before it, for which so many were asked. */
  const isMove = (before: readonly unknown[], now: readonly unknown[]) => {
    let asked = before.length;
    const walk = new Sized({ min: 1, max: 1000 }, { ...byCursor, sizeOf: () => asked });
    walk.ask();
    walk.came(before, 5_000); // too slow to grow
    asked = now.length;
    walk.ask();
    return walk.size.isMove(now);
  };

  it.each<readonly [string, readonly unknown[], readonly unknown[], boolean]>([
    ['behind them', range(0, 2), range(2, 6), true],
    ['their beginning', range(0, 4), range(0, 2), false],
    ['their end', range(0, 4), range(2, 4), false],
    ['the end of more', range(0, 5), range(3, 5), false],
    ['their middle', range(0, 4), range(1, 3), true],
    ['they and more', range(0, 2), range(0, 4), false],
    ['more and they', range(2, 4), range(0, 4), false],
    ['as many, and the very same', range(0, 2), range(0, 2), true],
    ['none', range(0, 2), [], true],
    ['what cannot be told apart', [new Item(1), new Item(2)], [new Item(3)], true],
  ])('are a move or none by where they stand: %s', (_, before, now, expected) => {
    expect(isMove(before, now)).toBe(expected);
  });

  it('are a move on where either page is not as long as asked for', () => {
    const walk = new Sized({ min: 2, max: 8 });
    walk.ask();
    walk.came(range(0, 2));
    walk.ask();
    expect(walk.size.isMove(range(0, 3))).toBe(true);
    expect(walk.size.isMove(range(0, 4))).toBe(false);
    walk.came(range(0, 3));
    expect(walk.size.isMove(range(0, 4))).toBe(true);
  });

  it('are told by what they were before anyone changed them, after the size has grown', () => {
    const items = [{ id: 0 }, { id: 1 }];
    const walk = new Sized({ min: 2, max: 8 });
    walk.ask();
    walk.came(items);
    for (const item of items) item.id += 10;
    walk.ask();
    expect(walk.size.isMove([0, 1, 2, 3].map((id) => ({ id })))).toBe(false);
  });

  it('are told from part of a page after which the size has grown, and was halved', () => {
    const walk = new Sized({ min: 2, max: 16 });
    walk.quick(3);
    walk.size.halve(tooMuch);
    walk.ask();
    walk.size.halve(tooMuch);
    walk.ask();
    walk.size.halve(tooMuch);
    walk.ask();
    expect(walk.size.isMove(range(0, 2))).toBe(false);
    expect(walk.size.isMove(range(8, 10))).toBe(true);
  });
});
