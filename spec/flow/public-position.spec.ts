import { of } from 'rxjs';

import type { Json } from '../../lib/core/json';
import type { PageRequest } from '../../lib/core/page-request';
import { publicPosition, wholePosition } from '../../lib/flow/public-position';
import type { WalkPlan } from '../../lib/flow/walk-plan';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';

const request: PageRequest = {
  url: 'http://me:own-pass@api.test/v1/acme-corp/items?kind=long-kind',
  params: { api_key: 'own-key', page: 1 },
  headers: {
    authorization: 'Bearer own-bearer-1',
    'x-tenant': 'acme-corp',
    'x-short': 'ab12',
    'x-year': '2026',
  },
};
const planOf = (own: PageRequest): WalkPlan => ({
  transport: () => of(),
  request: own,
  strategy: cursorPagination(),
  schema: undefined,
  options: {},
});
const shown = (position: Json, further: readonly string[] = []) =>
  publicPosition(position, planOf(request), () => further);

describe('a position that holds no secret', () => {
  it.each<[string, Json]>([
    ['a number', 7],
    ['an opaque cursor', 'eyJpZCI6N30='],
    ['an object, whatever its members are called', { key: 'x', token: { id: 7 } }],
    ['a link', 'http://api.test/v1/items?page=2&page_token=x'],
    ['a link with what the URL of the request shows', '/v1/acme-corp/items?kind=long-kind&page=2'],
    ['a year that is a header, too', '/v1/items?since=2026'],
    ['a short value of a header within another one', '/v1/items?q=cab12x'],
    ['a parameter without a value', '/v1/items?token&sig=&page=2'],
    ['a name before all parameters', 'token=x'],
    ['an at sign in the path', 'http://api.test/@me/items'],
    ['an at sign in the query', 'http://api.test?by=//a@b'],
    ['null', null],
    ['an array', [1, 'a', null]],
  ])('is written as it is: %s', (_, position) => {
    expect(shown(position)).toEqual({ position });
  });

  it('is written without the credentials of the request, which has them', () => {
    const link = 'http://api.test/v1/items?page=2&api_key=own-key';
    const kept = shown(link);
    expect(kept).toEqual({ position: 'http://api.test/v1/items?page=2', left: ['api_key'] });
    const rotated = { ...request, params: { api_key: 'new key' } };
    expect(wholePosition(kept!, rotated)).toBe('http://api.test/v1/items?page=2&api_key=new%20key');
  });

  it.each<[string, string, readonly string[]]>([
    ['/v1/items?api_key=own-key', '/v1/items?', ['api_key']],
    ['/v1/items?api_key=own-key&page=2', '/v1/items?page=2', ['api_key']],
    ['/v1/items?api_key=own-key&page=2&api_key=own-key', '/v1/items?page=2', ['api_key', 'api_key']], // prettier-ignore
    ['?%61pi_key=own%2Dkey&page=2', '?page=2', ['api_key']],
    ['/v1/items?api_key=own-key&&page=2', '/v1/items?&page=2', ['api_key']],
    ['http://api.test:80/items?api_key=own-key&a', 'http://api.test:80/items?a', ['api_key']],
  ])('is written without them, wherever they stand: %s', (link, position, left) => {
    expect(shown(link)).toEqual({ position, left });
  });

  it.each<[string, PageRequest]>([
    [
      'its parameters',
      { url: '/items', params: { sig: 'abc', n: 1, none: null, token: undefined } },
    ],
    ['its URL', { url: '/items?n=1&sig=abc#top?token=x' }],
    ['a number', { url: '/items', params: { sig: 123 } }],
  ])('is written without a credential that the request has in %s', (_, own) => {
    const sig = String(own.params?.['sig'] ?? 'abc');
    expect(publicPosition(`/items?page=2&sig=${sig}`, planOf(own))).toEqual({
      position: '/items?page=2',
      left: ['sig'],
    });
    expect(publicPosition('/items?n=1&page=2', planOf(own))).toEqual({
      position: '/items?n=1&page=2',
    });
    expect(publicPosition('/items?token=x', planOf(own))).toBeUndefined();
    expect(publicPosition('/items?none=1&token=undefined', planOf(own))).toBeUndefined();
    const none = planOf({ url: '/items', params: { token: null, n: 1 } });
    expect(publicPosition('/items?token=null', none)).toBeUndefined();
  });

  it('is written as it is for a request without secrets, and where it is no JSON', () => {
    const plain = planOf({ url: 'http://api.test/items' });
    expect(publicPosition('any-cursor', plain)).toEqual({ position: 'any-cursor' });
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(shown(circle as never)).toEqual({ position: circle });
  });
});

describe('a position that holds a secret', () => {
  it.each<[string, Json]>([
    ['a signature', '/v1/items?page=2&sig=x'],
    ['a signature under an encoded name', '/v1/items?page=2&%73ig=x'],
    ['a token', '?token=x'],
    ['a session in the path', '/v1/items;jsessionid=x?page=2'],
    ['a token in the fragment', '/v1/items?page=2#access_token=x'],
    ['user info', 'http://me:pass@api.test/v1/items'],
    ['user info without a scheme', '//me:pass@api.test/v1/items'],
    ['an own credential under another name', '/v1/items?page=2&k=own-key'],
    ['an own credential with another value', '/v1/items?page=2&api_key=theirs'],
    ['a header', '/v1/items?page=2&who=own-bearer-1'],
    ['a header in Base64', `/v1/items?c=${btoa('own-bearer-1')}`],
    ['a header in the path', '/v1/own-bearer-1/items'],
    ['a short header as a value', '/v1/items?page=2&who=ab12'],
    ['a header within a cursor', 'cursor:own-bearer-1:7'],
    ['a header within an object', { after: { by: 'own-bearer-1' } }],
    ['an own credential for a foreign origin', 'http://other.test/items?api_key=own-key'],
    ['user info behind back slashes', 'http:\\\\me@api.test/v1/items'],
    ['user info alone', 'custom+x.y-1://me@api.test'],
    ['user info in capitals', 'HTTP://ME@api.test/v1/items'],
    ['a credential behind an ampersand', 'items&token=x'],
    ['a credential behind a semicolon', 'items;token=x'],
    ['a credential behind a hash', 'items#token=x'],
  ])('is not written: %s', (_, position) => {
    expect(shown(position)).toBeUndefined();
  });

  it('is not written where the secret is the transport’s', () => {
    const link = '/v1/items?page=2&who=added-by-client';
    expect(shown(link)).toEqual({ position: link });
    expect(shown(link, ['added-by-client'])).toBeUndefined();
    const plain = planOf({ url: 'http://api.test/items' });
    expect(publicPosition(link, plain, () => ['added-by-client'])).toBeUndefined();
  });

  it('is not written where a short value of a header stands in it, unless that is a number', () => {
    const own = planOf({ url: '/items', headers: { 'x-a': '12ab', 'x-b': '2026' } });
    expect(publicPosition('/items?who=12ab', own)).toBeUndefined();
    expect(publicPosition('/items?who=2026', own)).toEqual({ position: '/items?who=2026' });
  });

  it.each(['/items?who=1234567', '/items?q=a12345678'])(
    'counts digits of that length: %s',
    (link) => {
      const own = planOf({ url: '/items', headers: { 'x-a': '12345678', 'x-b': '1234567' } });
      expect(publicPosition(link, own)).toEqual(
        link.includes('q=') ? undefined : { position: link },
      );
    },
  );
});

describe('a position that is made whole', () => {
  const own = { url: '/items?sig=a%26b', params: { api_key: 'k', page: 3 } };
  const whole = (position: Json, left?: readonly string[]) =>
    wholePosition({ position, ...(left !== undefined && { left }) }, own);

  it('gets back what was left out of it, and no more', () => {
    expect(whole('/items?page=2', ['api_key'])).toBe('/items?page=2&api_key=k');
    expect(whole('/items?', ['api_key'])).toBe('/items?api_key=k');
    expect(whole('/items?', ['sig', 'api_key'])).toBe('/items?api_key=k&sig=a%26b');
    expect(whole('/items?a=1', [])).toBe('/items?a=1');
    expect(whole('/items?a=1')).toBe('/items?a=1');
    expect(whole({ after: 7 }, ['api_key'])).toEqual({ after: 7 });
    expect(whole(7, ['api_key'])).toBe(7);
  });
});
