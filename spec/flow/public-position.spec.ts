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
  ])('is not written: %s', (_, position) => {
    expect(shown(position)).toBeUndefined();
  });

  it('is not written where the secret is the transport’s', () => {
    const link = '/v1/items?page=2&who=added-by-client';
    expect(shown(link)).toEqual({ position: link });
    expect(shown(link, ['added-by-client'])).toBeUndefined();
  });
});
