import { of } from 'rxjs';

import {
  cursorPagination,
  linkPagination,
  offsetPagination,
  paginate,
  type PageRequest,
  type Transport,
  type TransportLimits,
  type WalkLimits,
  type WalkOptions,
} from 'paged-observable';

import { record } from '../support/recorder';
import { walkToEnd } from '../support/walk-result';

const KIBIBYTE = 1024;
const url = 'http://api.test/items';

/** Page 1 leads to page 2 by this cursor, link or header. */
function twoPages(next: unknown, headers: Record<string, string> = {}) {
  const asked: PageRequest[] = [];
  const transport: Transport = (request) => {
    const isFirst = asked.push(request) === 1;
    return of({
      status: 200,
      headers: isFirst ? headers : {},
      url,
      body: { items: [asked.length], next: isFirst ? next : null },
    });
  };
  return { asked, transport };
}

type Walked = [end: string, requests: number];
const cursors = cursorPagination<number>({ items: '/items', next: '/next' });
const links = linkPagination<number>({ items: '/items', next: '/next' });

async function walk(
  next: unknown,
  limits: WalkLimits | undefined,
  pagination: typeof cursors | typeof links = cursors,
  request: PageRequest = { url },
): Promise<Walked> {
  const { asked, transport } = twoPages(next);
  const { end } = await walkToEnd(paginate<number>(transport, request, { pagination, limits }));
  return [end, asked.length];
}

describe('cursorBytes', () => {
  it.each([
    [undefined, 16 * KIBIBYTE],
    [10, 10],
    [100_000, 100_000],
  ])('of %j takes that many characters, and no more', async (cursorBytes, length) => {
    const body = cursorPagination<number>({ items: '/items', next: '/next', in: 'body' });
    const post = { url, method: 'POST', body: {} };
    for (const [pagination, request] of [
      [cursors, { url }],
      [body, post],
    ] as const) {
      const limits = { cursorBytes };
      expect(await walk('c'.repeat(length), limits, pagination, request)).toEqual(['complete', 2]);
      expect(await walk('c'.repeat(length + 1), limits, pagination, request)).toEqual([
        'PROTOCOL',
        1,
      ]);
    }
  });

  it('counts an object as its JSON', async () => {
    const body = cursorPagination<number>({ items: '/items', next: '/next', in: 'body' });
    const request = { url, method: 'POST', body: {} };
    const next = { after: 'x'.repeat(10) };
    const { length } = JSON.stringify(next);

    expect(await walk(next, { cursorBytes: length }, body, request)).toEqual(['complete', 2]);
    expect(await walk(next, { cursorBytes: length - 1 }, body, request)).toEqual(['PROTOCOL', 1]);
  });

  it('is no matter of numbers and of links', async () => {
    expect(await walk(123_456, { cursorBytes: 1 })).toEqual(['complete', 2]);
    expect(await walk(`${url}?page=2`, { cursorBytes: 1 }, links)).toEqual(['complete', 2]);
    const long = `${url}?page=${'2'.repeat(20_000)}`;
    expect(await walk(long, { urlBytes: 30_000 }, links)).toEqual(['complete', 2]);
  });
});

describe('urlBytes', () => {
  it.each([
    [undefined, 8 * KIBIBYTE],
    [60, 60],
    [50_000, 50_000],
  ])('of %j takes a link of that many characters, and no more', async (urlBytes, length) => {
    const link = (size: number) => `${url}?page=`.padEnd(size, '2');
    expect(await walk(link(length), { urlBytes }, links)).toEqual(['complete', 2]);
    expect(await walk(link(length + 1), { urlBytes }, links)).toEqual(['PROTOCOL', 1]);
  });

  it('is no matter of cursors, wherever they go', async () => {
    const cursor = 'c'.repeat(10_000);
    const path = cursorPagination<number>({ items: '/items', next: '/next', in: 'path' });
    expect(await walk(cursor, undefined)).toEqual(['complete', 2]);
    expect(await walk(cursor, undefined, cursors, { url: `${url}?cursor=a&b=1` })).toEqual([
      'complete',
      2,
    ]);
    const request = { url: `${url}/{cursor}`, path: { cursor: 'a' } };
    expect(await walk(cursor, undefined, path, request)).toEqual(['complete', 2]);
  });
});

describe('linkHeaderBytes', () => {
  const walkHeader = async (length: number, linkHeaderBytes: number | undefined) => {
    const link = `<${url}?page=2>; rel="next"`;
    const { asked, transport } = twoPages(null, {
      link: `${link}; title="`.padEnd(length - 1, 'x') + '"',
    });
    const pagination = linkPagination<number>({ items: '/items' });
    const { end } = await walkToEnd(
      paginate<number>(transport, url, { pagination, limits: { linkHeaderBytes } }),
    );
    return [end, asked.length];
  };

  it.each([
    [undefined, 16 * KIBIBYTE],
    [100, 100],
    [50_000, 50_000],
  ])('of %j takes that many characters, and no more', async (limit, length) => {
    expect(await walkHeader(length, limit)).toEqual(['complete', 2]);
    expect(await walkHeader(length + 1, limit)).toEqual(['PROTOCOL', 1]);
  });

  it('does not hide what the status says', async () => {
    const transport: Transport = () =>
      of({ status: 404, headers: { link: 'x'.repeat(20_000) }, url, body: null });
    const { end } = await walkToEnd(paginate(transport, url, { pagination: links }));
    expect(end).toBe('HTTP_STATUS');
  });
});

describe('emptyPages', () => {
  const walkEmpty = async (empty: number, emptyPages: number | undefined) => {
    let asked = 0;
    const transport: Transport = () => {
      const at = asked++;
      const items = at === 0 || at > empty ? [at] : [];
      return of({ status: 200, headers: {}, url, body: { items, next: at > empty ? null : at } });
    };
    const { end } = await walkToEnd(
      paginate<number>(transport, url, { pagination: cursors, limits: { emptyPages } }),
    );
    return [end, asked];
  };

  it.each([
    [undefined, 100],
    [1, 1],
    [7, 7],
    [250, 250],
  ])('of %j allows one less, and is STALLED at that many', async (limit, length) => {
    expect(await walkEmpty(length - 1, limit)).toEqual(['complete', length + 1]);
    expect(await walkEmpty(length, limit)).toEqual(['STALLED', length + 1]);
  });

  it('of Infinity allows any number', async () => {
    expect(await walkEmpty(1000, Infinity)).toEqual(['complete', 1002]);
  });
});

describe('redirects', () => {
  const walkRedirects = async (count: number, redirects: number | undefined) => {
    let asked = 0;
    const transport: Transport = () => {
      asked++;
      return asked <= count
        ? of({ status: 307, headers: { location: `/r${String(asked)}` }, url, body: null })
        : of({ status: 200, headers: {}, url, body: { items: [1], next: null } });
    };
    const { end } = await walkToEnd(
      paginate<number>(transport, url, { pagination: cursors, limits: { redirects } }),
    );
    return [end, asked];
  };

  it.each([
    [undefined, 5],
    [0, 0],
    [1, 1],
    [20, 20],
  ])('of %j are followed, and one more is not', async (limit, count) => {
    expect(await walkRedirects(count, limit)).toEqual(['complete', count + 1]);
    expect(await walkRedirects(count + 1, limit)).toEqual(['PROTOCOL', count + 1]);
  });
});

describe('what a transport is told', () => {
  const told = (options: WalkOptions): TransportLimits => {
    let limits: TransportLimits | undefined;
    const transport: Transport = (_request, _signal, given) => {
      limits = given;
      return of({ status: 200, headers: {}, url, body: { items: [], next: null } });
    };
    record(paginate(transport, url, { pagination: cursors, ...options }));
    return limits!;
  };

  it('are the defaults, or what the caller says', () => {
    expect(told({})).toEqual({
      bodyBytes: 64 * KIBIBYTE * KIBIBYTE,
      jsonDepth: 512,
      idleTimeout: 15_000,
    });
    expect(told({ idleTimeout: 7, limits: { bodyBytes: 1, jsonDepth: Infinity } })).toEqual({
      bodyBytes: 1,
      jsonDepth: Infinity,
      idleTimeout: 7,
    });
    expect(told({ idleTimeout: undefined, limits: { bodyBytes: undefined } })).toEqual(told({}));
  });
});

describe('wrong limits', () => {
  const transport: Transport = () => of();
  it.each([
    [{ limits: { bodyBytes: -1 } }, "option 'bodyBytes' must be"],
    [{ limits: { jsonDepth: 1.5 } }, "option 'jsonDepth' must be"],
    [{ limits: { urlBytes: '8' } }, "option 'urlBytes' must be"],
    [{ limits: { redirects: Infinity } }, "option 'redirects' must be"],
    [{ limits: { cursors: 1 } }, "unknown option 'cursors'"],
    [{ limits: null }, "option 'limits' must be an object"],
    [{ idleTimeout: 0 }, "option 'idleTimeout' must be"],
    [{ deadline: -1 }, "option 'deadline' must be"],
    [{ retry: true }, "option 'retry' must be an object, or false"],
    [{ retry: { retries: -1 } }, "option 'retries' must be"],
    [{ retry: { statuses: [1.5] } }, "option 'statuses' must be"],
    [{ retry: { when: true } }, "option 'when' must be a function"],
    [{ retry: { baseDelay: NaN } }, "option 'baseDelay' must be"],
    [{ retry: { delay: 1 } }, "unknown option 'delay'"],
    [{ onRepeat: 'skip' }, "option 'onRepeat' must be"],
    [{ onExpired: true }, "option 'onExpired' must be"],
    [{ random: 0.5 }, "option 'random' must be a function"],
  ])('are a TypeError at call time: %j', (options, message) => {
    expect(() => paginate(transport, url, options as WalkOptions)).toThrow(TypeError);
    expect(() => paginate(transport, url, options as WalkOptions)).toThrow(message);
    expect(() => paginate(transport, url).with(options as WalkOptions)).toThrow(message);
  });

  it('are none where an option is undefined', () => {
    const options = { retry: undefined, deadline: undefined, limits: undefined, key: undefined };
    expect(() => paginate(transport, url, options)).not.toThrow();
    expect(() =>
      paginate(transport, url, { pagination: offsetPagination(), overlap: 0 }),
    ).not.toThrow();
  });
});
