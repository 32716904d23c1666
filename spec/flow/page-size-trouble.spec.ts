import { of, tap } from 'rxjs';

import {
  cursorPagination,
  offsetPagination,
  paginate,
  type PagedObservable,
  type Transport,
} from 'paged-observable';

import { range } from '../support/list-api';
import { record } from '../support/recorder';
import { SizedList, type Trouble } from '../support/sized-list';

const ways = ['cursor', 'offset'] as const;
const whole = (rows: number) => ({ values: range(0, rows), errors: 0, completions: 1 });

function run(list: SizedList, walk: PagedObservable<number>) {
  const walked = record(walk);
  list.clock.flush();
  return walked;
}

/** A list whose server fails at more than so many items. */
function bounded(rows: number, most: number, trouble: Trouble): SizedList {
  const list = new SizedList(rows);
  list.trouble = (_, limit) => (limit > most ? trouble : undefined);
  return list;
}

describe('a page that is too much for the server', () => {
  const troubles = [
    [413, { reason: 'HTTP_STATUS', status: 413 }],
    [502, { reason: 'HTTP_STATUS', status: 502 }],
    [504, { reason: 'HTTP_STATUS', status: 504 }],
    [524, { reason: 'HTTP_STATUS', status: 524 }],
    ['silent', { reason: 'TIMEOUT' }],
    ['bulky', { reason: 'BODY_TOO_LARGE' }],
  ] as const;

  it.each(ways.flatMap((way) => troubles.map(([trouble, why]) => [way, trouble, why] as const)))(
    'is asked for again from the same position with half the size: %s, %s',
    (way, trouble, why) => {
      const list = bounded(100, 30, trouble);
      const options = { pageSize: { min: 5, max: 100 }, retry: false, timeout: 1_000 } as const;
      const walked = run(list, list.by(way, options));
      expect(walked.notifications).toEqual(whole(100));
      expect(list.asked).toEqual([
        [0, 5],
        [5, 10],
        [15, 20],
        [35, 40],
        [35, 20],
        [55, 20],
        [75, 20],
        [95, 20],
      ]);
      expect(list.changes).toEqual([
        { index: 1, from: 5, to: 10, reason: 'quick' },
        { index: 2, from: 10, to: 20, reason: 'quick' },
        { index: 3, from: 20, to: 40, reason: 'quick' },
        { index: 3, from: 40, to: 20, ...why },
      ]);
      const tried = list.events.flatMap((event) =>
        event.type === 'request' ? [[event.index, event.attempt]] : [],
      );
      expect(tried.slice(3, 6)).toEqual([[3, 1], [3, 2], [4, 1]]); // prettier-ignore
    },
  );

  it('says that the attempt failed, what size follows, and then sends', () => {
    const list = bounded(60, 15, 413);
    run(list, list.byCursor({ pageSize: { min: 10, max: 20 } }));
    expect(list.events.slice(2, 8).map(({ type }) => type)).toEqual([
      'pageSize',
      'request',
      'retry',
      'pageSize',
      'request',
      'page',
    ]);
  });

  it('moves an offset by the size it was had with, where that is how the list steps', () => {
    const list = bounded(40, 10, 413);
    const walked = run(list, list.byOffset({ pageSize: { min: 4, max: 16 } }, { step: 'limit' }));
    expect(walked.notifications).toEqual(whole(40));
    expect(list.asked).toEqual([
      [0, 4],
      [4, 8],
      [12, 16],
      [12, 8],
      [20, 8],
      [28, 8],
      [36, 8],
    ]);
  });

  it.each([
    [413, 'HTTP_STATUS', 1],
    [502, 'RETRY_EXHAUSTED', 4],
    [504, 'RETRY_EXHAUSTED', 4],
    ['silent', 'RETRY_EXHAUSTED', 4],
    ['bulky', 'BODY_TOO_LARGE', 1],
  ] as const)('is judged as ever once the smallest size is reached: %s', (trouble, code, last) => {
    const list = new SizedList(1_000);
    list.trouble = (position) => (position >= 150 ? trouble : undefined);
    const options = { pageSize: { min: 10, max: 80 }, timeout: 1_000 };
    const walked = run(list, list.byOffset(options));
    expect(walked.values).toEqual(range(0, 150));
    expect(walked.error.code).toBe(code);
    const tried = [80, 40, 20, ...Array<number>(last).fill(10)];
    expect(list.asked.slice(4)).toEqual(tried.map((limit) => [150, limit]));
    expect([walked.error.attempts, walked.error.history]).toMatchObject([
      tried.length,
      { length: tried.length },
    ]);
    // And from its token everything is had once the server is well again.
    list.trouble = () => undefined;
    const rest = run(list, list.byOffset({ ...options, resumeFrom: walked.error.resumeToken }));
    expect(rest.values).toEqual(range(150, 1_000));
    expect(list.asked[4 + tried.length]).toEqual([150, 10]);
  });

  it('takes no retry away from what else goes wrong with the page', () => {
    const list = new SizedList(40);
    const troubles: Trouble[] = [undefined, 503, 504, 503, 413, 503, 503];
    list.trouble = (_, __, request) => troubles[request];
    const walked = run(list, list.byCursor({ pageSize: { min: 5, max: 40 } }, { limit: 20 }));
    // Three retries of its own, and no fourth.
    expect(walked.values).toEqual(range(0, 20));
    expect(walked.error.code).toBe('RETRY_EXHAUSTED');
    expect(list.limits).toEqual([20, 40, 40, 20, 20, 10, 10]);
    expect(walked.error.history.map(({ status }) => status)).toEqual([503, 504, 503, 413, 503, 503]); // prettier-ignore
  });

  it('costs nothing of the budget of the transport', () => {
    const list = bounded(400, 10, 502);
    const pageSize = { min: 10, max: 80 };
    const walked = run(list, list.byCursor({ pageSize, retry: { budget: 0 } }, { limit: 80 }));
    expect(walked.notifications).toEqual(whole(400));
  });

  it('is asked for at once where only the size was wrong, and after a back-off where the server is in trouble', () => {
    const timesOf = (trouble: Trouble, headers = {}) => {
      const list = bounded(20, 10, trouble);
      list.headers = headers;
      const waits: number[] = [];
      list.byCursor({ pageSize: { min: 5, max: 40 } }, { limit: 40 }).subscribe();
      list.clock.flush();
      for (const event of list.events) if (event.type === 'retry') waits.push(event.waitMs);
      return waits;
    };
    expect(timesOf(413)).toEqual([0, 0]);
    expect(timesOf('bulky')).toEqual([0, 0]);
    expect(timesOf(502)).toEqual([125, 250]);
    expect(timesOf(413, { 'retry-after': '2' })).toEqual([2_000, 2_000]);
  });

  it('is not asked for again where the server asks for too long a wait', () => {
    const list = bounded(20, 10, 504);
    list.headers = { 'retry-after': '3600' };
    const walked = run(list, list.byCursor({ pageSize: { min: 5, max: 40 } }, { limit: 40 }));
    expect([walked.error.code, list.limits]).toEqual(['RATE_LIMITED', [40]]);
  });

  it.each([400, 401, 404, 422, 500, 503])('is none with status %d', (status) => {
    const list = bounded(20, 10, status);
    const walked = run(list, list.byCursor({ pageSize: { min: 5 }, retry: false }, { limit: 40 }));
    expect([walked.error.status, list.limits]).toEqual([status, [40]]);
  });

  it('stops growth for 8 pages, then 16, then 32', () => {
    const list = bounded(10_000, 60, 413);
    const walked = run(list, list.byCursor({ pageSize: { min: 10, max: 640 } }));
    expect(walked.notifications).toEqual(whole(10_000));
    const tooLarge = list.limits.flatMap((limit, at) => (limit === 80 ? [at] : []));
    expect(tooLarge.slice(0, 4)).toEqual([3, 12, 29, 62]);
    expect(list.limits.filter((limit) => limit === 80)).toHaveLength(6);
    expect(Math.max(...list.limits.map(Number))).toBe(80);
  });

  it('stops it no longer for troubles that come and go', () => {
    const list = new SizedList(20_000);
    list.trouble = (_, __, request) => (request % 50 === 49 ? 502 : undefined);
    const walked = run(list, list.byCursor({ pageSize: { min: 10, max: 100 } }));
    expect(walked.notifications).toEqual(whole(20_000));
    const halves = list.limits.filter((limit) => limit === 50).length;
    expect(halves).toBe(8 * list.changes.filter(({ to }) => to === 50).length);
    expect(list.limits.length).toBeLessThan(230); // 200 pages of 100 would be the fewest
  });

  it('stops when its consumer leaves in the wait', () => {
    const list = bounded(20, 10, 502);
    const walk = list.byCursor({ pageSize: { min: 5, max: 40 } }, { limit: 40 });
    const leaving = walk.subscribe();
    list.clock.schedule(() => {
      leaving.unsubscribe();
    }, 50);
    list.clock.flush();
    expect(list.limits).toEqual([40]);
    expect(list.events.map(({ type }) => type)).toEqual(['request', 'retry', 'end']);
  });
});

describe('a loop is seen at any size', () => {
  /** Walks a list whose server answers every position in its own way. */
  function walk(way: 'cursor' | 'offset', body: (limit: number) => object) {
    const asked: unknown[] = [];
    const answer: Transport = ({ params = {} }) => {
      asked.push([params[way], params['limit']]);
      const reply = { status: 200, headers: {}, url: 'http://api.test/rows' };
      return of({ ...reply, body: body(Number(params['limit'])) });
    };
    const pagination =
      way === 'cursor'
        ? cursorPagination<number>({ items: '/rows', next: '/next', limitParam: 'limit' })
        : offsetPagination<number>({ items: '/rows' });
    const pageSize = { min: 4, max: 64 };
    return { asked, walked: record(paginate<number>(answer, '/rows', { pagination, pageSize })) };
  }

  it('in a page that gives its own cursor again, before that is asked for at another size', () => {
    let from = 0;
    const { asked, walked } = walk('cursor', (limit) => ({
      rows: range(from, (from += limit)),
      next: 'k',
    }));
    expect(walked.error.code).toBe('LOOP');
    expect(walked.values).toEqual(range(0, 12));
    expect(asked).toEqual([
      [undefined, 4],
      ['k', 8],
    ]);
  });

  it.each([
    ['the first rows', (limit: number) => range(0, limit)],
    ['the last rows', (limit: number) => range(100 - limit, 100)],
  ])('in a list by offset that always gives %s', (_, rows) => {
    const { asked, walked } = walk('offset', (limit) => ({ rows: rows(limit) }));
    expect(walked.error.code).toBe('LOOP');
    expect(walked.values).toEqual(rows(4));
    expect(asked).toEqual([
      [undefined, 4],
      [4, 8],
    ]);
  });

  it('also where the consumer has changed the rows by then', () => {
    const transport: Transport = ({ params = {} }) => {
      const body = range(0, Number(params['limit'])).map((id) => ({ id }));
      return of({ status: 200, headers: {}, url: 'http://api.test/rows', body });
    };
    const pagination = offsetPagination<{ id: number }>();
    const walk = paginate(transport, '/rows', { pagination, pageSize: { min: 4, max: 64 } });
    const walked = record(walk.pipe(tap((row) => (row.id += 1_000))));
    expect(walked.error.code).toBe('LOOP');
    expect(walked.values).toHaveLength(4);
  });

  it('in a list by offset that gives the first rows again at half the size', () => {
    const list = new SizedList(1_000);
    list.isDeaf = true;
    list.trouble = (_, limit, request) => (request > 0 && limit > 10 ? 413 : undefined);
    const walked = record(list.byOffset({ pageSize: { min: 5, max: 20 } }, { limit: 20 }));
    list.clock.flush();
    expect(walked.error.code).toBe('LOOP');
    expect([walked.values, list.limits]).toEqual([range(0, 20), [20, 20, 10]]);
  });
});
