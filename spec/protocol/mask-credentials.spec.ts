import { maskCredentials } from '../../lib/protocol/mask-credentials';

describe('maskCredentials', () => {
  it.each([
    ['{"authorization":"Bearer own","a":1}', '{"authorization":***,"a":1}'],
    ['{"X-Api-Key": "o\\"wn", "a": 1}', '{"X-Api-Key": ***, "a": 1}'],
    ['{"cookie":"own', '{"cookie":***'],
    ['Cookie: a=own; b=own\nHost: h', 'Cookie: ***\nHost: h'],
    ['access_token=own&page=2', 'access_token=***&page=2'],
    ['got Bearer own', 'got Bearer ***'],
    ['got Bearer%20own', 'got Bearer%20***'],
  ])('masks %s', (text, masked) => {
    expect(maskCredentials(text)).toBe(masked);
  });

  it.each([
    '{"code":17,"key":"id"}',
    'the next page token is gone',
    '{"error":"invalid_token"}',
    '',
  ])('leaves %j', (text) => {
    expect(maskCredentials(text)).toBe(text);
  });

  it.each(['x-', 'cookie:"', '"', 'password=', 'x-key', 'Bearer '])(
    'takes time linear in a text of %j',
    (piece) => {
      const time = (length: number) => {
        const text = piece.repeat(length / piece.length);
        const start = performance.now();
        maskCredentials(text);
        return performance.now() - start;
      };
      const growths = Array.from({ length: 5 }, () => time(640_000) / Math.max(time(10_000), 0.1));
      expect(Math.min(...growths)).toBeLessThan(200);
    },
  );
});
