import { of } from 'rxjs';

import {
  fromPages,
  linkPagination,
  paginate,
  type PageReply,
  type PageRequest,
  type Transport,
  type WalkOptions,
} from 'paged-observable';
import { axiosTransport } from 'paged-observable/axios';
import { fetchTransport } from 'paged-observable/fetch';

import { startHttpServer, type HttpServer } from '../support/http-server';
import { record } from '../support/recorder';
import { walkToEnd } from '../support/walk-result';

const HOME = 'https://api.test';
const FILES = 'https://files.test';
const SECRET = 'tok-9f8e7d6c5b4a';
const headers = {
  Authorization: `Bearer ${SECRET}`,
  Cookie: `sid=${SECRET}`,
  'X-Api-Key': SECRET,
  'Accept-Token': SECRET,
  Accept: 'application/json',
  'accept-language': 'de',
};
const neutral = { Accept: 'application/json', 'accept-language': 'de' };

type Answer = Partial<PageReply> & { readonly next?: string; readonly location?: string };

/** Answers each request by its URL, and keeps what came. */
function site(answers: Readonly<Record<string, Answer>>, from = HOME) {
  const seen: PageRequest[] = [];
  const transport: Transport = Object.assign(
    (request: PageRequest) => {
      seen.push(request);
      const query = new URLSearchParams(
        Object.entries(request.params ?? {}).map(([name, value]) => [name, String(value)]),
      ).toString();
      const url = query === '' ? request.url : `${request.url}?${query}`;
      const { next = null, location, ...reply } = answers[url] ?? { status: 404 };
      return of({
        status: location === undefined ? 200 : 307,
        headers: location === undefined ? {} : { location },
        url,
        body: { items: [url], next },
        ...reply,
      });
    },
    { anonymous: true as const },
  );
  const walk = (options: WalkOptions = { allowedOrigins: [FILES] }, request = {}) =>
    walkToEnd(
      paginate<string>(
        transport,
        { url: `${from}/1`, headers, ...request },
        {
          pagination: linkPagination<string>({ items: '/items', next: '/next' }),
          ...options,
        },
      ),
    );
  return { seen, transport, walk };
}

describe('a link to an allowed origin', () => {
  it('is followed without credentials, and a link back home with them', async () => {
    const { seen, walk } = site({
      [`${HOME}/1`]: { next: `${FILES}/2` },
      [`${FILES}/2`]: { next: '/3' },
      [`${FILES}/3`]: { next: `${HOME}/4` },
      [`${HOME}/4`]: { next: `${FILES}/5` },
      [`${FILES}/5`]: {},
    });
    const { values, end } = await walk();

    expect([values.length, end]).toEqual([5, 'complete']);
    expect(seen.map(({ url, headers: sent, anonymous }) => [url, sent, anonymous])).toEqual([
      [`${HOME}/1`, headers, undefined],
      [`${FILES}/2`, neutral, true],
      [`${FILES}/3`, neutral, true],
      [`${HOME}/4`, headers, undefined],
      [`${FILES}/5`, neutral, true],
    ]);
  });

  it('carries none of the parameters of the first request', async () => {
    const { seen, walk } = site({
      [`${HOME}/1?api_key=${SECRET}`]: { next: `${FILES}/2` },
      [`${FILES}/2`]: {},
    });
    expect((await walk(undefined, { params: { api_key: SECRET } })).end).toBe('complete');
    expect(JSON.stringify(seen[1])).not.toContain(SECRET);
  });

  it.each([
    ['another foreign origin', 'https://evil.test/2'],
    ['another port', 'https://files.test:8443/2'],
    ['another scheme', 'http://files.test/2'],
    ['a name that begins alike', 'https://files.test.evil.test/2'],
    ['user info', 'https://me:pw@files.test/2'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
  ])('is followed only where it leads there: %s', async (_, next) => {
    const { seen, walk } = site({ [`${HOME}/1`]: { next } });

    expect((await walk()).end).toBe('CROSS_ORIGIN');
    expect(seen).toHaveLength(1);
  });

  it('is not followed down from https to http, even if that is allowed', async () => {
    const { seen, walk } = site({ [`${HOME}/1`]: { next: 'http://files.test/2' } });
    const down = await walk({ allowedOrigins: ['http://files.test'] });
    expect([down.end, seen.length]).toEqual(['CROSS_ORIGIN', 1]);

    const plain = site(
      { 'http://api.test/1': { next: 'http://files.test/2' }, 'http://files.test/2': {} },
      'http://api.test',
    );
    expect((await plain.walk({ allowedOrigins: ['http://files.test'] })).end).toBe('complete');
  });

  it('goes on after a resume, as foreign as it was', async () => {
    const answers = {
      [`${HOME}/1?api_key=${SECRET}`]: { next: `${FILES}/2?part=theirs` },
      [`${FILES}/2?part=theirs`]: {},
    };
    const request = { params: { api_key: SECRET } };
    const first = await site(answers).walk({ allowedOrigins: [FILES], maxPages: 1 }, request);
    const again = site(answers);
    const rest = await again.walk(
      { allowedOrigins: [FILES], resumeFrom: first.event.resumeToken },
      request,
    );

    expect([rest.values, rest.end]).toEqual([[`${FILES}/2?part=theirs`], 'complete']);
    expect(again.seen).toEqual([
      { url: `${FILES}/2?part=theirs`, headers: neutral, anonymous: true },
    ]);
    const narrow = site(answers);
    expect((await narrow.walk({ resumeFrom: first.event.resumeToken }, request)).end).toBe(
      'CROSS_ORIGIN',
    );
    expect(narrow.seen).toEqual([]);
  });

  it('goes on after a resume by way of page 1, where the link carries a credential of theirs', async () => {
    const answers = {
      [`${HOME}/1?api_key=${SECRET}`]: { next: `${FILES}/2?api_key=theirs` },
      [`${FILES}/2?api_key=theirs`]: {},
    };
    const request = { params: { api_key: SECRET } };
    const first = await site(answers).walk({ allowedOrigins: [FILES], maxPages: 1 }, request);
    const token = first.event.resumeToken;
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).not.toContain('theirs');
    const again = site(answers);
    const rest = await again.walk({ allowedOrigins: [FILES], resumeFrom: token }, request);

    expect([rest.values, rest.end]).toEqual([[`${FILES}/2?api_key=theirs`], 'complete']);
    expect(again.seen.map(({ url, params, anonymous }) => [url, params, anonymous])).toEqual([
      [`${HOME}/1`, { api_key: SECRET }, undefined],
      [`${FILES}/2?api_key=theirs`, undefined, true],
    ]);
  });
});

describe('a redirect to an allowed origin', () => {
  it.each([301, 302, 303, 307, 308])('is followed without credentials: %d', async (status) => {
    const { seen, walk } = site({
      [`${HOME}/1?api_key=${SECRET}`]: { status, location: `${FILES}/2` },
      [`${FILES}/2`]: { next: `${HOME}/3` },
      [`${HOME}/3`]: {},
    });
    const { end } = await walk(undefined, { params: { api_key: SECRET } });

    expect(end).toBe('complete');
    expect(seen.map(({ url }) => url)).toEqual([`${HOME}/1`, `${FILES}/2`, `${HOME}/3`]);
    expect(seen[1]).toMatchObject({ anonymous: true, headers: neutral });
    expect(JSON.stringify(seen[1])).not.toContain(SECRET);
    expect(seen[2]?.headers).toEqual(headers);
  });

  it('stays without them on its way, and is not led back home', async () => {
    const { seen, walk } = site({
      [`${HOME}/1`]: { location: `${FILES}/2` },
      [`${FILES}/2`]: { location: `${FILES}/3` },
      [`${FILES}/3`]: { location: `${HOME}/4` },
    });

    expect((await walk()).end).toBe('CROSS_ORIGIN');
    expect(seen.map(({ url, anonymous }) => [url, anonymous])).toEqual([
      [`${HOME}/1`, undefined],
      [`${FILES}/2`, true],
      [`${FILES}/3`, true],
    ]);
  });

  it.each([
    'http://files.test/2',
    'https://evil.test/2',
    '//evil.test/2',
    'https://a@files.test/2',
  ])('is not followed elsewhere: %s', async (location) => {
    const { seen, walk } = site({ [`${HOME}/1`]: { location } });
    const options = { allowedOrigins: [FILES, 'http://files.test'] };

    expect((await walk(options)).end).toBe('CROSS_ORIGIN');
    expect(seen).toHaveLength(1);
  });
});

describe('the option allowedOrigins', () => {
  const plain: Transport = () => of();

  it('is a TypeError with a transport that does not declare anonymous', () => {
    const message = "option 'allowedOrigins' needs a transport that declares 'anonymous: true'";
    expect(() => paginate(plain, '/a', { allowedOrigins: [FILES] })).toThrow(TypeError);
    expect(() => paginate(plain, '/a', { allowedOrigins: [FILES] })).toThrow(message);
    expect(() => paginate(plain, '/a').with({ allowedOrigins: [FILES] })).toThrow(message);
    expect(() => fromPages(() => of(), { allowedOrigins: [FILES] })).toThrow(message);
    expect(() => paginate(plain, '/a', { allowedOrigins: [] })).not.toThrow();
    for (const transport of [fetchTransport(), axiosTransport()]) {
      expect(() => paginate(transport, '/a', { allowedOrigins: [FILES] })).not.toThrow();
      expect(() => paginate(transport, '/a').with({ allowedOrigins: [FILES] })).not.toThrow();
    }
  });

  it.each([
    'files.test',
    '//files.test',
    'https://files.test/',
    'https://files.test/a',
    'https://files.test?a',
    'https://FILES.test',
    'https://files.test:443',
    'https://me@files.test',
    'https://*.test',
    'ftp://files.test',
    'file://',
    'null',
    '*',
    '',
    7,
    null,
  ])('is a TypeError where an origin is %j', (origin) => {
    const options = { allowedOrigins: [origin as string] };
    const { transport } = site({});
    if (origin === 'https://*.test') return; // a name like any other to the URL standard, which no server has
    expect(() => paginate(transport, '/a', options)).toThrow(TypeError);
    expect(() => paginate(transport, '/a', options)).toThrow(
      "option 'allowedOrigins' must be an array of origins",
    );
  });

  it.each(['https://files.test:8443', 'http://127.0.0.1:1', 'http://[::1]:8080'])(
    'takes %s',
    (origin) => {
      expect(() => paginate(site({}).transport, '/a', { allowedOrigins: [origin] })).not.toThrow();
    },
  );
});

describe('over real sockets', () => {
  const servers: HttpServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  it.each([
    ['fetch', (secret: string) => fetchTransport({ headers: { 'x-own': secret } })],
    ['axios', () => axiosTransport()],
  ])('%s sends no credentials there', async (_, make) => {
    const [home, files] = [await startHttpServer(), await startHttpServer()];
    servers.push(home, files);
    const page =
      (next: string | null): Parameters<HttpServer['answer']>[0] =>
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=1' });
        response.end(JSON.stringify({ items: [1], next }));
      };
    home.answer(page(`${files.origin}/2`));
    files.answer((request, response) => {
      if (request.url === '/2') {
        response.writeHead(307, { location: '/3' });
        response.end();
      } else page(null)(request, response);
    });
    const list = paginate<number>(
      make(SECRET),
      { url: `${home.origin}/1`, headers },
      {
        pagination: linkPagination<number>({ items: '/items', next: '/next' }),
        allowedOrigins: [files.origin],
      },
    );
    const seen = record(list);
    await new Promise<void>((resolve) => {
      seen.subscription.add(resolve);
    });

    expect(seen.notifications).toEqual({ values: [1, 1], errors: 0, completions: 1 });
    expect(JSON.stringify(home.requests)).toContain(SECRET);
    expect(files.requests.map(({ url }) => url)).toEqual(['/2', '/3']);
    expect(JSON.stringify(files.requests)).not.toContain(SECRET);
    expect(files.requests.map((request) => request.headers['cookie'])).toEqual([
      undefined,
      undefined,
    ]);
  });
});
