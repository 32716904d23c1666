import fc from 'fast-check';

import { maskUrls } from '../../lib/protocol/mask-urls';

describe('maskUrls', () => {
  it.each([
    ['https://user:own@h.example/a', 'https://***@h.example/a'],
    ['https://own@h.example', 'https://***@h.example'],
    ['https://user:o@w@n@h.example/a@b', 'https://***@h.example/a@b'],
    ['GET http://h.example/a?token=own&b=1 failed', 'GET http://h.example/a?*** failed'],
    ['http://h.example/a?own', 'http://h.example/a?***'],
    ['http://h.example/a#token=own', 'http://h.example/a?***'],
    ['"http://h.example/?q="own""', '"http://h.example/?***'],
    ['a://u:own@b,c://u:own@d', 'a://***@b,c://***@d'],
    ['/login?to=http://u:own@h.example', '/login?***'],
    ['The URL /items?token=own is relative', 'The URL /items?*** is relative'],
    ['Headers.append: "Bearer own" is invalid', 'Headers.append: "Bearer ***" is invalid'],
    ['authorization: basic b3du', 'authorization: basic ***'],
  ])('masks %j', (text, shown) => {
    expect(maskUrls(text)).toBe(shown);
  });

  it.each([
    'Really? Yes',
    'a?.b is not a function',
    'x ? y : z',
    'connect ECONNREFUSED 127.0.0.1:1',
    'at send (node:internal/deps/undici:1:2)',
    'at f (/app/node_modules/@scope/a@1.0.0/index.js:1:2)',
    'Host: localhost. is not in the certificate names: DNS:a.example',
  ])('leaves %j as it is', (text) => {
    expect(maskUrls(text)).toBe(text);
  });

  it('leaves no credential of any URL', () => {
    const part = fc.stringMatching(/^[\w.~-]{1,8}$/);
    fc.assert(
      fc.property(part, part, part, (host, path, name) => {
        const url = `https://user:OWN!SECRET@${host}/${path}?${name}=OWN!SECRET#OWN!SECRET`;
        expect(maskUrls(`x ${url} (${url})`)).not.toContain('OWN!SECRET');
      }),
    );
  });

  it.each(['a://', 'a://@', '?', '?=', '://', 'Bearer ', 'x'])(
    'takes time linear in a text of %j only',
    (unit) => {
      const start = performance.now();
      maskUrls(unit.repeat(1_000_000 / unit.length));
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});
