import { of, take } from 'rxjs';

import {
  cursorPagination,
  linkPagination,
  numberPagination,
  paginate,
  type EndEvent,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import { ListApi, range } from '../support/list-api';
import { ManualClock } from '../support/manual-clock';
import { record } from '../support/recorder';
import { SizedList } from '../support/sized-list';

/** Pages by their name, `1` the first, each with its items and the name of the next; what is not there is status 404. */
type Pages = Record<string, readonly [items: readonly unknown[], next?: string | null]>;

const HOME = 'http://api.test/items';

function listOf(pages: Pages, pagination: PaginationStrategy) {
  const asked: string[] = [];
  const transport: Transport = ({ url, params }) => {
    const name = String(params?.['page'] ?? params?.['cursor'] ?? /\d+$/.exec(url)?.[0] ?? '1');
    asked.push(name);
    const [items, next = null] = pages[name] ?? [];
    const status = items === undefined ? 404 : 200;
    return of({ status, headers: {}, url, body: { items, next } });
  };
  /** Walks, and says what came, how it ended and with which token. */
  const walk = (options: WalkOptions = {}, count = Infinity) => {
    const ends: EndEvent[] = [];
    const next = (event: { readonly type: string }) => {
      if (event.type === 'end') ends.push(event as EndEvent);
    };
    const list = paginate(transport, HOME, { pagination, retry: false, events: { next }, ...options });
    asked.length = 0;
    const { values } = record(list.pipe(take(count)));
    if (options.clock instanceof ManualClock) options.clock.advance(0);
    expect(ends).toHaveLength(1);
    const { resumeToken, endReason, code } = ends[0]!;
    return { values, asked: [...asked], token: resumeToken, end: code ?? endReason };
  };
  return { walk, list: (options: WalkOptions = {}) => paginate(transport, HOME, { pagination, ...options }) };
} // prettier-ignore

const numbers = (options = {}) => numberPagination({ items: '/items', ...options });
const cursors = (options = {}) => cursorPagination({ items: '/items', next: '/next', ...options });

describe('the token of a walk', () => {
  const pages: Pages = { 1: [[1, 2]], 2: [[3, 4]], 3: [[5]] };

  it('that came to the end of a numbered list goes on in its last page, which may be filled up', () => {
    const list = { ...pages };
    const { walk } = listOf(list, numbers({ endStatus: 404 }));
    const first = walk();
    expect([first.end, first.asked]).toEqual(['exhausted', ['1', '2', '3', '4']]);
    list['3'] = [[5, 6]];
    const rest = walk({ resumeFrom: first.token });
    expect([rest.values, rest.asked]).toEqual([[6], ['3', '4']]);
  });

  it('that a cap ended behind a page goes on with the next one', () => {
    const { walk } = listOf(pages, numbers({ endStatus: 404 }));
    const first = walk({ maxPages: 2 });
    expect([first.values, first.end, first.asked]).toEqual([[1, 2, 3, 4], 'limit', ['1', '2']]);
    const rest = walk({ resumeFrom: first.token });
    expect([rest.values, rest.asked]).toEqual([[5], ['3', '4']]);
  });

  it('that was left in a page goes on in it', () => {
    const { walk } = listOf(pages, numbers({ endStatus: 404 }));
    const first = walk({}, 3);
    expect([first.values, first.end]).toEqual([[1, 2, 3], 'unsubscribed']);
    expect(walk({ resumeFrom: first.token }).values).toEqual([4, 5]);
  });

  it.each<[string, PaginationStrategy, Pages, WalkOptions]>([
    ['a request made before', cursors(), { 2: [[3, 4], '2'] }, { onRepeat: 'complete' }],
    ['a request made before', cursors(), { 2: [[3, 4], '2'] }, {}],
    ['the same items', numbers(), { 3: [[3, 4]] }, { onRepeat: 'complete' }],
    ['the same items', numbers(), { 3: [[3, 4]] }, {}],
    ['a foreign place', linkPagination({ items: '/items', next: '/next' }), { 2: [[3, 4], 'http://b.test/3'] }, {}],
    ['too long a place', cursors(), { 2: [[3, 4], '3'.repeat(99)] }, { limits: { cursorBytes: 98 } }],
  ])('whose page leads to %s asks that page again, and goes on where it leads then', (_, pagination, wrong, options) => {
    const next = (name: string) => (pagination.kind === 'link' ? `${HOME}/${name}` : name);
    const right: Pages = { 1: [[1, 2], next('2')], 2: [[3, 4], next('3')], 3: [[5]], 4: [[]] };
    const list = { ...right, ...wrong };
    const { walk } = listOf(list, pagination);
    const first = walk(options);
    expect(first.values).toEqual([1, 2, 3, 4]);
    const still = walk({ ...options, resumeFrom: first.token });
    expect([still.values, still.end, still.asked[0]]).toEqual([[], first.end, '2']);
    Object.assign(list, right);
    const rest = walk({ ...options, resumeFrom: first.token });
    expect([rest.values, rest.asked.slice(0, 2)]).toEqual([[5], ['2', '3']]);
  }); // prettier-ignore

  it.each<WalkOptions>([{ onRepeat: 'complete' }, {}])(
    'asks that page again also where it was left before its repeat was met: %j',
    (options) => {
      const list: Pages = { 1: [[1, 2], '2'], 2: [[3, 4], '2'], 3: [[5]] };
      const { walk } = listOf(list, cursors());
      const first = walk({ ...options, prefetch: 1, clock: new ManualClock() }, 4);
      expect([first.values, first.end, first.asked]).toEqual([[1, 2, 3, 4], 'unsubscribed', ['1', '2']]);
      const still = walk({ ...options, resumeFrom: first.token });
      expect([still.values, still.asked]).toEqual([[], ['2']]);
      list['2'] = [[3, 4], '3'];
      expect(walk({ ...options, resumeFrom: first.token })).toMatchObject({ values: [5], asked: ['2', '3'] });
    }); // prettier-ignore

  it('that was aborted before it began leads to its beginning, or where it was to go on', () => {
    const api = new ListApi([2, 2]);
    const { resumeToken } = record(api.list({ signal: AbortSignal.abort() })).error;
    expect(record(api.list({ resumeFrom: resumeToken })).values).toEqual(range(0, 4));
    const [page] = record(api.list().pages()).values;
    const resumeFrom = page!.resumeToken;
    const later = record(api.list({ resumeFrom, signal: AbortSignal.abort() })).error;
    expect([later.resumeToken, later.itemsEmitted]).toEqual([resumeFrom, 0]);
  });

  it('holds the page size that it had come to, where that adapts', () => {
    const list = new SizedList(200);
    const options = { pageSize: { min: 10, max: 40 } };
    record(list.byOffset(options).pipe(take(75)));
    list.clock.flush();
    expect(list.limits).toEqual([10, 20, 40, 40]);
    const { resumeToken: resumeFrom } = list.events.at(-1) as EndEvent;
    const pages = record(list.byOffset({ ...options, resumeFrom }).pages());
    list.clock.flush();
    expect(list.asked[4]).toEqual([70, 40]);
    expect(pages.values.flatMap(({ items }) => items)).toEqual(range(75, 200));
    // Pages of one size would be told by it.
    expect(pages.values.map(({ totalPages }) => totalPages)).toEqual(
      pages.values.map(() => undefined),
    );
  });

  it('takes no digest of what was handed on unless somebody asks for it', () => {
    let digests = 0;
    const item = { toJSON: () => ++digests };
    const { list } = listOf({ 1: [[item, item], '2'], 2: [[item]] }, cursors());
    record(list().pipe(take(1)));
    record(list());
    expect(digests).toBe(0);
    record(list({ events: { next: () => undefined } }).pipe(take(1)));
    expect(digests).toBe(1);
  });
});

describe('the pages that a walk shows', () => {
  const shown = (pages: Pages, pagination: PaginationStrategy, options: WalkOptions = {}) => {
    const { list } = listOf(pages, pagination);
    return record(list(options).pages()).values.map(({ items }) => items);
  };
  const pages: Pages = { 1: [[1], '2'], 2: [[], '3'], 3: [[3], '4'], 4: [[]] };

  it('are all that came, with items or without', () => {
    expect(shown(pages, cursors())).toEqual([[1], [], [3], []]);
  });

  it('are without an empty one that closes the list, where its protocol means nothing by it', () => {
    expect(shown(pages, cursors({ hideEmpty: true }))).toEqual([[1], [], [3]]);
    expect(shown({ 1: [[]] }, cursors({ hideEmpty: true }))).toEqual([]);
  });

  it('are without the rest of one that was handed on whole before', () => {
    const { walk, list } = listOf({ 1: [[1]], 2: [[2]] }, numbers({ endStatus: 404 }));
    const { token } = walk();
    expect(record(list({ resumeFrom: token }).pages()).notifications).toEqual({
      ...{ values: [], errors: 0, completions: 1 },
    });
  });
});

describe('a walk without anything new', () => {
  it('says how many pages in a row had nothing', () => {
    const { walk, list } = listOf({ 1: [[1], '2'], 2: [[], '3'], 3: [[], '4'], 4: [[4]] }, cursors());
    expect(walk().values).toEqual([1, 4]);
    const { error } = record(list({ limits: { emptyPages: 2 } }));
    expect([error.code, error.itemsEmitted]).toEqual(['STALLED', 1]);
    expect(error.message).toMatch(/^2 pages in a row had nothing new, and the list still goes on \(/);
  }); // prettier-ignore

  it('may have none of them where none is allowed, and any number with items', () => {
    const { walk } = listOf({ 1: [[1], '2'], 2: [[2], '3'], 3: [[], '4'] }, cursors());
    const limits = { emptyPages: 0 };
    expect(walk({ limits })).toMatchObject({ values: [1, 2], end: 'STALLED', asked: ['1', '2', '3'] });
  }); // prettier-ignore
});
