import { requestUrl } from '../../lib/core/request-url';
import { buildRequest } from '../../lib/openapi/build-request';
import { createClient } from '../../lib/openapi/create-client';
import type { CallParameter, OperationCall } from '../../lib/openapi/operation-call';
import { documentOf, INTEGER, list, object, TEXT } from './api-document';

const call = (
  parameters: readonly CallParameter[],
  more: Partial<OperationCall> = {},
): OperationCall => ({
  name: 'listThings',
  method: 'GET',
  path: '/things',
  parameters,
  ...more,
});
const color: CallParameter = { name: 'color', in: 'query' };
const values = ['blue', 'b,l&k'];
const fields = { R: 100, G: 'a b' };

const query = (parameter: Partial<CallParameter>, value: unknown) =>
  requestUrl(buildRequest('', call([{ ...color, ...parameter }]), { color: value }));
const path = (parameter: Partial<CallParameter>, value: unknown) => {
  const one = call([{ name: 'color', in: 'path', ...parameter }], { path: '/{color}/x' });
  return requestUrl(buildRequest('', one, { color: value }));
};
const header = (parameter: Partial<CallParameter>, value: unknown) =>
  buildRequest('', call([{ ...color, in: 'header', ...parameter }]), { color: value }).headers?.[
    'color'
  ];

describe('buildRequest', () => {
  // The table "Style Examples" of the OpenAPI specification, with values that need encoding.
  it.each([
    [{}, 'blue', '/things?color=blue'],
    [{}, values, '/things?color=blue&color=b%2Cl%26k'],
    [{}, [], '/things'],
    [{ explode: false }, values, '/things?color=blue,b%2Cl%26k'],
    [{}, fields, '/things?R=100&G=a%20b'],
    [{ explode: false }, fields, '/things?color=R,100,G,a%20b'],
    [{ style: 'spaceDelimited', explode: false }, values, '/things?color=blue%20b%2Cl%26k'],
    [{ style: 'pipeDelimited', explode: false }, values, '/things?color=blue|b%2Cl%26k'],
    [{ style: 'tabDelimited', explode: false }, values, '/things?color=blue%09b%2Cl%26k'],
    [{ style: 'deepObject', explode: true }, fields, '/things?color%5BR%5D=100&color%5BG%5D=a%20b'],
    [{ style: 'deepObject' }, { a: { b: [1] }, c: null }, '/things?color%5Ba%5D%5Bb%5D%5B0%5D=1'],
    [{ style: 'json' }, fields, '/things?color=%7B%22R%22%3A100%2C%22G%22%3A%22a%20b%22%7D'],
    [{}, 0, '/things?color=0'],
    [{}, '', '/things?color='],
    [{}, false, '/things?color=false'],
    [{}, null, '/things'],
  ] as const)('writes into the query by %j: %j', (parameter, value, wanted) => {
    expect(query(parameter, value)).toBe(wanted);
  });

  it.each([
    [{}, 'a/b c', '/a%2Fb%20c/x'],
    [{}, values, '/blue,b%2Cl%26k/x'],
    [{}, fields, '/R,100,G,a%20b/x'],
    [{ explode: true }, fields, '/R=100,G=a%20b/x'],
    [{ style: 'label' }, 'blue', '/.blue/x'],
    [{ style: 'label', explode: true }, values, '/.blue.b%2Cl%26k/x'],
    [{ style: 'matrix' }, values, '/;color=blue,b%2Cl%26k/x'],
    [{ style: 'matrix', explode: true }, values, '/;color=blue;color=b%2Cl%26k/x'],
    [{ style: 'matrix', explode: true }, fields, '/;R=100;G=a%20b/x'],
    [{ unencoded: true }, 'a/b', '/a/b/x'],
    [{ unencoded: true }, '{x}?#', '/%7Bx%7D%3F%23/x'],
    [{}, '$&{color}', '/%24%26%7Bcolor%7D/x'],
  ] as const)('writes into the path by %j: %j', (parameter, value, wanted) => {
    expect(path(parameter, value)).toBe(wanted);
  });

  it('writes headers and cookies', () => {
    expect(header({}, values)).toBe('blue,b,l&k');
    expect(header({}, fields)).toBe('R,100,G,a b');
    expect(header({ explode: true }, fields)).toBe('R=100,G=a b');
    const cookies = call([
      { name: 'a', in: 'cookie' },
      { name: 'b', in: 'cookie' },
    ]);
    expect(buildRequest('', cookies, { a: 'x;y', b: 2 }).headers).toEqual({
      cookie: 'a=x%3By; b=2',
    });
  });

  it('writes bodies: JSON as it is, forms as text, others as they are given', () => {
    const post = { method: 'POST', body: {} };
    const of = (mediaType: string, body: unknown) =>
      buildRequest('', call([], { ...post, body: { mediaType } }), { body });
    expect(buildRequest('', call([], post), { body: [0] })).toEqual({
      method: 'POST',
      url: '/things',
      body: [0],
    });
    expect(of('application/merge-patch+json', { a: 1 })).toMatchObject({
      body: { a: 1 },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(of('application/x-www-form-urlencoded', { a: 'x y', b: [1, 2], c: null }).body).toBe(
      'a=x%20y&b=1&b=2',
    );
    expect(of('text/csv', 'a,b').body).toBe('a,b');
    expect(() => of('multipart/form-data', { a: 1 })).toThrow(
      'listThings: a body of type multipart/form-data must be given as text',
    );
  });

  it('refuses unknown and missing arguments by name', () => {
    const one = call([color, { name: 'id', in: 'query', required: true }]);
    expect(() => buildRequest('', one, { id: 1, colour: 'x' })).toThrow(
      new TypeError(`listThings: unknown argument "colour"; the arguments are color, id`),
    );
    expect(() => buildRequest('', one, {})).toThrow(
      new TypeError("listThings: the argument 'id' is missing"),
    );
    expect(() => buildRequest('', one, { id: null })).toThrow(
      "listThings: the argument 'id' is missing",
    );
    expect(() => buildRequest('', one, 'id')).toThrow(
      'listThings: expected an object of arguments, got "id"',
    );
    expect(() => buildRequest('', call([]), { body: 1 })).toThrow(
      'unknown argument "body"; it takes none',
    );
    const body = call([], { method: 'POST', body: { required: true } });
    expect(() => buildRequest('', body, {})).toThrow("listThings: the argument 'body' is missing");
    expect(() => buildRequest('', one, JSON.parse('{"id":1,"__proto__":1}'))).toThrow(
      'unknown argument "__proto__"',
    );
    expect(buildRequest('', call([{ name: 'constructor', in: 'query' }]), {})).toEqual({
      url: '/things',
    });
  });

  it('needs what the first page needs, unless the walk starts at a cursor', () => {
    const document = documentOf({
      extensions: { 'x-dropshot-pagination': { required: ['q'] } },
      query: ['page_token', 'q'],
      schema: object({ items: list(), next_page: TEXT }),
    });
    const [one] = createClient(document, () => []).operations;
    expect(() => buildRequest('', one!, {})).toThrow(
      "listThings: the argument 'q' is missing, which the first page needs",
    );
    expect(buildRequest('', one!, { page_token: 't' }).params).toEqual({ page_token: 't' });
  });

  it('starts required page numbers and offsets at the first', () => {
    const at = (name: string, type: string, schema: object) => {
      const document = documentOf({
        extensions: {
          'x-speakeasy-pagination': {
            type: 'offsetLimit',
            inputs: [{ name, type, in: 'parameters' }],
            outputs: { results: '$' },
          },
        },
        parameters: [{ name, in: 'query', required: true, schema }],
        schema: list(),
      });
      return buildRequest('', createClient(document, () => []).operations[0]!, {}).params;
    };
    expect(at('page', 'page', INTEGER)).toEqual({ page: 1 });
    expect(at('page', 'page', { ...INTEGER, default: 0 })).toEqual({ page: 0 });
    expect(at('offset', 'offset', INTEGER)).toEqual({ offset: 0 });
  });

  it('tells arguments apart that share a name', () => {
    const parameters = ['cookie', 'header', 'query', 'path'].map((place) => ({
      name: 'id',
      in: place,
      schema: TEXT,
    }));
    const document = documentOf({
      path: '/{id}',
      method: 'post',
      parameters: [...parameters, { name: 'body', in: 'query', schema: TEXT }],
      requestBody: { content: { 'application/json': {} } },
    });
    const [one] = createClient(document, () => []).operations;
    const args = { id: 1, id_query: 2, id_header: 3, id_cookie: 4, body: { b: 5 }, body_query: 6 };
    expect(buildRequest('', one!, args)).toEqual({
      method: 'POST',
      url: '/{id}',
      path: { id: 1 },
      params: { id: 2, body: 6 },
      headers: { id: '3', cookie: 'id=4' },
      body: { b: 5 },
    });
  });
});
