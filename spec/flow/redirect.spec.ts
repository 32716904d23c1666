import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { redirectOf, type RedirectRules } from '../../lib/flow/redirect';

const HOME = 'https://api.test/items';
const RULES: RedirectRules = { allowed: [], home: undefined, base: undefined };

function reply(fields: Partial<PageReply> = {}): PageReply {
  return { status: 200, headers: {}, url: HOME, body: [], ...fields };
}

/** What a redirect of the request leads to. */
function led(
  location: string,
  fields: Partial<PageReply> = {},
  request: PageRequest = { url: HOME },
) {
  const given = reply({ status: 302, headers: { location }, ...fields });
  return redirectOf(request, given, { ...RULES, allowed: ['https://mirror.test'] }, 1);
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

describe('where a reply redirects to', () => {
  it.each([200, 300, 304, 305, 404])('is nowhere with the status %d', (status) => {
    const headers = { location: '/there' };
    expect(redirectOf({ url: HOME }, reply({ status, headers }), RULES, 0)).toBeUndefined();
  });

  it.each([301, 302, 303, 307, 308])('is nowhere without a location, with %d', (status) => {
    expect(redirectOf({ url: HOME }, reply({ status }), RULES, 0)).toBeUndefined();
  });

  it('is a PROTOCOL error where as many as may be were followed', () => {
    const given = reply({ status: 302, headers: { location: '/there' } });
    expect(redirectOf({ url: HOME }, given, RULES, 1)).toMatchObject({
      url: 'https://api.test/there',
    });
    expect(thrownBy(() => redirectOf({ url: HOME }, given, RULES, 0))).toMatchObject({
      code: 'PROTOCOL',
      message: 'The server redirects more often than is followed',
    });
  });

  it('is a PROTOCOL error where the location is no URL', () => {
    expect(thrownBy(() => led('http://'))).toMatchObject({
      code: 'PROTOCOL',
      message: 'The server redirects to what is no URL',
    });
  });

  it('is told from the address of the reply, else from that of the request', () => {
    expect(led('x', { url: 'https://api.test/a/b' })?.url).toBe('https://api.test/a/x');
    expect(led('x', { url: '' }, { url: 'https://api.test/c/d' })?.url).toBe(
      'https://api.test/c/x',
    );
    expect(led('x', { url: '' }, { url: '/c/{d}/e', path: { d: 'p' } })?.url).toBe('/c/p/x');
  });

  it.each<[string, string, string]>([
    ['takes the query along where it has none', '/there', 'https://api.test/there?page=2&q=a%20b'],
    ['has its own query instead', '/there?x=1', 'https://api.test/there?x=1'],
    ['loses its fragment', '/there#a\nb#c', 'https://api.test/there?page=2&q=a%20b'],
  ])('%s', (_, location, url) => {
    expect(led(location, {}, { url: `${HOME}?page=2#top`, params: { q: 'a b' } })?.url).toBe(url);
  });

  it.each<[number, string | undefined, string]>([
    [301, 'POST', 'GET'],
    [302, 'post', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [301, 'PUT', 'PUT'],
    [302, 'QUERY', 'QUERY'],
    [302, undefined, 'GET'],
    [307, undefined, 'GET'],
  ])(
    'is asked with another method only where the Fetch standard says so: %d of %s',
    (status, method, sent) => {
      const body = { q: 1 };
      const headers = { authorization: 'Bearer own' };
      const next = led('/there', { status }, { url: HOME, method, headers, body });
      const isKept = sent === (method ?? 'GET').toUpperCase() && status !== 303;
      expect(next).toEqual({
        url: 'https://api.test/there',
        headers,
        ...(isKept && { method: sent, body }),
      });
      expect(next?.method ?? 'GET').toBe(sent);
      expect(next !== undefined && 'anonymous' in next).toBe(false);
    },
  );

  it('stays anonymous', () => {
    expect(led('/there', {}, { url: HOME, anonymous: true })?.anonymous).toBe(true);
  });

  it('takes nothing of the caller to a foreign origin that may be gone to', () => {
    const headers = { authorization: 'Bearer own', accept: 'application/json' };
    expect(led('https://mirror.test/there', {}, { url: `${HOME}?key=own`, headers })).toEqual({
      url: 'https://mirror.test/there',
      headers: { accept: 'application/json' },
      method: 'GET',
      body: undefined,
      anonymous: true,
    });
  });

  it('is CROSS_ORIGIN for any other', () => {
    expect(thrownBy(() => led('https://else.test/there'))).toMatchObject({ code: 'CROSS_ORIGIN' });
  });
});

describe('a reply of another origin than was asked', () => {
  const asked = { url: HOME };
  const judge = (
    fields: Partial<PageReply>,
    rules: Partial<RedirectRules> = {},
    request: PageRequest = asked,
  ) => redirectOf(request, reply(fields), { ...RULES, ...rules }, 1);

  it.each<[string, Partial<PageReply>, Partial<RedirectRules>, PageRequest]>([
    ['from the address that was asked', { requestedUrl: HOME }, {}, asked],
    ['from the same origin', { url: 'https://api.test:443/other', requestedUrl: HOME }, {}, asked],
    ['without an address', { url: '', requestedUrl: HOME }, {}, asked],
    ['to a request without one', { url: 'https://else.test/' }, {}, { url: '/items' }],
    ['from the base of a relative request', {}, { base: 'https://api.test' }, { url: '/items' }],
    [
      'from the origin that the path fills in',
      {},
      {},
      { url: 'https://{host}/items', path: { host: 'api.test' } },
    ],
    ["from the walk's home", { url: 'https://home.test/x' }, { home: 'https://home.test' }, asked],
    [
      'from an origin that is allowed',
      { url: 'https://m.test/x' },
      { allowed: ['https://m.test'] },
      asked,
    ],
    [
      'with https in place of http',
      { url: 'https://m.test/x' },
      { allowed: ['https://m.test'] },
      { url: 'http://api.test/' },
    ],
    [
      'with http as it was asked',
      { url: 'http://m.test/x' },
      { allowed: ['http://m.test'] },
      { url: 'http://api.test/' },
    ],
  ])('is taken %s', (_, fields, rules, request) => {
    expect(judge(fields, rules, request)).toBeUndefined();
  });

  it.each<[string, Partial<PageReply>, Partial<RedirectRules>, PageRequest, string]>([
    [
      'from elsewhere',
      { url: 'https://else.test/x' },
      {},
      asked,
      'https://api.test to https://else.test',
    ],
    [
      'by what was really asked',
      { url: HOME, requestedUrl: 'https://asked.test/' },
      {},
      asked,
      'https://asked.test to https://api.test',
    ],
    [
      'with its address in capitals',
      { url: 'https://else.test/x' },
      {},
      { url: 'HTTPS://api.test/' },
      'https://api.test to https://else.test',
    ],
    [
      'over http',
      { url: 'http://m.test/x' },
      { allowed: ['http://m.test'] },
      asked,
      'https://api.test to http://m.test',
    ],
    [
      'than its base',
      { url: 'https://else.test/x' },
      { base: 'https://api.test' },
      { url: '/http:/x' },
      'https://api.test to https://else.test',
    ],
    [
      'where the path fills in the host',
      {},
      {},
      { url: 'https://{host}/items', path: { host: 'asked.test' } },
      'https://asked.test to https://api.test',
    ],
    [
      'than another home',
      { url: 'https://else.test/x' },
      { home: 'https://home.test' },
      asked,
      'https://api.test to https://else.test',
    ],
  ])('is CROSS_ORIGIN %s', (_, fields, rules, request, way) => {
    expect(thrownBy(() => judge(fields, rules, request))).toMatchObject({
      code: 'CROSS_ORIGIN',
      message: `The client followed a redirect from ${way}: the request has been sent there, and nothing of the reply is used`,
    });
  });
});
