import { describeOperations } from '../../lib/openapi/describe-operations';
import { documentOf, INTEGER, list, object, TEXT, THING, type OneOperation } from './api-document';

const read = (one: OneOperation, heuristics = false) => {
  const { operations, problems } = describeOperations(documentOf(one), { heuristics });
  return { pagination: operations[0]?.pagination, reasons: problems.map(({ reason }) => reason) };
};

type Case = readonly [title: string, one: OneOperation, wanted: unknown];

const speakeasy = (type: string, inputs: readonly unknown[], outputs: unknown) => ({
  'x-speakeasy-pagination': { type, inputs, outputs },
});
const input = (name: string, type: string, place = 'parameters') => ({ name, type, in: place });
const page = object({
  data: list(),
  next: TEXT,
  more: { type: 'boolean' },
  pages: INTEGER,
  total: INTEGER,
});

/** What comes out of a document that is right. */
const GOOD: readonly Case[] = [
  [
    'Dropshot, with names that the first page needs',
    {
      extensions: { 'x-dropshot-pagination': { required: ['q'] } },
      query: ['page_token', 'limit', 'q'],
      schema: object({ items: list(), next_page: { type: ['string', 'null'] } }),
    },
    {
      ...{ extension: 'x-dropshot-pagination', system: 'dropshot', kind: 'cursor' },
      ...{ itemsPointer: '/items', itemSchema: THING, firstPageRequired: ['q'] },
      request: {
        cursor: { in: 'query', name: 'page_token' },
        limit: { in: 'query', name: 'limit' },
      },
      next: { in: 'body', pointer: '/next_page' },
    },
  ],
  [
    'Speakeasy, pages with a number of pages',
    {
      extensions: speakeasy('offsetLimit', [input('page', 'page'), input('size', 'limit')], {
        results: "$['data']",
        numPages: '$.pages',
      }),
      parameters: [
        { name: 'page', in: 'query', schema: { type: 'integer', default: 0 } },
        { name: 'size', in: 'query', schema: { type: 'integer', const: 5 } },
      ],
      schema: page,
    },
    {
      kind: 'number',
      itemsPointer: '/data',
      request: { page: { in: 'query', name: 'page' }, limit: { in: 'query', name: 'size' } },
      rules: { first: 0, limit: 5, totalPages: '/pages', shortPage: 'end' },
    },
  ],
  [
    'Speakeasy, an offset in the body',
    {
      method: 'post',
      extensions: speakeasy('offsetLimit', [input('from', 'offset', 'requestBody')], {
        results: '$',
      }),
      requestBody: { content: { 'application/json': { schema: object({ from: INTEGER }) } } },
      schema: list(),
    },
    {
      kind: 'offset',
      itemsPointer: '',
      request: { offset: { in: 'body', name: '/from' } },
      rules: {},
    },
  ],
  [
    'Speakeasy, the last element as cursor, and in: query',
    {
      extensions: speakeasy('cursor', [input('after', 'cursor', 'query')], {
        nextCursor: '$.data[(@.length-1)]',
      }),
      parameters: [{ name: 'after', in: 'query', schema: INTEGER }],
      schema: object({ data: list(INTEGER) }),
    },
    {
      kind: 'cursor',
      itemsPointer: '/data',
      itemSchema: INTEGER,
      next: { in: 'body', pointer: '/data', ofLast: '' },
      rules: { cursor: 'text-or-number' },
    },
  ],
  [
    'Speakeasy, the id of the last item of an array',
    {
      extensions: speakeasy('cursor', [input('after', 'cursor')], {
        nextCursor: '$[-1].id',
        results: '$',
      }),
      query: ['after'],
      schema: list(),
    },
    { next: { in: 'body', pointer: '', ofLast: '/id' }, rules: { cursor: 'text' } },
  ],
  [
    'Speakeasy, a link',
    {
      extensions: speakeasy('url', [], { nextUrl: '$.next' }),
      schema: object({ rows: list(), next: TEXT }),
    },
    {
      kind: 'link',
      itemsPointer: '/rows',
      next: { in: 'body', pointer: '/next' },
      rules: { follow: 'same-method', path: '/things' },
    },
  ],
  [
    'Speakeasy, items in the one member of a union that has them',
    {
      extensions: speakeasy('offsetLimit', [input('page', 'page')], { results: '$.data' }),
      query: ['page'],
      schema: { oneOf: [TEXT, page] },
    },
    { kind: 'number', itemSchema: THING },
  ],
  [
    'Fern, an offset without step is a page number',
    {
      extensions: {
        'x-fern-pagination': {
          offset: '$request.page',
          results: '$response.data',
          'has-next-page': '$response.more',
        },
      },
      query: ['page'],
      schema: page,
    },
    {
      kind: 'number',
      request: { page: { in: 'query', name: 'page' } },
      rules: { hasMore: '/more' },
    },
  ],
  [
    'Fern, an offset with step',
    {
      extensions: {
        'x-fern-pagination': {
          offset: '$request.start',
          step: '$request.limit',
          results: '$response.data',
        },
      },
      query: ['start', 'limit'],
      schema: page,
    },
    {
      kind: 'offset',
      request: { offset: { in: 'query', name: 'start' }, limit: { in: 'query', name: 'limit' } },
    },
  ],
  [
    'Fern, taken from the root, with a field of the body; the cursor wins',
    {
      method: 'post',
      extensions: { 'x-fern-pagination': true },
      root: {
        'x-fern-pagination': {
          cursor: '$request.paging.after',
          offset: '$request.nothing',
          next_cursor: '$response.next',
          results: '$response.data',
        },
      },
      requestBody: {
        content: { 'application/json': { schema: object({ paging: object({ after: TEXT }) }) } },
      },
      schema: page,
    },
    {
      kind: 'cursor',
      request: { cursor: { in: 'body', name: '/paging/after' } },
      next: { in: 'body', pointer: '/next' },
    },
  ],
  [
    'Fern, a path',
    {
      extensions: {
        'x-fern-pagination': { next_path: '$response.next', results: '$response.data' },
      },
      schema: page,
    },
    { kind: 'link', next: { in: 'body', pointer: '/next' }, request: {} },
  ],
  [
    'Azure, with a dot in the name',
    {
      extensions: { 'x-ms-pageable': { nextLinkName: 'odata.nextLink', itemName: 'rows' } },
      schema: object({ rows: list(), 'odata.nextLink': TEXT }),
    },
    {
      kind: 'link',
      itemsPointer: '/rows',
      next: { in: 'body', pointer: '/odata.nextLink' },
      rules: { keep: ['api-version'] },
    },
  ],
  [
    'Azure, one page',
    { extensions: { 'x-ms-pageable': { nextLinkName: null } }, schema: object({ value: list() }) },
    { kind: 'single', itemsPointer: '/value', request: {} },
  ],
  [
    'Azure, the next page by another operation',
    {
      extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink', operationName: 'more' } },
      schema: object({ value: list(), nextLink: TEXT }),
      root: {
        'x-ms-paths': {
          '/more/{token}': {
            get: {
              operationId: 'more',
              parameters: [{ name: 'token', in: 'path', required: true, schema: TEXT }],
              responses: {},
            },
          },
        },
      },
    },
    {
      kind: 'link',
      rules: {
        operation: {
          ...{ method: 'GET', path: '/more/{token}', from: '/things' },
          param: { in: 'path', name: 'token' },
        },
      },
    },
  ],
  [
    'Datadog, pages from 0',
    {
      extensions: { 'x-pagination': { limitParam: 'size', pageParam: 'page' } },
      parameters: [
        { name: 'page', in: 'query', schema: INTEGER },
        { name: 'size', in: 'query', schema: { type: 'integer', default: 20 } },
      ],
      schema: list(),
    },
    {
      extension: 'x-pagination',
      system: 'datadog',
      kind: 'number',
      itemsPointer: '',
      rules: { first: 0, limit: 20, shortPage: 'end' },
    },
  ],
  [
    'Datadog, a cursor in the body',
    {
      method: 'post',
      extensions: {
        'x-pagination': {
          limitParam: 'body.page.limit',
          cursorParam: 'body.page.cursor',
          cursorPath: 'next',
          resultsPath: 'data',
        },
      },
      requestBody: {
        content: {
          'application/json': {
            schema: object({ page: object({ cursor: TEXT, limit: INTEGER }) }),
          },
        },
      },
      schema: page,
    },
    {
      kind: 'cursor',
      request: {
        cursor: { in: 'body', name: '/page/cursor' },
        limit: { in: 'body', name: '/page/limit' },
      },
      next: { in: 'body', pointer: '/next' },
      rules: { emptyPage: 'end' },
    },
  ],
  [
    'Scalar, a scheme of the document',
    {
      extensions: { 'x-scalar-pagination': 'tokens' },
      root: {
        'x-scalar-pagination': [
          {
            name: 'tokens',
            type: 'cursor',
            continueOnEmptyItems: true,
            request: { c: { type: 'cursor', param: 'cursor' }, limit: { type: 'limit' } },
            response: {
              rows: { type: 'items', path: ['data'] },
              next: { type: 'cursor' },
              more: { type: 'hasMore' },
            },
          },
        ],
      },
      query: ['cursor', 'limit'],
      schema: page,
    },
    {
      system: 'scalar',
      kind: 'cursor',
      itemsPointer: '/data',
      request: { cursor: { in: 'query', name: 'cursor' }, limit: { in: 'query', name: 'limit' } },
      next: { in: 'body', pointer: '/next' },
      rules: { hasMore: '/more' },
    },
  ],
  [
    'Scalar, the id of the last item',
    {
      extensions: {
        'x-scalar-pagination': {
          type: 'cursorId',
          request: { after: { type: 'cursorId' } },
          response: { data: { type: 'items', itemCursor: ['id'] }, total: { type: 'total' } },
        },
      },
      query: ['after'],
      schema: page,
    },
    {
      kind: 'cursor',
      next: { in: 'body', pointer: '/data', ofLast: '/id' },
      rules: { totalCount: '/total', emptyPage: 'end' },
    },
  ],
  [
    'Stainless, marks on a parameter and in the reply',
    {
      parameters: [
        {
          name: 'after',
          in: 'query',
          schema: { ...TEXT, 'x-stainless-pagination-property': { purpose: 'next_cursor_param' } },
        },
      ],
      schema: object({
        rows: { ...list(), 'x-stainless-pagination-property': { purpose: 'items' } },
        paging: object({
          next: { ...TEXT, 'x-stainless-pagination-property': { purpose: 'next_cursor_field' } },
          more: {
            type: 'boolean',
            'x-stainless-pagination-property': { purpose: 'has_next_page' },
          },
        }),
        others: list(),
      }),
    },
    {
      extension: 'x-stainless-pagination-property',
      kind: 'cursor',
      itemsPointer: '/rows',
      request: { cursor: { in: 'query', name: 'after' } },
      next: { in: 'body', pointer: '/paging/next' },
      rules: { hasMore: '/paging/more' },
    },
  ],
  [
    'Stainless, the id of the last item where both are marked as ids',
    {
      parameters: [
        {
          name: 'after',
          in: 'query',
          schema: { ...TEXT, 'x-stainless-pagination-property': { purpose: 'next_cursor_id' } },
        },
      ],
      schema: object({
        rows: list(
          object({
            uid: { ...TEXT, 'x-stainless-pagination-property': { purpose: 'cursor_item_id' } },
          }),
        ),
      }),
    },
    {
      extension: 'x-stainless-pagination-property',
      kind: 'cursor',
      itemsPointer: '/rows',
      request: { cursor: { in: 'query', name: 'after' } },
      next: { in: 'body', pointer: '/rows', ofLast: '/uid' },
    },
  ],
];

/** What is reported of a document that is wrong; its operation is a plain one. */
const BAD: readonly Case[] = [
  [
    'Dropshot without items',
    {
      extensions: { 'x-dropshot-pagination': true },
      query: ['page_token'],
      schema: object({ next_page: TEXT }),
    },
    'the response has no array of items',
  ],
  [
    'Dropshot without a token in the reply',
    {
      extensions: { 'x-dropshot-pagination': true },
      query: ['page_token'],
      schema: object({ items: list() }),
    },
    "the response has no text 'next_page'",
  ],
  [
    'Dropshot of another form',
    {
      extensions: { 'x-dropshot-pagination': { required: 'q' } },
      schema: object({ items: list() }),
    },
    'expected { required: [names] } or true',
  ],
  [
    'Speakeasy with a reply that is text',
    {
      extensions: speakeasy('offsetLimit', [input('page', 'page')], { results: '$.items' }),
      query: ['page'],
      schema: TEXT,
    },
    'the response has no array at /items',
  ],
  [
    'Speakeasy with a path to several values',
    { extensions: speakeasy('url', [], { nextUrl: '$..next' }), schema: object({ data: list() }) },
    "'nextUrl' is no JSONPath to one value",
  ],
  [
    'Speakeasy with a parameter that is not there',
    {
      extensions: speakeasy('cursor', [input('c', 'cursor')], { nextCursor: '$.next' }),
      schema: page,
    },
    "the operation has no parameter 'c'",
  ],
  [
    'Speakeasy where the items could be several',
    {
      extensions: speakeasy('url', [], { nextUrl: '$.next' }),
      schema: object({ a: list(), b: list() }),
    },
    'the items are not named, and the response has not exactly one array',
  ],
  [
    'Fern with a flag at the root',
    {
      extensions: { 'x-fern-pagination': true },
      root: { 'x-fern-pagination': true },
      schema: page,
    },
    'expected at the root of the document an object of offset, cursor, next_uri or next_path',
  ],
  [
    'Azure without a link name',
    { extensions: { 'x-ms-pageable': { itemName: 'value' } }, schema: object({ value: list() }) },
    "'nextLinkName' must be a name or null",
  ],
  [
    'Azure with an operation that is not there',
    {
      extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink', operationName: 'more' } },
      schema: object({ value: list(), nextLink: TEXT }),
    },
    "there is no operation 'more'",
  ],
  [
    'Datadog with results that are no array',
    {
      extensions: { 'x-pagination': { pageParam: 'page', resultsPath: 'next' } },
      query: ['page'],
      schema: page,
    },
    'the response has no array at /next',
  ],
  ...[
    ['x-dropshot-pagination', 'expected { required: [names] } or true'],
    ['x-speakeasy-pagination', 'expected an object of type, inputs and outputs'],
    ['x-fern-pagination', 'expected an object of offset, cursor, next_uri or next_path'],
    ['x-ms-pageable', 'expected an object of nextLinkName and itemName'],
    ['x-pagination', "neither APIMatic's nor Datadog's: not used"],
    ['x-scalar-pagination', 'expected a scheme, its name or false'],
  ].map(([key = '', reason = '']): Case => [
    `${key}: null`,
    { extensions: { [key]: null }, schema: page },
    reason,
  ]),
  [
    'Stainless with marks in the reply alone',
    {
      query: ['after'],
      schema: object({
        rows: { ...list(), 'x-stainless-pagination-property': { purpose: 'items' } },
        next: { ...TEXT, 'x-stainless-pagination-property': { purpose: 'next_cursor_field' } },
      }),
    },
    'no parameter is marked as the one that leads on, and no URL in the reply; marked: items, next_cursor_field',
  ],
  [
    'Stainless with a parameter that leads back, and one that is a cookie',
    {
      parameters: [
        {
          name: 'before',
          in: 'query',
          schema: { ...TEXT, 'x-stainless-pagination-property': { purpose: 'previous_cursor_id' } },
        },
        {
          name: 'after',
          in: 'cookie',
          schema: { ...TEXT, 'x-stainless-pagination-property': { purpose: 'next_cursor_param' } },
        },
      ],
      schema: page,
    },
    'no parameter is marked as the one that leads on, and no URL in the reply; marked: previous_cursor_id, next_cursor_param',
  ],
  [
    'Scalar with an unknown scheme',
    { extensions: { 'x-scalar-pagination': 'tokens' }, schema: page },
    "the document has no scheme 'tokens'",
  ],
  [
    'APIMatic with a field of the body that is not there',
    {
      method: 'post',
      extensions: {
        'x-pagination': {
          type: 'page',
          input: '$request.body#/page',
          result: '$response.body#/data',
        },
      },
      requestBody: { content: { 'application/json': { schema: object({ pages: INTEGER }) } } },
      schema: page,
    },
    'the body of the request has no field /page',
  ],
];

const HEURISTIC: readonly Case[] = [
  [
    'has_more with after, as OpenAI writes it',
    {
      query: ['after', 'limit'],
      schema: object({ data: list(), has_more: { type: 'boolean' }, last_id: TEXT }),
    },
    {
      extension: 'heuristic',
      kind: 'cursor',
      request: { cursor: { in: 'query', name: 'after' }, limit: { in: 'query', name: 'limit' } },
      next: { in: 'body', pointer: '/data', ofLast: '/id' },
      rules: { hasMore: '/has_more' },
    },
  ],
  [
    'page_token with next_page_token',
    { query: ['page_token'], schema: object({ users: list(), next_page_token: TEXT }) },
    { kind: 'cursor', itemsPointer: '/users', next: { in: 'body', pointer: '/next_page_token' } },
  ],
  [
    'limit and offset with a total',
    { query: ['limit', 'offset'], schema: object({ runs: list(), total: INTEGER }) },
    { kind: 'offset', rules: { totalCount: '/total' } },
  ],
  [
    'a Link header with page',
    { query: ['page'], schema: list(), response: { headers: { Link: {} } } },
    { kind: 'link', next: { in: 'header', pointer: 'link' } },
  ],
];

describe('extensions', () => {
  it.each(GOOD)('reads %s', (_, one, wanted) => {
    const { pagination, reasons } = read(one);
    expect(pagination).toMatchObject(wanted as object);
    expect(reasons).toEqual([]);
  });

  it.each(BAD)('reports %s', (_, one, wanted) => {
    expect(read(one)).toEqual({ pagination: undefined, reasons: [wanted] });
  });

  it.each(HEURISTIC)('guesses %s only where it is asked to', (_, one, wanted) => {
    expect(read(one).pagination).toBeUndefined();
    expect(read(one, true).pagination).toMatchObject(wanted as object);
  });

  it('does not guess where a count may be that of the page, or several arrays are there', () => {
    const query = ['limit', 'offset'];
    expect(
      read({ query, schema: object({ runs: list(), count: INTEGER }) }, true).pagination,
    ).toBeUndefined();
    const several = object({ a: list(), b: list(), total: INTEGER });
    expect(read({ query, schema: several }, true).pagination).toBeUndefined();
  });
});
