import { of } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import { paginate } from '../../lib/paginate';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { walkToEnd } from '../support/walk-result';

const HOME = 'https://api.test/v1/items';
const headers = { authorization: 'Bearer planted', 'x-key': 'planted' };
const pagination = cursorPagination<number>({ items: '/data', next: '/next' });

/** Walks where `reply` answers each URL; keeps what was sent. */
async function walked(
  reply: (url: string, nth: number) => Partial<PageReply>,
  request: PageRequest = { url: HOME, headers },
  limits?: { redirects: number },
  strategy = pagination,
) {
  const sent: PageRequest[] = [];
  const list = paginate<number>(
    (asked) => {
      const nth = sent.push(asked) - 1;
      const url = requestUrl(asked);
      return of({ status: 200, headers: {}, url, body: undefined, ...reply(url, nth) });
    },
    request,
    { pagination: strategy, limits },
  );
  return { ...(await walkToEnd(list)), sent, urls: sent.map((asked) => requestUrl(asked)) };
}

const to = (location: string, status = 302): Partial<PageReply> => ({
  status,
  headers: { location },
  body: 'moved',
});
const STATUSES = [301, 302, 303, 307, 308];

describe('a redirect within the origin', () => {
  it.each(STATUSES)('is followed with headers and query: %d', async (status) => {
    const { values, end, event, urls, sent } = await walked(
      (url, nth) => (nth === 0 ? to('/v2/items', status) : { body: { data: [url.length] } }),
      { url: `${HOME}?kind=a`, params: { size: 2 }, headers },
    );

    expect([values.length, end]).toEqual([1, 'complete']);
    expect(urls).toEqual([
      'https://api.test/v1/items?kind=a&size=2',
      'https://api.test/v2/items?kind=a&size=2',
    ]);
    expect(sent[1]?.headers).toEqual(headers);
    expect(event).toMatchObject({ pages: 1, items: 1 });
  });

  it.each(STATUSES)('is sent on every page again, and the pages are exact: %d', async (status) => {
    const { values, end, urls } = await walked((url) => {
      if (!url.includes('/v2/')) return to(url.replace('/v1/', '/v2/'), status);
      const at = Number(new URL(url).searchParams.get('cursor') ?? 0);
      return { body: { data: [at], next: at < 3 ? at + 1 : null } };
    });

    expect([values, end, urls.length]).toEqual([[0, 1, 2, 3], 'complete', 8]);
    expect(urls.filter((url) => url.includes('/v2/')).map((url) => new URL(url).search)).toEqual([
      '',
      '?cursor=1',
      '?cursor=2',
      '?cursor=3',
    ]);
  });

  it.each([
    [301, 'GET', undefined],
    [302, 'GET', undefined],
    [303, 'GET', undefined],
    [307, 'POST', { filter: 'a' }],
    [308, 'POST', { filter: 'a' }],
  ])('turns a POST into what the Fetch standard says: %d into %s', async (status, method, body) => {
    const { sent } = await walked(
      (_, nth) => (nth === 0 ? to('/v2/items', status) : { body: { data: [] } }),
      { method: 'POST', url: HOME, headers, body: { filter: 'a' } },
    );

    expect([sent[1]?.method ?? 'GET', sent[1]?.body]).toEqual([method, body]);
  });

  it.each([
    ['/v2/items', 'https://api.test/v2/items?size=2'],
    ['other', 'https://api.test/v1/other?size=2'],
    ['//api.test/v2', 'https://api.test/v2?size=2'],
    ['https://api.test:443/v2', 'https://api.test:443/v2?size=2'],
    ['HTTPS://API.TEST/v2', 'HTTPS://API.TEST/v2?size=2'],
    ['/v2?own=1', 'https://api.test/v2?own=1'],
    ['/v2#part', 'https://api.test/v2?size=2'],
  ])('to %s asks for %s', async (location, asked) => {
    const { urls } = await walked((_, nth) => (nth === 0 ? to(location) : { body: { data: [] } }), {
      url: HOME,
      params: { size: 2 },
      headers,
    });

    expect(urls[1]).toBe(asked);
  });

  it('is the base of the relative links of the page', async () => {
    const { urls, end } = await walked(
      (_, nth) =>
        [
          to('/v2/deep/items'),
          { body: [1], headers: { link: '<?page=2>; rel=next' } },
          { body: [2] },
        ][nth]!,
      { url: HOME, headers },
      undefined,
      linkPagination<number>() as never,
    );

    expect(end).toBe('complete');
    expect(urls[2]).toBe('https://api.test/v2/deep/items?page=2');
  });
});

describe('redirects in a row', () => {
  const hops = (count: number) => (_: string, nth: number) =>
    nth < count ? to(`/hop${String(nth + 1)}`) : { body: { data: [1] } };

  it('are followed five times, and no more', async () => {
    const five = await walked(hops(5));
    expect([five.values, five.end, five.urls.length]).toEqual([[1], 'complete', 6]);

    const six = await walked(hops(6));
    expect([six.values, six.end, six.urls.length]).toEqual([[], 'PROTOCOL', 6]);
  });

  it.each([0, 1, 3, 9])('are followed as often as the limit says: %d', async (redirects) => {
    const request = { url: HOME, headers };
    const enough = await walked(hops(redirects), request, { redirects });
    expect([enough.end, enough.urls.length]).toEqual(['complete', redirects + 1]);

    const tooMany = await walked(hops(redirects + 1), request, { redirects });
    expect([tooMany.end, tooMany.urls.length]).toEqual(['PROTOCOL', redirects + 1]);
  });

  it.each([
    ['to itself', () => to(HOME)],
    ['to and fro', (url: string) => to(url.endsWith('a') ? '/b' : '/a')],
    ['ever on', (_: string, nth: number) => to(`/hop${String(nth)}`)],
  ])('that never end are an error after six requests: %s', async (_, reply) => {
    const { values, end, event, urls } = await walked(reply);

    expect([values, end, urls.length]).toEqual([[], 'PROTOCOL', 6]);
    expect(event).toMatchObject({ endReason: 'error', pages: 0, items: 0 });
  });

  it('are counted anew on each page', async () => {
    const { values, end } = await walked((url) => {
      const hop = Number(/hop(\d)/.exec(url)?.[1] ?? 0);
      const at = Number(new URL(url).searchParams.get('cursor') ?? 0);
      return hop < 5
        ? to(`/hop${String(hop + 1)}`)
        : { body: { data: [at], next: at < 2 ? at + 1 : null } };
    });

    expect([values, end]).toEqual([[0, 1, 2], 'complete']);
  });
});

describe('a redirect to somewhere else', () => {
  const foreign = [
    'https://evil.test/v1/items',
    'http://api.test/v1/items',
    'https://api.test:8443/v1/items',
    '//evil.test/',
    '/\\evil.test/',
    '\\\\evil.test',
    'https://user:secret@api.test/v1/items',
    'file:///etc/passwd',
    'data:application/json,[]',
    'javascript:alert(1)',
    'ht\ttps://evil.test/',
    ' https://evil.test/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
  ];
  const table = foreign.flatMap((location) =>
    STATUSES.map((status) => [status, location] as const),
  );

  it.each(table)('is CROSS_ORIGIN and never sent: %d to %j', async (status, location) => {
    const first = await walked(() => to(location, status));
    expect([first.values, first.end, first.urls]).toEqual([[], 'CROSS_ORIGIN', [HOME]]);

    // In the middle of a walk, and behind a hop that was fine.
    const later = await walked((_, nth) => {
      const replies = [
        { body: { data: [1], next: 'c' } },
        to('/v2/items', status),
        to(location, status),
      ];
      return replies[nth] ?? { body: { data: [2] } };
    });
    expect([later.values, later.end]).toEqual([[1], 'CROSS_ORIGIN']);
    expect(later.urls).toEqual([HOME, `${HOME}?cursor=c`, 'https://api.test/v2/items?cursor=c']);
  });
});

describe('a 3xx that is no redirect', () => {
  it.each([
    [300, { location: '/v2' }, 'HTTP_STATUS'],
    [302, {}, 'HTTP_STATUS'],
    [304, { location: '/v2' }, 'PROTOCOL'],
    [305, { location: '/v2' }, 'HTTP_STATUS'],
    [302, { location: 'https://' }, 'PROTOCOL'],
  ])('is an error: %d with %j is %s', async (status, replyHeaders, code) => {
    const { end, urls } = await walked(() => ({
      status,
      headers: replyHeaders,
    }));

    expect([end, urls]).toEqual([code, [HOME]]);
  });
});
