import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeOperations, type DescribeOptions } from '../../lib/openapi/describe-operations';
import { parseDocument } from '../../lib/openapi/parse-document';
import { documentOf, INTEGER, list, object, TEXT, THING, type OneOperation } from './api-document';

const harbour = parseDocument(readFileSync(join(__dirname, 'documents/harbour.yaml'), 'utf8'));

const read = (one: OneOperation, options?: DescribeOptions) => {
  const { operations, problems } = describeOperations(documentOf(one), options);
  return { pagination: operations[0]?.pagination, problems };
};
const reasons = (one: OneOperation, options?: DescribeOptions) => {
  const { pagination, problems } = read(one, options);
  expect(pagination).toBeUndefined();
  return problems.map(({ key, reason }) => `${key}: ${reason}`);
};

describe('describeOperations', () => {
  it('gives every operation in the order of the document, plain ones too', () => {
    const { operations } = describeOperations(harbour);
    expect(
      operations.map(({ operationId, method, path }) => `${operationId ?? ''} ${method} ${path}`),
    ).toEqual([
      'listBerths GET /berths',
      'listVessels GET /vessels',
      'listInvoices GET /invoices',
      'listEvents GET /events',
      'listManifests GET /manifests',
      'searchCargo POST /cargo/search',
      'listLogLines GET /logbook/{page}/lines',
      'listTides GET /tides',
      'listPilots GET /pilots',
      'getBerth GET /berths/{id}',
    ]);
  });

  it('reads every form of APIMatic’s extension, and reports the one that is broken', () => {
    const { operations, problems } = describeOperations(harbour);
    const kinds = operations.map(({ pagination }) => pagination?.kind);
    expect(kinds).toEqual([
      ...['number', 'offset', 'cursor', 'link', 'link', 'cursor', 'number', 'offset'],
      ...[undefined, undefined],
    ]);
    expect(problems).toEqual([
      {
        operation: 'listPilots',
        key: 'x-pagination',
        reason: `strategy 1: 'type' must be one of offset, page, cursor, link, got "scroll"`,
      },
    ]);
    const [berths, , , events, manifests, cargo, log, tides] = operations.map((o) => o.pagination);
    expect(berths).toEqual({
      extension: 'x-pagination',
      system: 'apimatic',
      kind: 'number',
      itemsPointer: '/data',
      itemSchema: { $ref: '#/components/schemas/Berth' },
      request: { page: { in: 'query', name: 'page' } },
      firstPageRequired: [],
      rules: { hideEmpty: true },
    });
    expect(events?.next).toEqual({ in: 'header', pointer: 'x-next-link' });
    expect(events?.itemsPointer).toBe('');
    expect(manifests?.others?.map(({ kind }) => kind)).toEqual(['number']);
    expect(cargo?.request).toEqual({ cursor: { in: 'body', name: '/paging/after' } });
    expect(log?.request).toEqual({ page: { in: 'path', name: 'page' } });
    expect(tides?.request).toEqual({ offset: { in: 'header', name: 'X-Offset' } });
  });

  it.each([undefined, null, 1, 'openapi: 3.0.0', [], {}, { openapi: '4.0.0' }, { swagger: '1.2' }])(
    'refuses %p, which is no document',
    (value) => {
      expect(() => describeOperations(value)).toThrow(/Expected an OpenAPI document/);
    },
  );

  it('refuses unknown options', () => {
    expect(() => describeOperations(harbour, { heuristic: true } as DescribeOptions)).toThrow(
      "describeOperations: unknown option 'heuristic'; the options are heuristics, files, extensions",
    );
  });

  describe('documents', () => {
    it('takes 200, else the lowest 2xx, else 2XX, else default for the reply', () => {
      const items = (...statuses: string[]) => {
        const responses = Object.fromEntries(
          statuses.map((status) => [
            status,
            {
              content: {
                'application/json; charset=utf-8': {
                  schema: object({ [`at${status}`]: list(), next: TEXT }),
                },
              },
            },
          ]),
        );
        const url = { type: 'url', outputs: { nextUrl: '$.next' } };
        return read({ extensions: { responses, 'x-speakeasy-pagination': url } }).pagination
          ?.itemsPointer;
      };
      expect(items('default', '204', '200')).toBe('/at200');
      expect(items('default', '206', '202')).toBe('/at202');
      expect(items('default', '2XX', '404')).toBe('/at2XX');
      expect(items('default', '404')).toBe('/atdefault');
    });

    it('follows references, also in chains, and stops in circles', () => {
      const root = {
        components: {
          schemas: {
            Page: { $ref: '#/components/schemas/Inner' },
            Inner: {
              allOf: [{ $ref: '#/components/schemas/Envelope' }, object({ next_page: TEXT })],
            },
            Envelope: object({ items: { $ref: '#/components/schemas/Things~1All' } }),
            'Things/All': list({ $ref: '#/components/schemas/Thing' }),
            Thing: THING,
            Loop: { $ref: '#/components/schemas/Pool' },
            Pool: { $ref: '#/components/schemas/Loop' },
          },
        },
      };
      const extensions = { 'x-dropshot-pagination': { required: [] } };
      const good = {
        root,
        extensions,
        query: ['page_token'],
        schema: { $ref: '#/components/schemas/Page' },
      };
      expect(read(good).pagination?.itemSchema).toEqual({ $ref: '#/components/schemas/Thing' });
      expect(read(good).problems).toEqual([]);
      expect(reasons({ ...good, schema: { $ref: '#/components/schemas/Loop' } })).toEqual([
        '$ref: the reference "#/components/schemas/Loop" leads nowhere',
        'x-dropshot-pagination: the response has no array of items',
      ]);
      expect(reasons({ ...good, schema: { $ref: 'https://a.example/x.json#/Page' } })).toEqual([
        '$ref: the reference "https://a.example/x.json#/Page" leads nowhere',
        'x-dropshot-pagination: the response has no array of items',
      ]);
    });

    it('asks for other files by their path from the document, each once', () => {
      const asked: string[] = [];
      const files = (path: string) => {
        asked.push(path);
        if (path === 'parts/page.yaml')
          return { Page: object({ items: list({ $ref: '../thing.yaml' }), next_page: TEXT }) };
        return path === 'thing.yaml' ? { $ref: './deep/../thing2.yaml#/T' } : { T: THING };
      };
      const one = {
        extensions: { 'x-dropshot-pagination': true },
        query: ['page_token', 'limit'],
        schema: { $ref: './parts/page.yaml#/Page' },
      };
      expect(read(one, { files }).pagination).toMatchObject({
        kind: 'cursor',
        itemSchema: { $ref: '../thing.yaml' },
      });
      expect(asked).toEqual(['parts/page.yaml', 'thing.yaml', 'thing2.yaml']);
    });

    it('reads Azure’s x-ms-paths and leaves out what only tells operations apart', () => {
      const get = { responses: {} };
      const document = {
        swagger: '2.0',
        paths: { '/a#one': { get }, '/a#two': { get } },
        'x-ms-paths': { '/b?comp=list': { get }, '/b?other': { get } },
      };
      expect(describeOperations(document).operations.map(({ path }) => path)).toEqual([
        ...['/a', '/a', '/b?comp=list', '/b'],
      ]);
    });

    it('overrides parameters of the path by name and place', () => {
      const document = documentOf({
        query: ['page'],
        schema: object({ data: list(), total: INTEGER }),
      });
      const { paths } = document as { paths: Record<string, Record<string, unknown>> };
      const item = paths['/things'] ?? {};
      item['parameters'] = [
        { name: 'page', in: 'query', schema: { type: 'integer', default: 7 } },
        { name: 'page', in: 'header', schema: TEXT },
      ];
      Object.assign(item['get'] as object, {
        'x-speakeasy-pagination': {
          type: 'offsetLimit',
          inputs: [{ name: 'page', in: 'parameters', type: 'page' }],
          outputs: { results: '$.data' },
        },
      });
      expect(describeOperations(document).operations[0]?.pagination?.rules).toEqual({});
    });
  });

  describe('several extensions', () => {
    const schema = object({ items: list(), next_page: TEXT, value: list(), nextLink: TEXT });
    const fern = {
      cursor: '$request.page_token',
      next_cursor: '$response.next_page',
      results: '$response.items',
    };
    const both = {
      schema,
      query: ['page_token'],
      extensions: {
        'x-ms-pageable': { nextLinkName: 'nextLink' },
        'x-fern-pagination': fern,
        'x-dropshot-pagination': true,
      },
    };

    it('uses the first in order of precedence and reports the others', () => {
      const { pagination, problems } = read(both);
      expect(pagination?.extension).toBe('x-dropshot-pagination');
      expect(problems).toEqual([
        {
          operation: 'listThings',
          key: 'x-fern-pagination',
          reason: 'not used: x-dropshot-pagination comes before it',
        },
        {
          operation: 'listThings',
          key: 'x-ms-pageable',
          reason: 'not used: x-dropshot-pagination comes before it',
        },
      ]);
    });

    it('goes on to the next where one does not fit', () => {
      const { pagination, problems } = read({ ...both, query: [] });
      expect(pagination?.extension).toBe('x-ms-pageable');
      expect(problems.map(({ key, reason }) => `${key}: ${reason}`)).toEqual([
        "x-dropshot-pagination: the operation has no parameter 'page_token'",
        "x-fern-pagination: the operation has no parameter 'page_token'",
      ]);
    });

    it('takes the caller’s configuration before all, and none where it is empty', () => {
      const extensions = { listThings: { 'x-fern-pagination': fern } };
      expect(read(both, { extensions }).pagination?.extension).toBe('x-fern-pagination');
      const plain = { 'GET /things': {} };
      expect(read(both, { extensions: plain, heuristics: true })).toEqual({
        pagination: undefined,
        problems: [],
      });
    });
  });

  it('reports values of x-pagination that are of other tools', () => {
    for (const value of [
      true,
      { style: 'offset', defaultLimit: 5 },
      { skip: 1, take: 2 },
      [],
      [{ scheme: 'a' }],
    ]) {
      expect(reasons({ extensions: { 'x-pagination': value }, schema: list() })).toEqual([
        "x-pagination: neither APIMatic's nor Datadog's: not used",
      ]);
    }
  });

  it('takes names such as __proto__ and constructor for names', () => {
    const document: unknown = JSON.parse(`{ "openapi": "3.0.0", "paths": { "/a": { "get": {
      "operationId": "__proto__", "x-dropshot-pagination": { "__proto__": { "required": [] } },
      "responses": { "200": { "$ref": "#/constructor/prototype" } } } }, "__proto__": { "get": {} } } }`);
    expect(describeOperations(document)).toEqual({
      operations: [{ operationId: '__proto__', method: 'GET', path: '/a' }],
      problems: [
        {
          operation: '__proto__',
          key: '$ref',
          reason: 'the reference "#/constructor/prototype" leads nowhere',
        },
        {
          operation: '__proto__',
          key: 'x-dropshot-pagination',
          reason: 'expected { required: [names] } or true',
        },
      ],
    });
    expect({}).not.toHaveProperty('required');
  });
});
