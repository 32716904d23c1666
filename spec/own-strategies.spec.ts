import { of } from 'rxjs';
import {
  detectPagination,
  linkPagination,
  numberPagination,
  paginate,
  type PageReply,
  type PageRequest,
  type PaginationStrategy,
} from 'paged-observable';

import { walkToEnd } from './support/walk-result';

const PAGES = 4;

/** Pages by number, without a total; the request counts the pages that were asked for. */
function numbered(): { readonly asked: number[]; transport(request: PageRequest): unknown } {
  const asked: number[] = [];
  return {
    asked,
    transport: ({ params }) => {
      const page = Number(params?.['page'] ?? 1);
      asked.push(page);
      const body = { rows: page <= PAGES ? [{ id: page * 2 }, { id: page * 2 + 1 }] : [] };
      return of({ status: 200, headers: {}, url: 'http://api.test/rows', body });
    },
  };
}

/** As a user writes it who has read no more than the interface. */
function own(
  further: (page: number | undefined, reply: PageReply) => object,
  id = 'own',
): PaginationStrategy<unknown, 'number'> {
  return {
    id,
    start: (request) => request,
    at: (request, position) => ({
      ...request,
      params: { ...request.params, page: Number(position) },
    }),
    read: ({ params }, reply) => {
      const page = params?.['page'] === undefined ? undefined : Number(params['page']);
      const { rows } = reply.body as { rows: readonly unknown[] };
      return {
        kind: 'number',
        items: rows,
        next: () => (rows.length === 0 ? undefined : (page ?? 1) + 1),
        ...further(page, reply),
      };
    },
  };
}

const walk = (strategy: PaginationStrategy, options: object = {}) => {
  const { asked, transport } = numbered();
  const list = paginate(transport as never, '/rows', { pagination: strategy, ...options });
  return { asked, list };
};

describe("a strategy of one's own", () => {
  it.each([
    ['none', () => ({}), [1, 2, 3, 4, 5]],
    ['one from page 2 on', (page: number | undefined) => ({ position: page }), [1, 2, 3, 4, 5]],
  ])('walks a counted list whose pages have as position %s', async (_, further, expected) => {
    const { asked, list } = walk(own(further));
    expect(await walkToEnd(list)).toMatchObject({ end: 'complete', values: { length: 8 } });
    expect(asked).toEqual(expected);
  });

  it('is stopped where it goes in circles without a position', async () => {
    const { asked, list } = walk(own((page) => ({ next: () => ((page ?? 1) === 1 ? 2 : 1) })));
    expect((await walkToEnd(list)).end).toBe('LOOP');
    expect(asked.length).toBeLessThan(4);
  });

  it.each([
    ['Number', '"Number"'],
    [undefined, 'undefined'],
  ])('errors where it reads a page of the kind %s, and not silently', async (kind, shown) => {
    for (const wrong of [1, 2]) {
      const { list } = walk(own((page) => ((page ?? 1) === wrong ? { kind } : {})));
      let message = '';
      list.subscribe({ error: (error: unknown) => (message = String(error)) });
      expect((await walkToEnd(list)).end).toBe('BAD_SHAPE');
      expect(message).toContain(
        `The strategy own read a page of the kind ${shown}, which is none of cursor, link, number, offset, single`,
      );
    }
  });

  it('that chooses and names no choices is gone on with from its own tokens', async () => {
    const chosen = own(() => ({}), 'chosen');
    const chooser = own(() => ({ strategy: chosen }), 'chooser');
    const { list } = walk(chooser);
    const tokens: string[] = [];
    await list.pages().forEach(({ resumeToken }) => tokens.push(resumeToken));
    expect(tokens).toHaveLength(5);
    for (const [at, resumeFrom] of tokens.entries()) {
      const rest = await walkToEnd(walk(chooser, { resumeFrom }).list);
      const values = Array.from({ length: Math.max(0, 6 - 2 * at) }, (_, n) => ({
        id: 2 * (at + 2) + n,
      }));
      expect(rest).toMatchObject({ end: 'complete', values });
    }
  });
});

describe('a list of strategies with detection among them', () => {
  const detect = detectPagination();
  const number = numberPagination({ items: '/rows' });
  it.each<[string, readonly PaginationStrategy[]]>([
    ['last', [linkPagination({ items: '/rows' }), detect]],
    ['first', [detect, number]],
    ['alone', [detect]],
  ])('walks with detection %s, and from each of its tokens', async (_, pagination) => {
    const walked = (options: object = {}) => {
      const { transport } = numbered();
      const request = { url: '/rows', params: { page: 1 } };
      return paginate(transport as never, request, { pagination, ...options });
    };
    const all = Array.from({ length: 8 }, (_one, at) => ({ id: at + 2 }));
    expect(await walkToEnd(walked())).toMatchObject({ end: 'complete', values: all });
    const tokens: string[] = [];
    await walked()
      .pages()
      .forEach(({ resumeToken }) => tokens.push(resumeToken));
    for (const [at, resumeFrom] of tokens.entries()) {
      const rest = await walkToEnd(walked({ resumeFrom }));
      expect(rest).toMatchObject({ end: 'complete', values: all.slice(2 * (at + 1)) });
    }
  });
});
