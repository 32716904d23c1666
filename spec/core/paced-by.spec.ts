import { map, Observable, of, throwError } from 'rxjs';

import {
  cursorPagination,
  paginate,
  type EndEvent,
  type PageReply,
  type PageRequest,
  type PagedObservable,
  type WalkOptions,
} from 'paged-observable';

import { ListApi } from '../support/list-api';
import { marbles } from '../support/marbles';
import { record } from '../support/recorder';

/** Pages of one item each: the letter that the marbles emit. */
function letters(
  pages: readonly Observable<string>[],
  options: WalkOptions,
): PagedObservable<string> {
  const transport = (request: PageRequest): Observable<PageReply> => {
    const page = Number(request.params?.['cursor'] ?? 0);
    return pages[page]!.pipe(
      map((letter) => ({
        status: 200,
        headers: {},
        url: 'http://api.test/',
        body: { items: [letter], next: page + 1 < pages.length ? page + 1 : null },
      })),
    );
  };
  const pagination = cursorPagination<string>({ items: '/items', next: '/next' });
  return paginate(transport, 'http://api.test/', { ...options, pagination });
}

describe('a walk with a notifier', () => {
  it(
    'asks for page 1 at once and for one more with each emission',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold(' --(a|)                ');
      const b = cold('       --(b|)          ');
      const c = cold('               -(c|)   ');
      const more = hot('-----x-------x-------');
      const expected = '--a----b------(c|)   ';
      expectObservable(letters([a, b, c], { pacedBy: more, clock })).toBe(expected);
      expectSubscriptions(a.subscriptions).toBe('^-!');
      expectSubscriptions(b.subscriptions).toBe('-----^-!');
      expectSubscriptions(c.subscriptions).toBe('-------------^!');
      expectSubscriptions(more.subscriptions).toBe('^-------------!');
    }),
  );

  it(
    'drops emissions while a page is on its way',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold(' ----(a|)          ');
      const b = cold('       ----(b|)    ');
      const c = cold('                -(c|)');
      const more = hot('xx-x--xxxx-----x-');
      const expected = '----a-----b-----(c|)';
      expectObservable(letters([a, b, c], { pacedBy: more, clock })).toBe(expected);
      expectSubscriptions(b.subscriptions).toBe('------^---!');
      expectSubscriptions(c.subscriptions).toBe('---------------^!');
    }),
  );

  it(
    'completes by itself at the end of the list, without another emission',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)');
      const b = cold('     -(b|)');
      const more = hot('---x------x');
      expectObservable(letters([a, b], { pacedBy: more, clock })).toBe('-a--(b|)');
      expectSubscriptions(more.subscriptions).toBe('^---!');
    }),
  );

  it(
    'completes after the page on its way when the notifier completes',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)');
      const b = cold('     ----(b|)');
      const c = cold('             -(c|)');
      const more = hot('---x-|     ');
      expectObservable(letters([a, b, c], { pacedBy: more, clock })).toBe('-a-----(b|)');
      expectSubscriptions(b.subscriptions).toBe('---^---!');
      expectSubscriptions(c.subscriptions).toBe([]);
    }),
  );

  it(
    'completes at once when the notifier completes and no page is on its way',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)');
      const b = cold('     -(b|)');
      const more = hot('-----|');
      expectObservable(letters([a, b], { pacedBy: more, clock })).toBe('-a---|');
      expectSubscriptions(b.subscriptions).toBe([]);
    }),
  );

  it(
    'gives page 1 when the notifier is empty',
    marbles(({ clock, cold, expectObservable }) => {
      const pages = [cold('--(a|)'), cold('-(b|)')];
      expectObservable(letters(pages, { pacedBy: cold('|'), clock })).toBe('--(a|)');
    }),
  );

  it(
    'errors with the error of the notifier and aborts the page on its way',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)');
      const b = cold('     ------(b|)');
      const more = hot('---x--#');
      expectObservable(letters([a, b], { pacedBy: more, clock })).toBe('-a----#');
      expectSubscriptions(b.subscriptions).toBe('---^--!');
      expectSubscriptions(more.subscriptions).toBe('^-----!');
    }),
  );

  it(
    'waits for ever for a notifier that never emits',
    marbles(({ clock, cold, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)');
      const b = cold('     -(b|)');
      const more = cold('----');
      const unsub = '    ---------!';
      expectObservable(letters([a, b], { pacedBy: more, clock }), unsub).toBe('-a');
      expectSubscriptions(b.subscriptions).toBe([]);
      expectSubscriptions(more.subscriptions).toBe('^--------!');
    }),
  );

  it(
    'leaves the notifier and the page on its way when it is left',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)');
      const b = cold('     -----(b|)');
      const more = hot('---x------');
      const unsub = '   -----!    ';
      expectObservable(letters([a, b], { pacedBy: more, clock }), unsub).toBe('-a');
      expectSubscriptions(b.subscriptions).toBe('---^-!');
      expectSubscriptions(more.subscriptions).toBe('^----!');
    }),
  );

  it(
    'fetches ahead with prefetch but holds the pages until it is told',
    marbles(({ clock, cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)            ');
      const b = cold('   --(b|)          ');
      const c = cold('          -(c|)    ');
      const more = hot('--------x---x----');
      // The page asked for ahead is there already.
      const expected = '-a------b---(c|) ';
      expectObservable(letters([a, b, c], { pacedBy: more, clock, prefetch: 1 })).toBe(expected);
      expectSubscriptions(b.subscriptions).toBe('-^-!');
      expectSubscriptions(c.subscriptions).toBe('--------^!');
    }),
  );

  it(
    'holds the failure of a page fetched ahead until that page is due',
    marbles(({ clock, cold, hot, expectObservable }) => {
      const a = cold('  -(a|)      ');
      const b = cold('   -#        ');
      const more = hot('--------x--');
      const codes = letters([a, b], { pacedBy: more, clock, prefetch: 1 });
      expectObservable(codes).toBe(
        '-a------#',
        undefined,
        expect.objectContaining({ code: 'PROTOCOL' }),
      );
    }),
  );

  it(
    'gives each subscriber a notifier of its own',
    marbles(({ clock, cold, expectObservable, expectSubscriptions }) => {
      const a = cold('-(a|)');
      const b = cold('-(b|)');
      const more = cold('---x');
      const list = letters([a, b], { pacedBy: more, clock });
      expectObservable(list, '^').toBe('-a--(b|)');
      expectObservable(list, '-----^').toBe('------a--(b|)');
      expectSubscriptions(more.subscriptions).toBe(['^---!', '-----^---!']);
    }),
  );

  it('drops what the notifier emits while it is subscribed to', () => {
    const api = new ListApi([1, 1, 1]);
    const ends: EndEvent[] = [];
    const seen = record(
      api.list({
        pacedBy: of(1, 2, 3),
        events: { next: (event) => event.type === 'end' && ends.push(event) },
      }),
    );
    expect(seen.notifications).toEqual({ values: [0], errors: 0, completions: 1 });
    expect(ends.map(({ endReason, pages, items }) => ({ endReason, pages, items }))).toEqual([
      { endReason: 'limit', pages: 1, items: 1 },
    ]);
    const rest = record(api.list({ resumeFrom: ends[0]!.resumeToken }));
    expect(rest.notifications).toEqual({ values: [1, 2], errors: 0, completions: 1 });
    expect(api.asked).toEqual([0, 1, 2]);
  });

  it('makes no request when the notifier fails while it is subscribed to', () => {
    const api = new ListApi([1, 1]);
    const failure = new Error('notifier');
    const seen = record(api.list({ pacedBy: throwError(() => failure) }));
    expect(seen.errors).toEqual([failure]);
    expect(api.asked).toEqual([]);
  });

  it('leaves the notifier where it is left while that is subscribed to', () => {
    const abort = new AbortController();
    let left = 0;
    const pacedBy = new Observable<void>((subscriber) => {
      abort.abort();
      subscriber.next();
      return () => {
        left++;
      };
    });
    const api = new ListApi([1, 1]);
    const seen = record(api.list({ pacedBy, signal: abort.signal }));
    expect(seen.error.code).toBe('ABORTED');
    expect([api.asked, left]).toEqual([[], 1]);
  });
});
