import { requestUrl } from '../../lib/core/request-url';
import { linkPagination } from '../../lib/strategy/link-pagination';
import type { LinkOptions } from '../../lib/strategy/link-pagination';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({
  method: 'POST',
  url: '/{v}/items?kind=a',
  path: { v: 'v1' },
  params: { size: 5 },
  headers: { authorization: 'Bearer t' },
  body: { q: 'x' },
});
const fromBody = (next: unknown, options: LinkOptions = {}, items: unknown[] = [1]) =>
  linkPagination({ items: '/items', next: '/next', ...options }).read(
    request,
    replyOf({ items, next }),
  );
const fromHeader = (link: string, url?: string) =>
  linkPagination({ items: '' }).read(
    request,
    replyOf([1], { headers: { link }, ...(url === undefined ? {} : { url }) }),
  );

describe('linkPagination', () => {
  it('follows the Link header where no place is named', () => {
    const reading = fromHeader(
      '<?page=2>; rel="next", <?page=9>; rel=last, <?page=0>; rel=previous',
    );
    expect(reading).toMatchObject({ kind: 'link', items: [1] });
    expect(reading).not.toHaveProperty('position');
    expect(reading.next()).toBe('https://api.example.com/v1/items?page=2');
    expect(reading.links?.()).toEqual({
      prev: 'https://api.example.com/v1/items?page=0',
      first: undefined,
      last: 'https://api.example.com/v1/items?page=9',
      delta: undefined,
    });
  });

  it('ends where there is no link to the next page', () => {
    expect(fromHeader('<?page=1>; rel=prev').next()).toBeUndefined();
    expect(fromHeader('').next()).toBeUndefined();
    expect(
      linkPagination()
        .read(request, replyOf([1]))
        .next(),
    ).toBeUndefined();
    for (const none of [undefined, null, '', ' ', { href: null }, { href: '' }]) {
      expect(fromBody(none).next()).toBeUndefined();
    }
  });

  it('takes text or an object with href from the body, resolved against the URL of the reply', () => {
    const want = 'https://api.example.com/v1/items?page=2';
    for (const link of [want, '?page=2', '/v1/items?page=2', 'items?page=2', { href: '?page=2' }]) {
      expect(fromBody(link).next()).toBe(want);
    }
    expect(fromBody('//other.example/x').next()).toBe('https://other.example/x');
  });

  it('resolves against the request where the reply has no URL', () => {
    expect(fromHeader('<?page=2>; rel=next', '').next()).toBe('/v1/items?page=2');
  });

  it('passes over a next link about another resource', () => {
    expect(fromHeader('<?page=2>; rel=next; anchor="/other"').next()).toBeUndefined();
  });

  it('reads a raw Link header only as one', () => {
    const strategy = linkPagination({ items: '', next: '$response.headers#/link' });
    const reply = replyOf([1], { headers: { link: '<?page=1>; rel=prev, <?page=2>; rel=next' } });
    expect(strategy.read(request, reply).next()).toBe('https://api.example.com/v1/items?page=2');
  });

  it.each([
    [7, 'a number'],
    [true, 'a boolean'],
    [false, 'a boolean'],
    [['?page=2'], 'an array'],
    [{ url: '?page=2' }, 'an object'],
    [{ href: 7 }, 'a number'],
  ])('refuses the link %j', (link, found) => {
    const reading = fromBody(link);
    expect(errorOf(() => reading.next())).toEqual({
      code: 'BAD_SHAPE',
      message: `Expected a link at /next, text or an object with href, found ${found}`,
    });
  });

  it('takes a link that is no URL for a broken protocol, without showing it', () => {
    expect(errorOf(() => fromBody('http://secret:99999/').next())).toEqual({
      code: 'PROTOCOL',
      message: 'The link to a page is no URL',
    });
  });

  it('takes a Link header wherever it stands for one, and text from elsewhere as it is', () => {
    const want = 'https://api.example.com/v1/items?page=2';
    expect(fromBody(' <?page=1>; rel=prev, <?page=2>; rel=next').next()).toBe(want);
    expect(fromBody('<?page=1>; rel=prev').next()).toBeUndefined();
    expect(fromBody('?q=a<').next()).toBe('https://api.example.com/v1/items?q=a%3C');
    // A header of its own that begins otherwise is read as one too.
    expect(fromHeader('?page=2').next()).toBeUndefined();
  });

  it('follows a template without its variables only where it says that it is one', () => {
    const want = 'https://api.example.com/v1/items?page=2';
    const href = '?page=2{&size}{,sort,x}';
    expect(fromBody({ href, templated: true }).next()).toBe(want);
    for (const link of [href, { href }, { href, templated: false }, { href, templated: 'true' }]) {
      expect(fromBody(link).next()).toContain('{&size}{,sort,x}');
    }
  });

  it('looks for further links in the header only where the next one is there', () => {
    const headers = { link: '<?p=0>; rel=first, <?p=1>; rel=previous, <?p=9>; rel=last' };
    const reply = replyOf({ items: [1], next: '?p=2' }, { headers });
    const places = { items: '/items' };
    const none = { prev: undefined, first: undefined, last: undefined, delta: undefined };
    expect(
      linkPagination({ ...places, next: '/next' })
        .read(request, reply)
        .links?.(),
    ).toEqual(none);
    expect(linkPagination(places).read(request, reply).links?.()).toEqual({
      prev: 'https://api.example.com/v1/items?p=1',
      first: 'https://api.example.com/v1/items?p=0',
      last: 'https://api.example.com/v1/items?p=9',
      delta: undefined,
    });
  });

  it('leads nowhere from a reply that is an error', () => {
    const strategy = linkPagination({ items: '/items', next: '/next', apiError: '/error' });
    const reply = replyOf({ items: [1], next: '?p=2', error: 'no' });
    expect(strategy.read(request, reply).next()).toBeUndefined();
  });

  it('starts with the request as it is', () => {
    expect(linkPagination().start(request)).toBe(request);
    expect(linkPagination().kind).toBe('link');
  });

  it('follows a link as it is, by GET, with the headers of the request and nothing else', () => {
    const { at } = linkPagination();
    const link = 'https://api.example.com/v1?c=YWJj+d/e==&q=%27%26&e=😀';
    expect(at(request, link)).toEqual({ url: link, headers: request.headers });
    expect(at({ url: '/' }, link)).toStrictEqual({ url: link });
    expect(requestUrl(at(request, link))).toBe(link);
  });

  it('does not take braces in a link for values of the path', () => {
    const { at } = linkPagination();
    const sent = at(request, 'https://api.example.com/?filter={v}');
    expect(requestUrl(sent)).toBe('https://api.example.com/?filter=%7Bv%7D');
  });

  it('lays the query of a link over the request where it merges', () => {
    const post = deepFreeze({ method: 'POST', url: '/items?a=1', body: { q: 'x' } });
    const link = 'https://other.test/else?page=2';
    expect(linkPagination({ follow: 'merge' }).at(post, link)).toEqual({
      method: 'POST',
      url: '/items?a=1',
      params: { page: '2' },
      body: { q: 'x' },
    });
    expect(linkPagination({ follow: 'link' }).at(post, link)).toEqual({ url: link });
  });

  it('goes on after an empty page that has a link, unless told otherwise', () => {
    const link = 'https://api.example.com/v1/items?page=2';
    expect(fromBody(link, {}, []).next()).toBe(link);
    const end = { emptyPage: 'end' } as const;
    expect(fromBody(link, end, []).next()).toBeUndefined();
    expect(fromBody(link, end, [1]).next()).toBe(link);
    expect([fromBody(link, end, []).hasMore, fromBody(link, end).hasMore]).toEqual([
      false,
      undefined,
    ]);
  });

  it('ends where hasMore is false, even with a link', () => {
    const strategy = linkPagination({ items: '/items', next: '/next', hasMore: '/more' });
    const read = (more: unknown) =>
      strategy.read(request, replyOf({ items: [1], next: '?p=2', more }));
    expect(read(false).next()).toBeUndefined();
    expect(read(true).next()).toBe('https://api.example.com/v1/items?p=2');
    expect(read(true).hasMore).toBe(true);
  });

  it('reads further links where told, and leaves out those that cannot be read', () => {
    const strategy = linkPagination({
      items: '/items',
      next: '/next',
      prev: '/prev',
      first: '/first',
      last: '/last',
      delta: '/delta',
    });
    const body = { items: [], prev: '?p=1', first: { href: '?p=0' }, last: 7, delta: 'http://' };
    const headers = { link: '<?p=9>; rel=last' };
    expect(strategy.read(request, replyOf(body, { headers })).links?.()).toEqual({
      prev: 'https://api.example.com/v1/items?p=1',
      first: 'https://api.example.com/v1/items?p=0',
      last: undefined,
      delta: undefined,
    });
  });

  describe('merging', () => {
    const merge = linkPagination({ follow: 'merge' });

    it('lays the query of the link over the request and keeps everything else', () => {
      const original = deepFreeze({ ...request, url: '/{v}/items?kind=a&size=1&t=%27' });
      const sent = merge.at(original, 'https://other.example/v2/feed?after=7&size=9');
      expect(sent).toEqual({
        ...request,
        url: '/{v}/items?kind=a&t=%27',
        params: { size: '9', after: '7' },
      });
    });

    it('gives the example of APIMatic', () => {
      const original = { url: '/events', params: { kind: 'a', size: 5 } };
      const sent = merge.at(original, 'https://other.example/v2/feed?after=7&size=9');
      expect(requestUrl(sent)).toBe('/events?kind=a&size=9&after=7');
    });

    it('decodes once and keeps repeated names and every character', () => {
      const link = '/x?t=YWJj%2Bd==&q=a%2526b+c%26&tag=1&tag=2&e=😀%27&__proto__=p';
      const sent = merge.at({ url: '/a', params: { tag: '0' } }, link);
      const { searchParams } = new URL(requestUrl(sent, 'https://h.example'));
      expect([...searchParams]).toEqual([
        ['tag', '1'],
        ['tag', '2'],
        ['t', 'YWJj+d=='],
        ['q', 'a%26b c&'],
        ['e', "😀'"],
        ['__proto__', 'p'],
      ]);
    });
  });

  it('refuses a position that is no text', () => {
    for (const { at } of [linkPagination(), linkPagination({ follow: 'merge' })]) {
      expect(errorOf(() => at(request, 7))).toEqual({
        code: 'CHECKPOINT_CORRUPT',
        message: 'The position of a link walk must be text, not a number',
      });
    }
  });

  it.each(['https://h.example/a b', 'https://h.example/\n', ' https://h.example/', '/\u0000'])(
    'refuses the position %j, which no resolved link is',
    (position) => {
      for (const { at } of [linkPagination(), linkPagination({ follow: 'merge' })]) {
        expect(errorOf(() => at(request, position))).toEqual({
          code: 'CHECKPOINT_CORRUPT',
          message: 'The position of a link walk holds characters that no link has',
        });
      }
    },
  );

  it('has an id of its settings', () => {
    expect(linkPagination({ items: '/items' }).id).toBe(
      'link(follow=link items=/items emptyPage=continue)',
    );
    expect(linkPagination({ next: '/a' }).id).not.toBe(linkPagination({ next: '/b' }).id);
  });

  it('throws a TypeError at call time for wrong options', () => {
    expect(() => linkPagination({ next: 'next' })).toThrow("linkPagination: option 'next' must be");
    expect(() => linkPagination({ follow: 'copy' as 'link' })).toThrow("'link' or 'merge'");
  });

  it.each([
    '</u?p=2; rel="next"',
    '/u?p=2; rel="next"',
    '<u>; rel=\u201cnext\u201d',
    '<u>, rel="next"',
    '<u> rel="next"',
  ])('errors where the header speaks of a next page and its link cannot be read: %s', (link) => {
    const reply = replyOf([1], { headers: { link } });
    const reading = linkPagination({ items: '' }).read({ url: reply.url }, reply);
    expect(errorOf(() => reading.next())).toEqual({
      code: 'PROTOCOL',
      message: expect.stringContaining(
        'The Link header speaks of next, and holds no link to it that can be read: ',
      ) as string,
    });
  });

  it.each([
    '',
    '<u>; rel="prev"; title="the next"',
    '<u>; title="rel=next"',
    '<u>; title="a \\" ; rel=next"; rel=prev',
    `<u>; rel=${' '.repeat(16_000)}x`,
    '<?rel=next>; rel="prev"',
    '<u>; rel="next"; anchor="https://other.example/"',
  ])('ends where the header speaks of none: %s', (link) => {
    const reply = replyOf([1], { headers: { link } });
    expect(linkPagination({ items: '' }).read({ url: reply.url }, reply).next()).toBeUndefined();
  });
});
