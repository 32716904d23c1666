import { parseUrl } from '../../lib/protocol/parse-url';

it('reads a URL as the URL standard does', () => {
  expect(parseUrl('HTTP://API.test:80/a/../b?x=ä')?.href).toBe('http://api.test/b?x=%C3%A4');
  expect(parseUrl('../c', 'http://api.test/a/b/')?.href).toBe('http://api.test/a/c');
});

it.each(['', 'items', '/items', 'http://', 'http://a b/'])('gives nothing for %j', (text) => {
  expect(parseUrl(text)).toBeUndefined();
});

it('gives nothing where the base is no URL', () => {
  expect(parseUrl('items', 'api')).toBeUndefined();
});
