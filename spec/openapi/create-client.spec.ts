import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { createClient, type ClientOptions } from '../../lib/openapi/create-client';
import { parseDocument } from '../../lib/openapi/parse-document';
import { fetchTransport } from '../../lib/transport/fetch';
import { all, bodies, failure, scriptedServer } from '../dialect/walks';
import { documentOf, INTEGER, list, object, TEXT, type OneOperation } from './api-document';

const harbour = parseDocument(readFileSync(join(__dirname, 'documents/harbour.yaml'), 'utf8'));
const server = scriptedServer();

const clientOf = (document: unknown, options: ClientOptions = {}) =>
  createClient(document, fetchTransport(), { server: server().url, ...options });
const noRetry = { retry: false } as const;

describe('createClient', () => {
  describe('lists by APIMatic’s extension', () => {
    it('by page number', async () => {
      server().replies(
        ...bodies({ data: [{ id: 'a' }, { id: 'b' }] }, { data: [{ id: 'c' }] }, { data: [] }),
      );
      const client = clientOf(harbour);
      expect(await all(client.list('listBerths', { size: 2, dock: 'n 1' }))).toEqual([
        ...[{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      ]);
      expect(server().log).toEqual([
        'GET /berths?size=2&dock=n%201',
        'GET /berths?size=2&dock=n%201&page=2',
        'GET /berths?size=2&dock=n%201&page=3',
      ]);
    });

    it('by a cursor in the body', async () => {
      server().replies(
        ...bodies({ hits: [1], paging: { after: 7 } }, { hits: [2], paging: { after: null } }),
      );
      const args = { body: { text: 'x', paging: { limit: 1 } } };
      expect(await all(clientOf(harbour).list('searchCargo', args))).toEqual([1, 2]);
      expect(server().log).toEqual([
        'POST /cargo/search {"text":"x","paging":{"limit":1}}',
        'POST /cargo/search {"text":"x","paging":{"limit":1,"after":7}}',
      ]);
      expect(args).toEqual({ body: { text: 'x', paging: { limit: 1 } } });
    });

    it('by a cursor in an object of the body that is not given, and goes on from a token', async () => {
      for (const [args, sent] of [
        [{}, ' {}'],
        [{ body: { text: 'x' } }, ' {"text":"x"}'],
      ] as const) {
        server().replies(
          ...bodies({ hits: [1], paging: { after: 7 } }),
          { status: 404, body: {} },
          ...bodies({ hits: [2], paging: { after: null } }),
        );
        const { resumeToken } = await failure(clientOf(harbour).list('searchCargo', args));
        const rest = clientOf(harbour).list('searchCargo', args, { resumeFrom: resumeToken });
        expect(await all(rest)).toEqual([2]);
        const next = `POST /cargo/search ${sent === ' {}' ? '{' : '{"text":"x",'}"paging":{"after":7}}`;
        expect(server().log).toEqual([`POST /cargo/search${sent}`, next, next]);
      }
      const wrong = { body: { paging: null } };
      expect(() => clientOf(harbour).list('searchCargo', wrong)).toThrow(
        'expected a body with a place for /paging/after, got an object',
      );
    });

    it('by a page number in the path, filled where it is not given', async () => {
      server().replies(...bodies({ lines: ['x'] }, { lines: [] }));
      expect(await all(clientOf(harbour).list('listLogLines'))).toEqual(['x']);
      expect(server().log).toEqual(['GET /logbook/1/lines', 'GET /logbook/2/lines']);
    });

    it('by the strategy that can go on', async () => {
      server().replies(
        ...bodies(
          { manifests: [1], links: {} },
          { manifests: [2], links: { next: '/m?page=9' } },
          { manifests: [] },
        ),
      );
      expect(await all(clientOf(harbour).list('GET /manifests', { per_page: 1 }))).toEqual([1, 2]);
      expect(server().log).toEqual([
        'GET /manifests?per_page=1',
        'GET /manifests?per_page=1&page=2',
        'GET /manifests?per_page=1&page=3',
      ]);
    });

    it('by a link in a header, over the query of the request', async () => {
      server().replies(
        { body: [1], headers: { 'x-next-link': 'https://other.example/v2?after=7' } },
        { body: [2] },
      );
      expect(await all(clientOf(harbour).list('listEvents', { since: 'now' }))).toEqual([1, 2]);
      expect(server().log).toEqual(['GET /events?since=now', 'GET /events?since=now&after=7']);
    });
  });

  describe('lists of other systems', () => {
    const speakeasy = (
      type: string,
      inputs: readonly (readonly [string, string])[],
      outputs: unknown,
    ): OneOperation => ({
      extensions: {
        'x-speakeasy-pagination': {
          type,
          inputs: inputs.map(([name, role]) => ({ name, in: 'parameters', type: role })),
          outputs,
        },
      },
      parameters: inputs.map(([name]) => ({ name, in: 'query', schema: INTEGER })),
    });

    it('Speakeasy: a page with fewer items than its limit is the last', async () => {
      const pages = speakeasy(
        'offsetLimit',
        [
          ['page', 'page'],
          ['size', 'limit'],
        ],
        { results: '$' },
      );
      const client = clientOf(documentOf({ ...pages, schema: list(INTEGER) }));
      server().replies(...bodies([1, 2], [3]));
      expect(await all(client.list('listThings', { size: 2 }))).toEqual([1, 2, 3]);
      expect(server().log).toEqual(['GET /things?size=2', 'GET /things?size=2&page=2']);
      server().replies(...bodies([1, 2], [3], []));
      expect(await all(client.list('listThings'))).toEqual([1, 2, 3]);
      expect(server().log).toHaveLength(3);
    });

    it('Speakeasy: the number of pages', async () => {
      const pages = speakeasy('offsetLimit', [['page', 'page']], {
        numPages: '$.pages',
        results: '$.data',
      });
      const schema = object({ data: list(INTEGER), pages: INTEGER });
      server().replies(...bodies({ data: [1], pages: 2 }, { data: [2], pages: 2 }));
      expect(await all(clientOf(documentOf({ ...pages, schema })).list('listThings'))).toEqual([
        1, 2,
      ]);
      expect(server().log).toEqual(['GET /things', 'GET /things?page=2']);
    });

    it('Speakeasy: an offset counts on from the default of the server, which is sent', async () => {
      const one = speakeasy('offsetLimit', [['offset', 'offset']], { results: '$' });
      const parameters = [{ name: 'offset', in: 'query', schema: { ...INTEGER, default: 10 } }];
      server().replies(...bodies([1, 2], []));
      expect(
        await all(
          clientOf(documentOf({ ...one, parameters, schema: list(INTEGER) })).list('listThings'),
        ),
      ).toEqual([1, 2]);
      expect(server().log).toEqual(['GET /things?offset=10', 'GET /things?offset=12']);
    });

    it('Speakeasy: the last element is the cursor, blank text and other types are the end', async () => {
      const one = speakeasy('cursor', [['after', 'cursor']], {
        nextCursor: '$.rows[(@.length-1)]',
      });
      const numbers = clientOf(documentOf({ ...one, schema: object({ rows: list(INTEGER) }) }));
      server().replies(...bodies({ rows: [1, 0] }, { rows: [] }));
      expect(await all(numbers.list('listThings'))).toEqual([1, 0]);
      expect(server().log).toEqual(['GET /things', 'GET /things?after=0']);
      const parameters = [{ name: 'after', in: 'query', schema: TEXT }];
      const texts = clientOf(documentOf({ ...one, parameters, schema: object({ rows: list() }) }));
      for (const end of [' ', 5, null, {}, true]) {
        server().replies(...bodies({ rows: ['k'] }, { rows: ['x', end] }));
        expect(await all(texts.list('listThings'))).toEqual(['k', 'x', end]);
        expect(server().log).toEqual(['GET /things', 'GET /things?after=k']);
      }
    });

    it('Speakeasy: links keep method and body, drop the query, and may be relative to the server', async () => {
      const one = {
        ...speakeasy('url', [], { nextUrl: '$.next' }),
        method: 'post',
        query: ['size'],
      };
      const requestBody = { content: { 'application/json': {} } };
      const schema = object({ rows: list(), next: TEXT });
      const document = documentOf({ ...one, parameters: [], requestBody, schema });
      const client = clientOf(document, { server: `${server().url}/v1` });
      const absolute = `${server().url}/v1/more?n=2`;
      server().replies(
        ...bodies(
          { rows: [1], next: absolute },
          { rows: [2], next: '/things?n=3' },
          { rows: [3], next: '' },
        ),
      );
      expect(await all(client.list('listThings', { size: 1, body: { q: 1 } }))).toEqual([1, 2, 3]);
      expect(server().log).toEqual([
        'POST /v1/things?size=1 {"q":1}',
        'POST /v1/more?n=2 {"q":1}',
        'POST /v1/things?n=3 {"q":1}',
      ]);
    });

    it('Azure: links keep the api-version', async () => {
      const document = documentOf({
        extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } },
        query: ['api-version', 'top'],
        schema: object({ value: list(), nextLink: TEXT }),
      });
      server().replies(
        ...bodies(
          { value: [], nextLink: '/things?page=2' },
          { value: [1], nextLink: `${server().url}/things?page=3&api-version=9` },
          { value: [2], nextLink: '' },
        ),
      );
      expect(
        await all(clientOf(document).list('listThings', { 'api-version': '1', top: 5 })),
      ).toEqual([1, 2]);
      expect(server().log).toEqual([
        'GET /things?api-version=1&top=5',
        'GET /things?page=2&api-version=1',
        'GET /things?page=3&api-version=1',
      ]);
    });

    it.each([
      [true, 'next?page=2', '/v1/more/next?page=2&top=5'],
      [undefined, 'a/b', '/v1/more/a%2Fb?top=5'],
      [true, '//evil.example/x', '/v1/more/evil.example/x?top=5'],
    ])(
      'Azure: the next page by another operation (unencoded: %p)',
      async (unencoded, link, wanted) => {
        const document = documentOf({
          extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink', operationName: 'more' } },
          query: ['top'],
          schema: object({ value: list(), nextLink: TEXT }),
          root: {
            'x-ms-paths': {
              '/more/{token}?more': {
                get: {
                  operationId: 'more',
                  parameters: [
                    {
                      name: 'token',
                      in: 'path',
                      schema: TEXT,
                      'x-ms-skip-url-encoding': unencoded,
                    },
                  ],
                },
              },
            },
          },
        });
        const client = clientOf(document, { server: `${server().url}/v1` });
        server().replies(...bodies({ value: [1], nextLink: link }, { value: [2] }));
        expect(await all(client.list('listThings', { top: 5 }))).toEqual([1, 2]);
        expect(server().log).toEqual(['GET /v1/things?top=5', `GET ${wanted}`]);
      },
    );

    it('Azure: one page, whose link is not followed', async () => {
      const document = documentOf({
        extensions: { 'x-ms-pageable': { nextLinkName: null } },
        schema: object({ value: list() }),
      });
      server().replies(...bodies({ value: [1], nextLink: '/more' }));
      expect(await all(clientOf(document).list('listThings'))).toEqual([1]);
    });

    it('Fern: an offset is a page number, and no cursor is the end', async () => {
      const fern = { offset: '$request.page', results: '$response.data' };
      const document = documentOf({
        extensions: { 'x-fern-pagination': fern },
        query: ['page'],
        schema: object({ data: list() }),
      });
      server().replies(...bodies({ data: [1] }, { data: [2] }, { data: [] }));
      expect(await all(clientOf(document).list('listThings', { page: 4 }))).toEqual([1, 2]);
      expect(server().log).toEqual([
        'GET /things?page=4',
        'GET /things?page=5',
        'GET /things?page=6',
      ]);
    });

    it('goes on from a resume token', async () => {
      const client = clientOf(harbour);
      server().replies(...bodies({ invoices: [1, 2], paging: { next: 'k2' } }), {
        status: 404,
        body: {},
      });
      const { resumeToken } = await failure(client.list('listInvoices'));
      server().replies(...bodies({ invoices: [3], paging: { next: null } }));
      expect(await all(client.list('listInvoices', {}, { resumeFrom: resumeToken }))).toEqual([3]);
      expect(server().log).toEqual(['GET /invoices?cursor=k2']);
    });
  });

  describe('calls', () => {
    it('emits the body and completes', async () => {
      server().replies(...bodies({ id: 7 }));
      expect(await all(clientOf(harbour).call('getBerth', { id: 'a/b' }))).toEqual([{ id: 7 }]);
      expect(server().log).toEqual(['GET /berths/a%2Fb']);
    });

    it('emits null for null, an array for an array, and undefined for a reply without a body', async () => {
      const client = clientOf(harbour);
      for (const body of [null, [1], 0, '', false]) {
        server().replies({ body });
        expect(await all(client.call('listTides'))).toEqual([body]);
      }
      server().replies({ status: 204, body: undefined });
      expect(await all(client.call('listTides'))).toEqual([undefined]);
    });

    it('makes no request before it is subscribed to, and one for each subscription', async () => {
      server().replies(...bodies(1, 2));
      const reply = clientOf(harbour).call('listTides');
      expect(server().log).toEqual([]);
      expect([await all(reply), await all(reply)]).toEqual([[1], [2]]);
    });

    it('sends again only what may be sent again', async () => {
      const clock = { retries: 1, baseDelay: 1 };
      server().replies({ status: 503, body: {} }, { body: 1 });
      expect(await all(clientOf(harbour).call('listTides', {}, { retry: clock }))).toEqual([1]);
      server().replies({ status: 503, body: {} }, { body: 1 });
      const { code } = await failure(clientOf(harbour).call('searchCargo', { body: {} }));
      expect(code).toBe('HTTP_STATUS');
      expect(server().log).toHaveLength(1);
    });

    it('refuses what the document does not have', () => {
      const client = clientOf(harbour);
      expect(() => client.list('getBerth', { id: 1 })).toThrow(
        new TypeError('getBerth is not known to be paged: it can be called, not listed'),
      );
      expect(() => client.list('list_berths')).toThrow(
        new TypeError('The document has no operation "list_berths"; it has "listBerths"'),
      );
      expect(() => client.call('constructor')).toThrow(
        'The document has no operation "constructor"',
      );
      expect(() => client.list('listBerths', { pages: 1 })).toThrow(
        'listBerths: unknown argument "pages"',
      );
      expect(() => client.call('getBerth')).toThrow("getBerth: the argument 'id' is missing");
    });
  });

  it('takes an operation whose operationId others have by its place alone', async () => {
    const get = {
      operationId: 'x',
      parameters: [{ name: 'page_token', in: 'query' }],
      'x-dropshot-pagination': true,
      responses: {
        200: {
          content: { 'application/json': { schema: object({ items: list(), next_page: TEXT }) } },
        },
      },
    };
    const paths = {
      '/a': { get },
      '/b': { get },
      '/c': { get: { ...get, operationId: 'GET /b' } },
    };
    const client = clientOf({ openapi: '3.1.0', paths });
    expect(client.problems).toEqual([
      {
        operation: 'x',
        key: 'operationId',
        reason: 'that of several operations, which only their places tell apart: GET /a, GET /b',
      },
    ]);
    for (const use of [() => client.list('x'), () => client.call('x')]) {
      expect(use).toThrow(
        new TypeError(
          'The document has several operations "x"; name one by its place: "GET /a" or "GET /b"',
        ),
      );
    }
    server().replies(...bodies({ items: [1], next_page: null }, { items: [2], next_page: null }));
    expect(await all(client.list('GET /b'))).toEqual([1]);
    expect(await all(client.list('GET /c'))).toEqual([2]);
    expect(server().log).toEqual(['GET /b', 'GET /c']);
  });

  describe('servers', () => {
    const get = { operationId: 'get', responses: { 200: {} } };
    const urlOf = (document: object, options: ClientOptions = {}) => {
      const urls: string[] = [];
      const transport = (request: { url: string }) => {
        urls.push(request.url);
        return [{ status: 200, headers: {}, body: 1, url: '' }];
      };
      createClient({ openapi: '3.0.0', ...document }, transport, options)
        .call('get')
        .subscribe();
      return urls[0];
    };
    const variables = { region: { default: 'eu', enum: ['eu', 'us'] }, host: {} };
    const servers = [
      { url: 'https://{region}.api.example/v1/' },
      { url: 'https://{host}/', variables },
    ];
    const withVariables = [{ ...servers[0], variables }, servers[1]];
    const paths = { '/a': { get } };

    it('takes the first, one by its place, or a URL', () => {
      expect(urlOf({ paths, servers: withVariables })).toBe('https://eu.api.example/v1/a');
      expect(
        urlOf({ paths, servers: withVariables }, { server: 1, variables: { host: 'h' } }),
      ).toBe('https://h/a');
      expect(urlOf({ paths, servers }, { server: 'http://x:1/{v}/', variables: { v: 'v2' } })).toBe(
        'http://x:1/v2/a',
      );
      expect(urlOf({ paths, servers }, { server: '' })).toBe('/a');
      expect(urlOf({ paths })).toBe('/a');
    });

    it('takes those of the operation or path, unless one is chosen', () => {
      const own = {
        '/a': { servers: [{ url: 'https://path' }], get: { ...get, servers: [{ url: '/own' }] } },
      };
      expect(urlOf({ paths: own, servers: withVariables })).toBe('/own/a');
      expect(urlOf({ paths: own, servers: withVariables }, { server: 0 })).toBe(
        'https://eu.api.example/v1/a',
      );
    });

    it('reads those of Swagger 2.0', () => {
      const swagger = { openapi: undefined, swagger: '2.0', paths };
      expect(urlOf({ ...swagger, host: 'h:8', basePath: '/v2/', schemes: ['http', 'https'] })).toBe(
        'https://h:8/v2/a',
      );
      expect(urlOf({ ...swagger, basePath: '/v2' })).toBe('/v2/a');
      const parameterized = {
        hostTemplate: '{account}.{host}',
        parameters: [{ name: 'account' }, { $ref: '#/parameters/host' }],
      };
      const azure = {
        ...swagger,
        'x-ms-parameterized-host': parameterized,
        parameters: { host: { name: 'host', default: 'azure.example' } },
      };
      expect(urlOf(azure, { variables: { account: 'me' } })).toBe('https://me.azure.example/a');
      expect(() => urlOf(azure)).toThrow(
        "needs a value for {account}: give it in the option 'variables'",
      );
    });

    it('refuses what there is not', () => {
      expect(() => urlOf({ paths, servers: withVariables }, { server: 2 })).toThrow(
        "The option 'server' must be below 2, the number of servers, got 2",
      );
      expect(() =>
        urlOf({ paths, servers: withVariables }, { variables: { region: 'eu.evil.example/' } }),
      ).toThrow('takes one of eu, us for {region}, got "eu.evil.example/"');
    });
  });

  describe('credentials', () => {
    const schemes = {
      bearer: { type: 'http', scheme: 'Bearer' },
      basic: { type: 'http', scheme: 'basic' },
      oauth: { type: 'oauth2', flows: {} },
      inQuery: { type: 'apiKey', in: 'query', name: 'api_key' },
      inHeader: { type: 'apiKey', in: 'header', name: 'X-Key' },
      inCookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
    };
    const secured = (...security: readonly object[]) =>
      documentOf({
        extensions: { security },
        schema: TEXT,
        root: { components: { securitySchemes: schemes } },
      });
    const sent = async (security: readonly object[], credentials: ClientOptions['credentials']) => {
      server().replies({ body: 1 });
      await all(clientOf(secured(...security), { credentials }).call('listThings'));
      const { authorization, 'x-key': key, cookie } = server().headers[0] ?? {};
      return [server().log[0], authorization, key, cookie].filter((one) => one !== undefined);
    };

    it('go where their scheme says', async () => {
      const secret = () => 'S3cret/ü';
      expect(await sent([{ bearer: [] }], () => 'S3cret')).toEqual([
        'GET /things',
        'Bearer S3cret',
      ]);
      expect(await sent([{ oauth: ['read'] }], () => Promise.resolve('t'))).toEqual([
        'GET /things',
        'Bearer t',
      ]);
      expect(await sent([{ basic: [] }], () => ({ username: 'me', password: 'pä' }))).toEqual([
        ...['GET /things', 'Basic bWU6cMOk'],
      ]);
      expect(await sent([{ inQuery: [] }], secret)).toEqual([
        'GET /things?api_key=S3cret%2F%C3%BC',
      ]);
      expect(await sent([{ inHeader: [] }], () => 'k')).toEqual(['GET /things', 'k']);
      expect(await sent([{ inCookie: [] }], secret)).toEqual([
        'GET /things',
        'sid=S3cret%2F%C3%BC',
      ]);
    });

    it('of the first requirement that they can be had for, all of it', async () => {
      const security = [{ bearer: [], inHeader: [] }, { inQuery: [] }];
      const have =
        (...names: string[]) =>
        ({ name }: { name: string }) =>
          names.includes(name) ? name : undefined;
      expect(await sent(security, have('bearer', 'inHeader', 'inQuery'))).toEqual([
        'GET /things',
        'Bearer bearer',
        'inHeader',
      ]);
      expect(await sent(security, have('bearer', 'inQuery'))).toEqual([
        'GET /things?api_key=inQuery',
      ]);
      expect(await sent(security, have('bearer'))).toEqual(['GET /things']);
      expect(await sent([{}], have('bearer'))).toEqual(['GET /things']);
      expect(await sent([], have('bearer'))).toEqual(['GET /things']);
    });

    it('are asked for on every attempt', async () => {
      let asked = 0;
      server().replies({ status: 503, body: {} }, { body: 1 });
      const client = clientOf(secured({ bearer: [] }), {
        credentials: () => `token${String(++asked)}`,
      });
      await all(client.call('listThings', {}, { retry: { retries: 1, baseDelay: 1 } }));
      expect(server().headers.map(({ authorization }) => authorization)).toEqual([
        'Bearer token1',
        'Bearer token2',
      ]);
    });

    it('are masked in errors, whatever the server sends back and the transport throws', async () => {
      const credentials = () => 'planted-S3CRET-token';
      const client = clientOf(secured({ bearer: [] }), { credentials });
      server().replies({ status: 400, body: { error: 'bad planted-S3CRET-token' } });
      const echoed = await failure(client.call('listThings', {}, noRetry));
      expect(inspect(echoed, { depth: 10 }) + JSON.stringify(echoed)).not.toContain('S3CRET');
      expect(echoed.status).toBe(400);
      const plain = createClient(
        secured({ inHeader: [] }),
        ({ headers }) => [
          { status: 400, headers: {}, body: { said: headers?.['X-Key'] }, url: 'https://h/' },
        ],
        { credentials, server: 'https://h' },
      );
      const repeated = await failure(plain.call('listThings', {}, noRetry));
      expect(repeated.bodyExcerpt).toContain('said');
      expect(inspect(repeated, { depth: 10 })).not.toContain('S3CRET');
      const throwing = createClient(
        secured({ inQuery: [] }),
        ({ params }) => Promise.reject(new Error(`no route for ${String(params?.['api_key'])}`)),
        { credentials, server: 'https://h' },
      );
      const thrown = await failure(throwing.call('listThings', {}, noRetry));
      expect(inspect(thrown, { depth: 10 }) + JSON.stringify(thrown)).not.toContain('S3CRET');
    });

    it('are not in resume tokens', async () => {
      const document = documentOf({
        extensions: { 'x-dropshot-pagination': true, security: [{ inQuery: [] }] },
        query: ['page_token'],
        schema: object({ items: list(), next_page: TEXT }),
        root: { components: { securitySchemes: schemes } },
      });
      server().replies(...bodies({ items: [1], next_page: 'k2' }), { status: 404, body: {} });
      const old = clientOf(document, { credentials: () => 'planted1' });
      const { resumeToken } = await failure(old.list('listThings'));
      server().replies(...bodies({ items: [] }));
      const renewed = clientOf(document, { credentials: () => 'planted2' });
      expect(await all(renewed.list('listThings', {}, { resumeFrom: resumeToken }))).toEqual([]);
      expect(server().log).toEqual(['GET /things?page_token=k2&api_key=planted2']);
      expect(
        Buffer.from(resumeToken.replace(/^[^.]*\./, ''), 'base64url').toString(),
      ).not.toContain('planted');
    });
  });
});
