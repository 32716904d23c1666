import { inspect } from 'node:util';

import { DemandObservable } from '../../lib/core/demand-observable';
import type { Page, PageContext } from '../../lib/core/page';
import type { PageReading } from '../../lib/core/pagination-strategy';
import type { Step } from '../../lib/core/step';
import { PageFace } from '../../lib/core/page-face';
import { withSecrets } from '../../lib/core/secrets';
import { singlePage } from '../../lib/strategy/single-page';
import { pageOf, readingOf, stepOf } from '../support/page-of';
import { replyOf } from '../support/reply-of';

/** A page as its consumer sees it. */
function faceOf(...parts: Parameters<typeof pageOf>): PageFace {
  const page: Page = pageOf(...parts);
  if (page instanceof PageFace) return page;
  throw new Error('Expected a page with a face');
}

const url = 'https://api.test/items';
const atEnd = { advance: () => undefined, token: () => '' };

describe('the number of pages', () => {
  const pagesOf = (parts: Partial<PageReading>, context: Partial<PageContext> = {}) =>
    faceOf({ ...readingOf('offset', []), ...parts }, {}, { context }).totalPages;

  it.each<readonly [string, Partial<PageReading>, number | undefined]>([
    ['what the server says', { totalPages: 7, totalCount: 20, limit: 5 }, 7],
    ['0 where the server says so', { totalPages: 0, totalCount: 20, limit: 5 }, 0],
    ['the total by the limit', { totalCount: 20, limit: 5 }, 4],
    ['one more for a rest', { totalCount: 21, limit: 5 }, 5],
    ['0 for no items', { totalCount: 0, limit: 5 }, 0],
    ['unknown without a total', { limit: 5 }, undefined],
    ['unknown without a limit', { totalCount: 20 }, undefined],
    ['unknown with a limit of 0', { totalCount: 20, limit: 0 }, undefined],
    ['unknown with a limit below', { totalCount: 20, limit: -5 }, undefined],
  ])('is %s', (_, parts, expected) => {
    expect(pagesOf(parts)).toBe(expected);
  });

  it('is unknown where the limit changes from page to page, unless the server says it', () => {
    expect(pagesOf({ totalCount: 20, limit: 5 }, { isSized: true })).toBeUndefined();
    expect(pagesOf({ totalPages: 7, limit: 5 }, { isSized: true })).toBe(7);
  });
});

describe('the page before a page', () => {
  /** What the pages before are asked for by, and whether there is one. */
  function previousOf(
    reading: Partial<PageReading>,
    step: Partial<Step> = {},
    places?: readonly number[],
  ) {
    const asked: (readonly [Step, number | undefined])[] = [];
    const pagesAt: PageContext['pagesAt'] = (from, items) => {
      asked.push([from, items]);
      return new DemandObservable(() => ({ more: () => undefined, stop: () => undefined }));
    };
    const page = faceOf(
      { ...readingOf('link', ['a', 'b']), ...reading },
      step,
      { context: { ...atEnd, pagesAt }, reply: replyOf(null, { url }), places },
    ); // prettier-ignore
    const { hasPreviousPage } = page;
    page.previousPage();
    const [[from, items] = []] = asked;
    return { hasPreviousPage, from, items, calls: asked.length };
  }
  const start = { taken: 0, digest: undefined, pages: 0, items: 0 };

  it('is where its strategy says', () => {
    const strategy = singlePage();
    const previous = () => ({ position: '/before', items: 3 });
    const { hasPreviousPage, from, items, calls } = previousOf({ previous }, { strategy });
    expect([hasPreviousPage, items, calls]).toEqual([true, 3, 1]);
    expect(from).toEqual({ ...start, strategy, position: '/before' });
  });

  it('is looked for once the next one is known, by which a choice of strategies is made', () => {
    const order: string[] = [];
    const note = (what: string) => () => void order.push(what);
    const previous = () => {
      order.push('previous');
      return undefined;
    };
    const reading = { ...readingOf('link', []), previous };
    const page = faceOf(reading, {}, { context: { ...atEnd, advance: note('next') } });
    expect(page.hasPreviousPage).toBe(false);
    expect(order).toEqual(['next', 'previous']);
  });

  it('is asked for by the strategy that was chosen on the page', () => {
    const [strategy, chosen] = [singlePage(), singlePage()];
    const previous = () => ({ position: '/before' });
    const { from, items } = previousOf({ previous, strategy: chosen }, { strategy });
    expect(from?.strategy).toBe(chosen);
    expect(items).toBeUndefined();
  });

  it('may be the first of the request, which has no position', () => {
    const { hasPreviousPage, from, items } = previousOf({ previous: () => ({ items: 2 }) });
    expect([hasPreviousPage, from?.position, items]).toEqual([true, undefined, 2]);
  });

  it.each<readonly [string, Partial<PageReading>]>([
    ['its strategy tells none', {}],
    ['its strategy finds none', { previous: () => undefined }],
    ['it is its own position', { previous: () => ({ position: 'c7' }) }],
    ['it is its own URL', { previous: () => ({ position: url }) }],
  ])('is none where %s', (_, reading) => {
    const { hasPreviousPage, from, items } = previousOf(reading, { position: 'c7' });
    expect([hasPreviousPage, from?.position, items]).toEqual([false, undefined, 0]);
  });

  it('is the beginning of the page where the walk began behind that', () => {
    const previous = () => ({ position: '/before' });
    const within = { position: 'c7', taken: 2 };
    expect(previousOf({ previous }, within)).toMatchObject({
      ...{ hasPreviousPage: true, items: 2, calls: 1 },
      from: { ...start, position: 'c7' },
    });
    expect(previousOf({ previous }, within, [4, 5])).toMatchObject({ items: 4 });
    expect(previousOf({ previous }, { position: 'c7' }, [1])).toMatchObject({
      ...{ items: 1, from: { position: 'c7' } },
    });
  });

  it('is told by the strategy where the page has nothing new', () => {
    const previous = () => ({ position: '/before', items: 3 });
    expect(previousOf({ previous }, {}, [])).toMatchObject({ items: 3 });
    expect(previousOf({ previous }, {}, [0, 1])).toMatchObject({ items: 3 });
  });
});

describe('a page as text', () => {
  const leadingTo = (position: Step['position']) => ({
    ...atEnd,
    advance: () => stepOf({ position }),
  });

  it.each<readonly [PageReading['kind'], Step['position'], Step['position'], object]>([
    ['cursor', 'c1', 'c2', { cursor: 'c1', nextCursor: 'c2' }],
    ['cursor', 0, { a: 1 }, { cursor: 0, nextCursor: { a: 1 } }],
    ['link', 'l1', 'l2', { link: 'l1', nextLink: 'l2', prevLink: 'p', firstLink: 'f', lastLink: 'l', deltaLink: 'd' }],
    ['link', 1, 2, { prevLink: 'p', firstLink: 'f', lastLink: 'l', deltaLink: 'd' }],
    ['number', 3, 4, { pageNumber: 3, nextPageNumber: 4 }],
    ['number', '3', '4', { pageNumber: 3, nextPageNumber: 4 }],
    ['number', undefined, 2, { pageNumber: 0, nextPageNumber: 2 }],
    ['offset', 20, 40, { offset: 20, nextOffset: 40 }],
    ['offset', undefined, undefined, { offset: 0 }],
    ['single', undefined, undefined, {}],
  ])('has where it is and where the next one is: %s at %j', (kind, position, next, places) => {
    const links = () => ({ prev: 'p', first: 'f', last: 'l', delta: 'd' });
    const context = next === undefined ? atEnd : leadingTo(next);
    const page = faceOf({ ...readingOf(kind, [7]), links }, { position }, { context });
    const { status, headers, request, index, items, progress, hasNextPage, ...rest } = page.toJSON();
    expect({ status, headers, request, index, items, progress, hasNextPage }).toEqual({
      ...{ status: 200, headers: {}, request: { method: 'GET', url: '/items' }, index: 0, items: [7] },
      ...{ progress: { pages: 1, items: 1 }, hasNextPage: next !== undefined },
    });
    expect(rest).toEqual({ kind, ...places });
  }); // prettier-ignore

  it('has no links where its strategy reads none', () => {
    const page = faceOf(readingOf('link', []), {}, { context: atEnd });
    expect(JSON.parse(JSON.stringify(page))).not.toHaveProperty('prevLink');
  });

  it('gives nothing away of what was sent, of cookies and of signatures', () => {
    const headers = {
      'set-cookie': 'planted-cookie',
      'x-echo': 'of planted-key, of planted-told',
      link: `<${url}?sig=planted-signature>; rel="next"`,
    };
    const page = faceOf(
      readingOf('link', []),
      { position: `${url}?page=1&who=planted-key` },
      {
        context: leadingTo(`${url}?page=2&sig=planted-signature&who=planted-told`),
        reply: withSecrets({ ...replyOf(null), headers }, () => ['planted-told']),
        request: { url, headers: { 'x-api-key': 'planted-key' } },
      },
    );
    const shown = page.toJSON();
    expect(shown).toMatchObject({
      headers: { 'x-echo': 'of ***, of ***', link: `<${url}?sig=***>; rel="next"` },
      link: `${url}?page=1&who=***`,
      nextLink: `${url}?page=2&sig=***&who=***`,
      request: { method: 'GET', url },
    });
    expect(shown['headers']).not.toHaveProperty('set-cookie');
    for (const text of [JSON.stringify(page), inspect(page, { depth: 9 })]) {
      expect(text).toContain('x-echo');
      expect(text).not.toContain('planted');
    }
  });
});
