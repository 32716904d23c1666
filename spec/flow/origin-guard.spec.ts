import { of } from 'rxjs';

import { linkPagination, paginate } from 'paged-observable';

import { judgeTarget, originOf } from '../../lib/flow/origin-guard';
import { errorOf } from '../support/error-of';
import { record } from '../support/recorder';

describe('the origin of a URL', () => {
  it.each([
    ['http://api.test', 'http://api.test'],
    ['http://api.test/', 'http://api.test'],
    ['http://api.test/a?b#c', 'http://api.test'],
    ['http://api.test?b', 'http://api.test'],
    ['http://api.test#c', 'http://api.test'],
    ['https://api.test:8443/a', 'https://api.test:8443'],
    ['https://api.test:443/a', 'https://api.test'],
    ['HTTPS://API.test/a', 'https://api.test'],
    ['http://user:pass@api.test/a', 'http://api.test'],
    ['http://[::1]:80/a', 'http://[::1]'],
    ['http://api.test\\a', 'http://api.test'],
    ['http://localhost/a', 'http://localhost'],
    ['http://localhosted/a', 'http://localhosted'],
    ['http://localhost:1/a', 'http://localhost:1'],
    ['http://localhost@api.test/a', 'http://api.test'],
    ['http://api.test:99999/', undefined],
    ['ftp://api.test/a', undefined],
    ['file:///a', undefined],
    ['xhttp://api.test/a', undefined],
    ['httpsx://api.test/a', undefined],
    ['/a/b', undefined],
    ['//api.test/a', undefined],
    ['a b', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %j is %j', (url, origin) => {
    expect(originOf(url)).toBe(origin);
    // And again, where it is the one that was asked for last.
    expect(originOf(url)).toBe(origin);
  });

  it('is that of each in turn, and not of the one before, whose text it begins with', () => {
    const hosts = ['a.test', 'a.test.b', 'a.test:1', 'a.test:12', 'a.test'];
    const origins = hosts.map((host) => `http://${host}`);
    expect(origins.map((origin) => originOf(`${origin}/x`))).toEqual(origins);
    expect(originOf('http://a.test@b.test/')).toBe('http://b.test');
    expect(originOf('http://a.test/')).toBe('http://a.test');
    expect(originOf('http://b.test/http://a.test')).toBe('http://b.test');
  });
});

describe('where a server sends a walk', () => {
  const HOME = 'https://api.test';
  const allowed = ['https://files.test', 'http://api.test'];
  const judge = (url: string, origin: string | undefined = HOME) =>
    judgeTarget(url, origin, allowed);

  it.each([
    ['https://api.test/next', 'own'],
    ['https://api.test:443', 'own'],
    ['  https://api.test/next ', 'own'],
    ['//api.test/next', 'own'],
    ['\\\\api.test/next', 'own'],
    ['/next', 'own'],
    ['next', 'own'],
    ['?page=2', 'own'],
    ['https://files.test/next', 'foreign'],
    ['//files.test/next', 'foreign'],
    [' //files.test/next', 'foreign'],
  ])('%j is its %s', (url, verdict) => {
    expect(judge(url)).toBe(verdict);
  });

  it('is its own without a scheme also where its origin is not known', () => {
    expect(judgeTarget('/next', undefined, [])).toBe('own');
  });

  it('is foreign over http where the walk itself is', () => {
    expect(judgeTarget('http://api.test/', 'http://other.test', allowed)).toBe('foreign');
    expect(judgeTarget('http://api.test/', 'http://api.test', [])).toBe('own');
  });

  const refused = (why: string) => `The next link ${why}; no request was made`;
  it.each([
    ['https://evil.test/next', refused(`leads from ${HOME} to https://evil.test`)],
    ['https://api.test:8443/', refused(`leads from ${HOME} to https://api.test:8443`)],
    ['http://api.test/next', refused(`leads from ${HOME} to http://api.test`)],
    ['javascript:alert(1)', refused('has the scheme javascript:')],
    ['file:///etc/passwd', refused('has the scheme file:')],
    ['xhttps://api.test/', refused('has the scheme xhttps:')],
    ['https://me@api.test/', refused('to api.test carries user info')],
    ['https://:me@api.test/', refused('to api.test carries user info')],
    // What the URL standard takes away.
    ...[
      '\u0001https://evil.test/',
      'ht\ntps://evil.test',
      '/\t/evil.test',
      '\0 \\\r\\evil.test',
    ].map((url): [string, string] => [url, refused(`leads from ${HOME} to https://evil.test`)]),
    ['https://', 'The next link is no URL that can be followed'],
    ['//', 'The next link is no URL that can be followed'],
  ])('%j is CROSS_ORIGIN', (url, message) => {
    const error = errorOf(() => judge(url));
    expect([error.code, error.message]).toEqual(['CROSS_ORIGIN', message]);
  });

  it('is looked at as the URL standard reads it also where a strategy hands on the very text', () => {
    const asked: string[] = [];
    const own = linkPagination<number>({ items: '' });
    const strategy: typeof own = {
      ...own,
      at: (request) => ({ ...request, url: 'ht\ntps://evil.test/next' }),
      read: (request, reply) => ({ ...own.read(request, reply), next: () => 'next' }),
    };
    const list = paginate<number>(
      ({ url }) => {
        asked.push(url);
        return of({ status: 200, headers: {}, url, body: [1] });
      },
      { url: `${HOME}/items`, headers: { authorization: 'Bearer planted' } },
      { pagination: strategy },
    );
    const seen = record(list);
    expect([seen.values, seen.error.code, asked]).toEqual([[1], 'CROSS_ORIGIN', [`${HOME}/items`]]);
  });

  it('is CROSS_ORIGIN where the origin of the first request is not known, and says how to tell it', () => {
    const error = errorOf(() => judgeTarget('https://api.test/next', undefined, [HOME]));
    expect([error.code, error.message]).toEqual([
      'CROSS_ORIGIN',
      refused(
        'leads to https://api.test, and the origin of the first request is not known: give an absolute URL, or a transport with a baseUrl',
      ),
    ]);
  });
});
