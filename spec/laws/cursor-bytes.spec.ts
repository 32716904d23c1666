import axios from 'axios';
import { of } from 'rxjs';

import type { Json } from '../../lib/core/json';
import type { PageRequest } from '../../lib/core/page-request';
import type { Transport } from '../../lib/core/transport';
import { paginate } from '../../lib/paginate';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import type { SlotPlace } from '../../lib/strategy/slot';
import { axiosTransport } from '../../lib/transport/axios';
import { fetchTransport } from '../../lib/transport/fetch';
import { json, startHttpServer, type HttpServer, type SeenRequest } from '../support/http-server';
import { walkToEnd, type WalkResult } from '../support/walk-result';

const anywhere: readonly (readonly [string, string | number])[] = [
  ['a nought', 0],
  ['a nought as text', '0'],
  ['a negative number', -7],
  ['the largest safe whole number', 9007199254740991],
  ['a fraction', 0.1],
  ['a whole number beyond every float, as text', '18446744073709551617'],
  ['base64 with padding', 'YWJjZA=='],
  ['base64 with plus and slash', '++//+/=='],
  ['an escape that is none', '%26'],
  ['an escape of an escape', '%2526%252F'],
  ['a lone per cent sign', '100%'],
  ['quotes of both kinds', `"it's"`],
  ['what a query is made of', '?a=b&c=d#e;f,g'],
  ['what a path is made of', '../../etc'],
  ['braces', '{at}'],
  ['blanks inside', 'a b  c'],
  ['a backslash', 'a\\b'],
  ['words of JSON', 'null'],
  ['JSON as text', '{"id":7,"at":"2024-01-01T00:00:00+02:00"}'],
  ['Latin letters', 'Zürich ÿ'],
  ['8 KB', 'x+'.repeat(3500) + 'y'.repeat(1192)],
];
const notInHeaders: readonly (readonly [string, string])[] = [
  ['an emoji', '👩‍👩‍👧‍👦 🚀'],
  ['Chinese', '第二页'],
  ['a tab and a line break', 'a\tb\r\nx-evil: 1'],
  ['blanks around it', ' a '],
  ['a zero', 'a\0b'],
];
const onlyInBodies: readonly (readonly [string, Json])[] = [
  ['an object', { id: 7, after: ['a', null, true, { deep: '=+' }] }],
  ['an array', [0, '0', false]],
  ['an empty object', {}],
];

const url = 'http://api.test/items';
const requests: Readonly<Record<SlotPlace, PageRequest>> = {
  params: { url, params: { size: 2 } },
  path: { url: `${url}/{cursor}/list`, path: { cursor: 'start' } },
  headers: { url },
  body: { method: 'POST', url, body: { filter: 'a' } },
};
const strategyOf = (place: SlotPlace) =>
  cursorPagination<number>({ items: '/data', next: '/next', in: place });

/** Walks two pages, the first of which gives the cursor. */
function walkTwo(
  place: SlotPlace,
  cursor: Json,
  log: PageRequest[] = [],
): Promise<WalkResult<number>> {
  const transport: Transport = (request) => {
    const isFirst = log.push(request) === 1;
    const body = isFirst ? { data: [1], next: cursor } : { data: [2], next: null };
    return of({ status: 200, headers: {}, url, body });
  };
  return walkToEnd(paginate<number>(transport, requests[place], { pagination: strategyOf(place) }));
}

const sentIn: Readonly<Record<SlotPlace, (request: PageRequest) => unknown>> = {
  params: ({ params }) => params?.['cursor'],
  path: ({ path }) => path?.['cursor'],
  headers: ({ headers }) => headers?.['cursor'],
  body: ({ body }) => (body as { cursor: unknown }).cursor,
};

const textOf = (cursor: Json) =>
  typeof cursor === 'object' ? JSON.stringify(cursor) : String(cursor);

describe('a cursor', () => {
  const places = ['params', 'path', 'headers', 'body'] as const;
  const fits = places.flatMap((place) =>
    [
      ...anywhere,
      ...(place === 'headers' ? [] : notInHeaders),
      ...(place === 'body' ? onlyInBodies : []),
    ].map(([what, cursor]) => [what, place, cursor] as const),
  );

  it.each(fits)('reaches the transport as it is: %s in %s', async (_, place, cursor) => {
    const log: PageRequest[] = [];
    const { values, end } = await walkTwo(place, cursor, log);

    expect([values, end, log.length]).toEqual([[1, 2], 'complete', 2]);
    expect(sentIn[place](log[1]!)).toEqual(place === 'headers' ? textOf(cursor) : cursor);
    // Nothing else changes from page to page.
    expect({ ...log[1], [place]: undefined }).toEqual({ ...log[0], [place]: undefined });
  });

  const refused: (readonly [string, SlotPlace, Json])[] = [
    ...notInHeaders.map(([what, cursor]) => [what, 'headers', cursor] as const),
    ...onlyInBodies.flatMap(([what, cursor]) =>
      (['params', 'path', 'headers'] as const).map((place) => [what, place, cursor] as const),
    ),
    ...places.map((place) => ['a flag', place, true] as const),
    ...places.map((place) => ['false', place, false] as const),
    ...places.map((place) => ['a rounded whole number', place, 2 ** 60] as const),
    ['dots that a path loses', 'path', '..'],
    ['half a surrogate pair', 'params', 'a\ud83d'],
  ];
  it.each(refused)('is BAD_SHAPE where it cannot be sent: %s in %s', async (_, place, cursor) => {
    const log: PageRequest[] = [];
    const { values, error } = await walkTwo(place, cursor, log);

    expect([values, error?.code, log.length]).toEqual([[1], 'BAD_SHAPE', 1]);
    expect(error?.itemsEmitted).toBe(1);
  });

  it.each(places)(
    'of no text ends the list, or is one where the walk says so: in %s',
    async (place) => {
      const log: PageRequest[] = [];
      expect((await walkTwo(place, '', log)).values).toEqual([1]);
      expect(log).toHaveLength(1);
    },
  );
});

describe('a cursor over a socket', () => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer();
  });
  afterAll(() => server.close());

  const transports = [
    ['fetch', () => fetchTransport({ baseUrl: server.origin })],
    ['axios', () => axiosTransport(axios.create({ baseURL: server.origin }))],
  ] as const;

  const seenIn: Readonly<Record<SlotPlace, (request: SeenRequest) => unknown>> = {
    params: ({ url: asked }) => new URL(asked, 'http://x').searchParams.get('cursor'),
    path: ({ url: asked }) => decodeURIComponent(/^\/items\/(.*)\/list$/.exec(asked)?.[1] ?? ''),
    headers: ({ headers }) => headers['cursor'],
    body: ({ body }) => (JSON.parse(body) as { cursor: unknown }).cursor,
  };

  async function seen(transport: Transport, place: SlotPlace, cursor: Json): Promise<unknown> {
    server.requests.length = 0;
    server.answer((request, response) => {
      const isFirst = server.requests.length === 1;
      json(isFirst ? { data: [1], next: cursor } : { data: [2], next: null })(request, response);
    });
    const first = requests[place];
    const list = paginate<number>(
      transport,
      { ...first, url: first.url.replace('http://api.test', '') },
      { pagination: strategyOf(place) },
    );
    const { values, error } = await walkToEnd(list);
    expect([values, error]).toEqual([[1, 2], undefined]);
    expect(server.requests).toHaveLength(2);
    return seenIn[place](server.requests[1]!);
  }

  describe.each(transports)('sent by %s', (_name, make) => {
    it.each(['params', 'path', 'headers'] as const)(
      'arrives byte for byte in %s',
      async (place) => {
        for (const [what, cursor] of [...anywhere, ...(place === 'headers' ? [] : notInHeaders)]) {
          expect([what, await seen(make(), place, cursor)]).toEqual([what, String(cursor)]);
        }
      },
    );

    it('arrives as it is in a body', async () => {
      for (const [what, cursor] of [...anywhere, ...notInHeaders, ...onlyInBodies]) {
        expect([what, await seen(make(), 'body', cursor)]).toEqual([what, cursor]);
      }
    });

    it.each(['absolute', 'relative'])('arrives byte for byte in an %s link', async (form) => {
      const links = [
        '/items?c=YWJj%3D%3D',
        '/items?c=a+b%2Bc%20d',
        '/items?c=%26&d=%2526&e=%zz',
        '/items?c=a==&flag&empty=&c=again',
        '/items?b=2&a=1&b=1',
        '/items/%2e%2F%5C/x?c=1;d,e:f@g!$*()~-_.',
        '/items?c=%F0%9F%9A%80&d=%FF',
        `/items?c=${'x%2B'.repeat(1900)}`,
      ];
      for (const link of links) {
        server.requests.length = 0;
        server.answer((request, response) => {
          const next = form === 'absolute' ? server.origin + link : link;
          const isFirst = server.requests.length === 1;
          json({ data: [1], ...(isFirst && { next }) })(request, response);
        });
        const pagination = linkPagination<number>({ items: '/data', next: '/next' });
        const { error } = await walkToEnd(paginate<number>(make(), '/items', { pagination }));
        expect([error, server.requests.map((request) => request.url)]).toEqual([
          undefined,
          ['/items', link],
        ]);
      }
    });
  });
});
