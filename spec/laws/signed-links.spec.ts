import fc from 'fast-check';
import { lastValueFrom, of, take, toArray } from 'rxjs';

import type { PagedObservable } from '../../lib/core/paged-observable';
import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport } from '../../lib/core/transport';
import type { WalkEvent } from '../../lib/core/walk-event';
import { paginate } from '../../lib/paginate';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { pagesOf, type ListItem } from '../support/list-shapes';
import { everythingIn, marksIn, opened } from '../support/secret-search';
import { walkToEnd } from '../support/walk-result';

const LIST = 'http://api.test/items';
const MARK = 'zq-signed';
const OWN = 'zq-own-key-of-ours';

/** How the server writes what only its links carry, of the page in this place. */
const signatures: Readonly<Record<string, (at: number) => string>> = {
  sig: (at) => `part=${String(at)}&sig=${MARK}${String(at)}`,
  'X-Amz-Signature': (at) => `part=${String(at)}&X-Amz-Signature=${MARK}${String(at)}%2B%2F%3D`,
  'a token that is the position': (at) => `token=${MARK}${String(at)}`,
  access_token: (at) => `access_token=${MARK}${String(at)}&part=${String(at)}`,
  'a name that is encoded': (at) => `part=${String(at)}&%73ig=${MARK}${String(at)}`,
  'a header sent back under another name': (at) => `part=${String(at)}&who=${OWN}`,
};
const plain = (at: number) => `part=${String(at)}`;

interface Signed {
  readonly pages: readonly (readonly ListItem[])[];
  /** Whether the link to the page in this place is signed. */
  readonly isSigned: (at: number) => boolean;
  readonly query: (at: number) => string;
}

/** A list whose pages answer only to the very link that was given for them. */
class SignedServer {
  list: Signed;
  readonly asked: number[] = [];
  /** The place that fails, for good. */
  broken: number | undefined;

  constructor(list: Signed) {
    this.list = list;
  }

  get ids(): number[] {
    return this.list.pages.flat().map(({ id }) => id);
  }

  readonly transport: Transport = (request: PageRequest) => {
    const { pages } = this.list;
    const url = requestUrl(request);
    const at = pages.findIndex((_, place) => this.#linkTo(place) === url);
    this.asked.push(at);
    if (at === -1 || at === this.broken) {
      return of({ status: 403, headers: {}, url, body: { error: `no access by ${url}` } });
    }
    const next = at + 1 < pages.length ? this.#linkTo(at + 1) : null;
    return of({ status: 200, headers: {}, url, body: { items: pages[at], next } });
  };

  #linkTo(at: number): string {
    if (at === 0) return LIST;
    const { query, isSigned } = this.list;
    return `${LIST}?${isSigned(at) ? query(at) : plain(at)}`;
  }
}

function walked(list: Signed, options = {}) {
  const server = new SignedServer(list);
  const paged = paginate<ListItem>(
    server.transport,
    { url: LIST, headers: { 'x-key': OWN } },
    { pagination: linkPagination<ListItem>({ items: '/items', next: '/next' }), ...options },
  );
  return { server, paged };
}

const idsOf = (items: readonly ListItem[]) => items.map(({ id }) => id);
const leaksIn = (text: string) => marksIn(text, [MARK, OWN]);

/** Where a walk after so many items goes on: the page, and the last one up to it whose link is not signed. */
function placeAfter({ pages, isSigned }: Signed, count: number) {
  let at = 0;
  let left = count;
  while (at < pages.length - 1 && left > 0 && left >= pages[at]!.length)
    left -= pages[at++]!.length;
  let from = at;
  while (from > 0 && isSigned(from)) from--;
  return { at, from };
}

const rangeOf = (from: number, end: number) =>
  Array.from({ length: Math.max(0, end - from) }, (_, n) => from + n);

type Cut = (list: PagedObservable<ListItem>, count: number, before: number) => Promise<string>;

const cuts: Readonly<Record<string, Cut>> = {
  maxItems: async (list, count, before) =>
    (await walkToEnd(list, { maxItems: before + count })).event.resumeToken,
  unsubscribe: (list, count) => {
    const tokens: string[] = [];
    const next = (event: WalkEvent) => {
      if (event.type === 'end') tokens.push(event.resumeToken);
    };
    list.with({ events: { next } }).pipe(take(count)).subscribe();
    return Promise.resolve(tokens[0] ?? '');
  },
  'the page itself': async (list, count) => {
    let left = count;
    let token = '';
    await list.pages().forEach((page) => {
      if (left <= 0) return;
      token = page.resumeTokenAfter(Math.min(left, page.items.length));
      left -= page.items.length;
    });
    return token;
  },
};

const lists = fc
  .record({
    sizes: fc
      .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 })
      .filter((sizes) => sizes.some((size) => size > 0)),
    signed: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    how: fc.constantFrom(...Object.keys(signatures)),
  })
  .map(({ sizes, signed, how }): Signed => ({
    pages: pagesOf(sizes),
    isSigned: (at) => signed[at] === true,
    query: signatures[how]!,
  }));
const ways = fc.constantFrom(...Object.keys(cuts));

describe.each(Object.keys(signatures))('a walk over links signed by %s', (how) => {
  const list: Signed = { pages: pagesOf([2, 0, 3, 1, 2]), isSigned: () => true, query: signatures[how]! }; // prettier-ignore

  it('goes on exactly from a token that holds no secret, asking for every page again', async () => {
    for (let count = 1; count <= 8; count++) {
      const { server, paged } = walked(list);
      const { event } = await walkToEnd(paged, { maxItems: count });
      expect(leaksIn(opened(event.resumeToken))).toEqual([]);

      server.asked.length = 0;
      const rest = await walkToEnd(paged, { resumeFrom: event.resumeToken });
      expect([idsOf(rest.values), rest.end]).toEqual([rangeOf(count, 8), 'complete']);
      expect(server.asked).toEqual([0, 1, 2, 3, 4]);
      expect(rest.event).toMatchObject({ pages: 5, items: 8, attempts: 5, duplicates: 0 });
    }
  });

  it('shows it nowhere when a page fails', async () => {
    const { server, paged } = walked(list);
    server.broken = 2;
    const events: unknown[] = [];
    const watched = paged.with({ events: { next: (event) => events.push(event) } });
    const error: unknown = await watched
      .forEach(() => undefined)
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'HTTP_STATUS', pageIndex: 2, itemsEmitted: 2 });
    expect(leaksIn(everythingIn([error, events]))).toEqual([]);
    expect(leaksIn(opened((error as { resumeToken: string }).resumeToken))).toEqual([]);
  });

  it('does not show it in pages that are logged', async () => {
    const { paged } = walked(list);
    const pages = await lastValueFrom(paged.pages().pipe(toArray()));
    const shown = pages.map((page) => JSON.stringify(page) + opened(page.resumeToken)).join();

    expect(leaksIn(shown)).toEqual([]);
    expect(pages[1]).toMatchObject({ link: expect.stringContaining('?') as string });
  });
});

describe('a token over signed links', () => {
  it('goes on with exactly the rest, from the last link without a secret, whatever was cut where', async () => {
    const cases = fc.record({ list: lists, way: ways, part: fc.double({ min: 0, max: 1, noNaN: true }) }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(cases, async ({ list, way, part }) => {
        const { server, paged } = walked(list);
        const { ids } = server;
        const count = Math.max(1, Math.round(part * ids.length));
        const whole = await lastValueFrom(paged.pages().pipe(toArray()));
        const token = await cuts[way]!(paged, count, 0);
        expect(leaksIn(opened(token))).toEqual([]);

        server.asked.length = 0;
        const rest = await walkToEnd(paged, { resumeFrom: token });
        expect([idsOf(rest.values), rest.end]).toEqual([ids.slice(count), 'complete']);
        const { at, from } = placeAfter(list, count);
        expect(server.asked).toEqual(rangeOf(from, list.pages.length));
        const [pages, items] = [list.pages.length, ids.length];
        const attempts = pages - from;
        expect(rest.event).toMatchObject({ pages, items, attempts, duplicates: 0 });

        const seen = await lastValueFrom(paged.with({ resumeFrom: token }).pages().pipe(toArray()));
        const facts = ({ index, items: some, progress }: (typeof seen)[number]) =>
          [index, idsOf(some), progress.pages, progress.items] as const;
        const shown = whole.map(facts).map(([index, some, ...progress]) => {
          const kept = index === at ? some.filter((id) => id >= ids[count - 1]! + 1) : some;
          return [index, kept, ...progress];
        });
        const left = seen.map(facts);
        // The rest of the page it was cut in is shown only if there is any; an empty page is one of its own.
        const wanted = shown.slice(at).filter(([index, some]) => index !== at || (some as unknown[]).length > 0 || list.pages[at]!.length === 0); // prettier-ignore
        expect(left).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('can be cut again and again, on the way to its place too', async () => {
    const chain = fc.array(
      fc.record({ way: ways, more: fc.integer({ min: 1, max: 5 }), breakAt: fc.nat({ max: 6 }) }),
      { minLength: 2, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(lists, chain, async (list, steps) => {
        const { server, paged } = walked(list);
        const { ids } = server;
        let from = paged;
        let done = 0;
        for (const { way, more, breakAt } of steps) {
          // A walk that fails on its way leaves the token it was given, or one further on.
          server.broken = breakAt;
          const failed = await walkToEnd(from);
          server.broken = undefined;
          expect(idsOf(failed.values)).toEqual(ids.slice(done, done + failed.values.length));
          expect(leaksIn(opened(failed.event.resumeToken))).toEqual([]);
          from = paged.with({ resumeFrom: failed.event.resumeToken });
          done += failed.values.length;
          if (done + more > ids.length) break;
          from = paged.with({ resumeFrom: await cuts[way]!(from, more, done) });
          done += more;
        }
        const rest = await walkToEnd(from);
        expect([idsOf(rest.values), rest.end]).toEqual([ids.slice(done), 'complete']);
        expect(rest.event.items).toBe(ids.length);
      }),
      { numRuns: 200 },
    );
  });

  it('goes on exactly where the same items come in other pages', async () => {
    const ends = fc.array(fc.nat({ max: 20 }), { maxLength: 7 });
    /** A list of twenty items, cut at these places. */
    const cutAt = (places: readonly number[]) => {
      const sorted = [...places].sort((a, b) => a - b);
      return pagesOf([...sorted, 20].map((end, n) => end - (sorted[n - 1] ?? 0)));
    };
    await fc.assert(
      fc.asyncProperty(ends, ends, fc.integer({ min: 1, max: 20 }), async (one, other, count) => {
        const query = signatures['sig']!;
        const { server, paged } = walked({ pages: cutAt(one), isSigned: () => true, query });
        fc.pre(placeAfter(server.list, count).at > 0); // on page 1 the page itself must be the same
        const { event } = await walkToEnd(paged, { maxItems: count });
        server.list = { ...server.list, pages: cutAt(other) };

        const rest = await walkToEnd(paged, { resumeFrom: event.resumeToken });
        expect([idsOf(rest.values), rest.end]).toEqual([rangeOf(count, 20), 'complete']);
      }),
      { numRuns: 300 },
    );
  });

  it('is DRIFT, with nothing handed on, where the items before its place are others', async () => {
    const change = fc.record({
      list: lists,
      count: fc.nat({ max: 30 }),
      victim: fc.nat({ max: 30 }),
      how: fc.constantFrom('changed', 'taken out', 'put in', 'cut off'),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ list, count: some, victim, how }) => {
        const { server, paged } = walked({ ...list, isSigned: () => true });
        const { ids } = server;
        const count = 1 + (some % ids.length);
        const { at } = placeAfter(server.list, count);
        fc.pre(at > 0); // on page 1 it is the digest of the page, as ever
        const { event } = await walkToEnd(paged, { maxItems: count });
        const id = ids[victim % count]!;
        const changed = {
          changed: (item: ListItem) => [{ id: item.id + 1000 }],
          'taken out': () => [],
          'put in': (item: ListItem) => [{ id: -1 }, item],
          'cut off': () => [],
        }[how];
        const pages = list.pages.map((page) =>
          page.flatMap((item) =>
            how === 'cut off' && item.id > id ? [] : item.id === id ? changed(item) : [item],
          ),
        );
        server.list = { ...server.list, pages };

        const rest = await walkToEnd(paged, { resumeFrom: event.resumeToken });
        expect([rest.values, rest.end]).toEqual([[], 'DRIFT']);
        expect(rest.error).toMatchObject({ itemsEmitted: count, resumeToken: event.resumeToken });
      }),
      { numRuns: 300 },
    );
  });

  it('stays as small however long the way, which may be longer than empty pages may follow each other', async () => {
    const pages = pagesOf(Array.from({ length: 400 }, () => 2));
    const { server, paged } = walked({ pages, isSigned: () => true, query: signatures['sig']! });
    const near = (await walkToEnd(paged, { maxItems: 5 })).event.resumeToken;
    const far = (await walkToEnd(paged, { maxItems: 795 })).event.resumeToken;
    expect(far.length - near.length).toBeLessThan(12);

    server.asked.length = 0;
    const rest = await walkToEnd(paged, { resumeFrom: far });
    expect([idsOf(rest.values), rest.end]).toEqual([[795, 796, 797, 798, 799], 'complete']);
    expect(server.asked).toEqual(rangeOf(0, 400));
  });

  it('leads to the very page that failed, past empty ones before it', async () => {
    const pages = pagesOf([2, 0, 0, 3, 0, 1]);
    for (let at = 1; at < pages.length; at++) {
      const { server, paged } = walked({ pages, isSigned: () => true, query: signatures['sig']! });
      const whole = await lastValueFrom(paged.pages().pipe(toArray()));
      server.broken = at;
      const { error } = await walkToEnd(paged);
      server.broken = undefined;
      const resumed = paged.with({ resumeFrom: error!.resumeToken });
      const rest = await lastValueFrom(resumed.pages().pipe(toArray()));

      const facts = (each: typeof rest) => each.map(({ index, items }) => [index, idsOf(items)]);
      expect([at, ...facts(rest)]).toEqual([at, ...facts(whole).slice(at)]);
    }
  });

  it('asks for nothing where a cap was reached already', async () => {
    const list = { pages: pagesOf([2, 2, 2]), isSigned: () => true, query: signatures['sig']! };
    const { server, paged } = walked(list);
    const { event } = await walkToEnd(paged, { maxItems: 4 });
    server.asked.length = 0;

    const items = await walkToEnd(paged, { resumeFrom: event.resumeToken, maxItems: 4 });
    const pages = await walkToEnd(paged, { resumeFrom: event.resumeToken, maxPages: 2 });
    expect([items.values, pages.values, server.asked]).toEqual([[], [], []]);
    expect([items.event.resumeToken, pages.event.resumeToken]).toEqual([
      event.resumeToken,
      event.resumeToken,
    ]);
    const more = await walkToEnd(paged, { resumeFrom: event.resumeToken, maxItems: 5 });
    expect([idsOf(more.values), more.event.endReason]).toEqual([[4], 'limit']);
  });

  it('drops by key what was handed on before its place', async () => {
    const repeated = [
      [0, 1],
      [1, 2, 3],
      [3, 0, 4],
      [4, 5],
    ].map((page) => page.map((id) => ({ id })));
    for (let count = 1; count <= 6; count++) {
      const { paged } = walked(
        { pages: repeated, isSigned: () => true, query: signatures['sig']! },
        { key: '/id' },
      );
      const { event } = await walkToEnd(paged, { maxItems: count });
      const rest = await walkToEnd(paged, { resumeFrom: event.resumeToken });
      expect([idsOf(rest.values), rest.end]).toEqual([rangeOf(count, 6), 'complete']);
    }
  });

  it('tells every request on the way in events, under the index of the page it leads to', async () => {
    const list = { pages: pagesOf([2, 2, 2, 2]), isSigned: () => true, query: signatures['sig']! };
    const { paged } = walked(list);
    const { event } = await walkToEnd(paged, { maxItems: 5 });
    const told: unknown[] = [];
    const next = (one: WalkEvent) => {
      if (one.type === 'request') told.push(['request', one.index]);
      if (one.type === 'page') told.push(['page', one.index, one.items]);
    };
    await paged.with({ resumeFrom: event.resumeToken, events: { next } }).forEach(() => undefined);

    expect(told).toEqual([
      ...[0, 1].flatMap(() => [['request', 2], ['page', 2, 0]]), // prettier-ignore
      ['request', 2],
      ['page', 2, 1],
      ['request', 3],
      ['page', 3, 2],
    ]);
  });
});

describe('a walk over signed links in the same process', () => {
  const list = { pages: pagesOf([2, 2, 2]), isSigned: () => true, query: signatures['sig']! };

  it('asks a failed page again and not those before it', async () => {
    const { server, paged } = walked(list);
    const iterator = paged[Symbol.asyncIterator]();
    server.broken = 2;
    const got: unknown[] = [];
    for (let n = 0; n < 4; n++) got.push((await iterator.next()).value);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'HTTP_STATUS' });
    server.broken = undefined;
    got.push((await iterator.next()).value);

    expect(got).toEqual(list.pages.flat().slice(0, 5));
    expect(server.asked).toEqual([0, 1, 2, 2]);
  });

  it('gives the next page of a page by its link', async () => {
    const { server, paged } = walked(list);
    const first = await lastValueFrom(paged.pages().pipe(take(1)));
    const second = await lastValueFrom(first.nextPage());
    const third = await lastValueFrom(second.nextPage());

    expect([second.items, third.items]).toEqual([list.pages[1], list.pages[2]]);
    expect(server.asked).toEqual([0, 1, 2]);
    server.asked.length = 0;
    const rest = await walkToEnd(paged, { resumeFrom: second.resumeTokenAfter(1) });
    expect([idsOf(rest.values), server.asked]).toEqual([
      [3, 4, 5],
      [0, 1, 2],
    ]);
  });
});
