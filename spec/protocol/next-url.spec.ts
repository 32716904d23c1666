import fc from 'fast-check';

import { resolveLink } from '../../lib/protocol/next-url';
import { pollution } from '../support/polluted';

const REPLY = 'https://api.example.com:8443/v1/users/?page=1#top';

describe('resolveLink', () => {
  // The table of RFC 3986 section 5.4.1, without what it leaves to schemes.
  it.each([
    ['g', 'http://a/b/c/g'],
    ['./g', 'http://a/b/c/g'],
    ['g/', 'http://a/b/c/g/'],
    ['/g', 'http://a/g'],
    ['//g', 'http://g/'],
    ['?y', 'http://a/b/c/d;p?y'],
    ['g?y', 'http://a/b/c/g?y'],
    ['#s', 'http://a/b/c/d;p?q#s'],
    ['g;x=1/./y', 'http://a/b/c/g;x=1/y'],
    ['', 'http://a/b/c/d;p?q'],
    ['..', 'http://a/b/'],
    ['../../g', 'http://a/g'],
    ['../../../../g', 'http://a/g'],
  ])('resolves %j as RFC 3986 does', (link, want) => {
    expect(resolveLink(link, 'http://a/b/c/d;p?q')).toBe(want);
  });

  it.each([
    'https://other.example/v2?x=a%26b',
    'https://api.example.com/v1?cursor=YWJj+d/e==',
    "https://api.example.com/v1?q='it''s'&r=\"x\"",
    'https://api.example.com/v1?q=😀&r=%F0%9F%98%80',
    'HTTPS://API.Example.com:443/a/../b?',
    'https://user:secret@api.example.com/',
    'https://api.example.com/?t=%7e%7E#f',
    'https://api.example.com/?filter={a}|[b]^`',
    'ftp://files.example/x',
  ])('keeps every byte of the absolute link %s', (link) => {
    expect(resolveLink(link, REPLY)).toBe(link);
    expect(resolveLink(link, '/users')).toBe(link);
  });

  it.each([
    ['?cursor=YWJj+d%2Fe==', '?cursor=YWJj+d%2Fe=='],
    ['?a=1%262&b=%27', '?a=1%262&b=%27'],
    ['?a={b}', '?a={b}'],
    ['?q=😀', '?q=%F0%9F%98%80'],
    ["?q='a'", '?q=%27a%27'],
    ['?q="a"', '?q=%22a%22'],
  ])('encodes the relative link %s no further than the URL standard', (link, query) => {
    expect(resolveLink(link, REPLY)).toBe(`https://api.example.com:8443/v1/users/${query}`);
  });

  it('takes over the scheme of the reply where a link has none', () => {
    expect(resolveLink('//cdn.example/x?y', REPLY)).toBe('https://cdn.example/x?y');
  });

  it.each([
    ['?page=2', '/users?page=1', '/users?page=2'],
    ['/v2/users?page=2', '/users', '/v2/users?page=2'],
    ['more?page=2', 'v1/users', '/v1/more?page=2'],
    ['../x', '/a/b/c', '/a/x'],
    ['//cdn.example/x', '/users', '//cdn.example/x'],
    ['//cdn.example:81', '/users', '//cdn.example:81/'],
    ['?page=2', '', '/?page=2'],
  ])('leaves %s relative where the reply was asked for as %s', (link, reply, want) => {
    expect(resolveLink(link, reply)).toBe(want);
  });

  it('does not let a path of two slashes become a host', () => {
    expect(resolveLink('/.//evil.example/x', '/users')).toBe('/.//evil.example/x');
    expect(resolveLink('..//evil.example/x', '/users')).toBe('/.//evil.example/x');
  });

  it.each([
    ['\\\\evil.example\\x', 'https://evil.example/x'],
    ['https:\\\\evil.example', 'https://evil.example/'],
    ['https:///evil.example/x', 'https://evil.example/x'],
    ['https://good.example\\@evil.example/', 'https://good.example/@evil.example/'],
    ['ht\ttps://evil.example/x', 'https://evil.example/x'],
    [' https://evil.example/x\n', 'https://evil.example/x'],
    ['java\nscript:alert(1)', 'javascript:alert(1)'],
  ])('writes %j the way a client would read it', (link, want) => {
    expect(resolveLink(link, REPLY)).toBe(want);
  });

  it.each(['http://', 'https://[x]/', 'http://a b/', 'http://x:99999/', '//[', '/?a=\ud800'])(
    'gives nothing for %j',
    (link) => {
      expect(resolveLink(link, REPLY)).toBeUndefined();
      expect(resolveLink(link, '/users')).toBeUndefined();
    },
  );

  it('gives nothing where the reply has no usable URL', () => {
    expect(resolveLink('?a=1', 'http://[')).toBeUndefined();
    expect(resolveLink('?a=1', 'data:text/plain,x')).toBeUndefined();
  });

  it('answers 2,000 arbitrary links as the URL standard does', () => {
    const unit = fc.constantFrom('/', '\\', '?', '#', ':', '.', '@', '%', 'h', 'http://', ' ', '\n', 'é', '{', '[', '__proto__', '\ud800'); // prettier-ignore
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (link) => {
        const absolute = resolveLink(link, REPLY);
        const want = /\p{Cs}/u.test(link) ? undefined : parse(link, REPLY)?.href;
        expect(absolute === undefined ? undefined : new URL(absolute).href).toBe(want);

        const relative = resolveLink(link, '/v1/users');
        expect(relative ?? '').not.toContain('unknown.invalid');
        if (relative !== undefined) {
          const base = 'http://here.example/v1/users';
          expect(new URL(relative, base).href).toBe(new URL(link, base).href);
        }
        expect(pollution()).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

function parse(text: string, base: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
