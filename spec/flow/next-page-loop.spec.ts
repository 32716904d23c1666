import { lastValueFrom, of, toArray, type Observable } from 'rxjs';

import {
  cursorPagination,
  isPaginationError,
  linkPagination,
  numberPagination,
  paginate,
  type PageRequest,
  type WalkOptions,
} from 'paged-observable';

import { record } from '../support/recorder';

/** A list whose pages say where others are, by their names; `asked` has the requests. */
function listOf(next: (name: string | undefined) => Record<string, unknown>) {
  const asked: (string | undefined)[] = [];
  const transport = ({ params, url }: PageRequest) => {
    const name = params?.['cursor'] ?? /cursor=(\w+)/.exec(url)?.[1] ?? params?.['page'];
    const text = name === undefined || name === null ? undefined : String(name);
    asked.push(text);
    const body = { data: [`of ${text ?? 'start'}`], ...next(text) };
    return of({ status: 200, headers: {}, url: 'http://api.test/rows', body });
  };
  const pagination = cursorPagination<string>({ items: '/data', next: '/next' });
  const cursors = (options: WalkOptions = {}) =>
    paginate(transport, 'http://api.test/rows', { pagination, ...options });
  return { asked, transport, cursors };
}

interface Followed {
  nextPage(): Observable<Followed>;
  previousPage(): Observable<Followed>;
}

/** Goes from page to page by hand; the pages, and what stopped it. */
async function follow<P extends Followed>(
  from: Observable<P>,
  by: 'nextPage' | 'previousPage' = 'nextPage',
) {
  let [page] = await lastValueFrom(from.pipe(toArray()));
  for (let count = 0; count < 20; count++) {
    if (page === undefined) return { count };
    const seen = record(page[by]() as Observable<P>);
    if (seen.errors.length > 0) return { count, error: seen.error, page };
    page = seen.values[0];
  }
  return { count: 20 };
}

const loops: Record<string, string> = { start: 'A', A: 'B', B: 'C', C: 'A' };

describe('pages asked for one after another by hand', () => {
  it('are LOOP where a page leads to itself, before it is asked for again', async () => {
    const { asked, cursors } = listOf(() => ({ next: 'A' }));
    const { count, error } = await follow(cursors({ maxPages: 1 }).pages());
    expect(error).toMatchObject({ code: 'LOOP', pageIndex: 1, status: 200, attempts: 1 });
    expect([count, asked]).toEqual([1, [undefined, 'A']]);
  });

  it('are LOOP where they lead back to any of those they came by', async () => {
    const { asked, cursors } = listOf((name = 'start') => ({ next: loops[name] }));
    const { error } = await follow(cursors({ maxPages: 1 }).pages());
    expect(error?.code).toBe('LOOP');
    expect(asked).toEqual([undefined, 'A', 'B', 'C']);
  });

  it('go on exactly after the last page with the token of the LOOP', async () => {
    let target = 'A';
    const { cursors } = listOf((name) => ({ next: name === 'Z' ? null : target }));
    const { error } = await follow(cursors({ maxPages: 1 }).pages());
    target = 'Z';
    const rest = record(cursors({ resumeFrom: error?.resumeToken }));
    expect([rest.values, rest.completions]).toEqual([['of Z'], 1]);
  });

  it('are LOOP from any page of a walk, and of none that the walk went on to', async () => {
    const next: Record<string, string | null> = { start: 'A', A: 'B', B: null };
    const { cursors } = listOf((name = 'start') => ({ next: next[name] }));
    const pages = record(cursors().pages()).values;
    expect(pages).toHaveLength(3);
    expect(record(pages[0]!.nextPage()).values.map(({ items }) => items)).toEqual([['of A']]);
    next['B'] = 'A';
    const { error, count } = await follow(of(pages[0]!));
    expect([error?.code, count]).toEqual(['LOOP', 2]);
  });

  it('may be asked for again, from the same page and by the same stream', () => {
    const { asked, cursors } = listOf((name = 'start') => ({ next: loops[name] }));
    const [first] = record(cursors({ maxPages: 1 }).pages()).values;
    const stream = first!.nextPage();
    const [one, same, other] = [stream, stream, first!.nextPage()].map((source) => record(source));
    for (const seen of [one, same, other]) expect(seen?.values[0]?.items).toEqual(['of A']);
    expect(record(same!.values[0]!.nextPage()).values[0]?.items).toEqual(['of B']);
    expect(record(one!.values[0]!.nextPage()).values[0]?.items).toEqual(['of B']);
    expect(asked).toEqual([undefined, 'A', 'A', 'A', 'B', 'B']);
  });

  it.each([
    ['complete', 1],
    ['allow', 20],
  ] as const)('keep to the policy %s', async (onRepeat, count) => {
    let asked = 0;
    const { cursors } = listOf(() => ({ next: 'A', data: [asked++] }));
    const followed = await follow(cursors({ maxPages: 1, onRepeat }).pages());
    expect(followed).toEqual({ count: onRepeat === 'complete' ? count + 1 : count });
  });

  it('are LOOP where a page number brings the same items', async () => {
    const { asked, transport } = listOf(() => ({ data: ['same'] }));
    const pagination = numberPagination<string>({ items: '/data' });
    const list = paginate(transport, 'http://api.test/rows', { pagination, maxPages: 1 });
    const { error } = await follow(list.pages());
    expect(error?.code).toBe('LOOP');
    expect(asked).toHaveLength(2);
  });

  it('lead there and back without being a LOOP', () => {
    const { transport } = listOf((name = '0') => ({
      next: `/rows?cursor=${String(Number(name) + 1)}`,
      prev: `/rows?cursor=${String(Number(name) - 1)}`,
    }));
    const pagination = linkPagination<string>({ items: '/data', next: '/next', prev: '/prev' });
    const list = paginate(transport, 'http://api.test/rows?cursor=7', { pagination, maxPages: 1 });
    let [page] = record(list.pages()).values;
    for (let turn = 0; turn < 3; turn++) {
      [page] = record(page!.nextPage()).values;
      expect(page?.items).toEqual(['of 8']);
      [page] = record(page!.previousPage()).values;
      expect(page?.items).toEqual(['of 7']);
    }
  });

  it('are LOOP where the links to the pages before lead round', async () => {
    const { asked, transport } = listOf((name) => ({
      next: '/rows?cursor=Z',
      prev: `/rows?cursor=${name === 'A' ? 'B' : 'A'}`,
    }));
    const pagination = linkPagination<string>({ items: '/data', next: '/next', prev: '/prev' });
    const list = paginate(transport, 'http://api.test/rows', { pagination, maxPages: 1 });
    const { error } = await follow(list.pages(), 'previousPage');
    expect(isPaginationError(error) && error.code).toBe('LOOP');
    expect(asked).toEqual([undefined, 'A', 'B']);
  });
});
