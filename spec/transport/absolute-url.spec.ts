import {
  absoluteBase,
  absoluteUrl,
  withCredentialsOf,
  withoutCredentials,
} from '../../lib/transport/absolute-url';

describe('absoluteUrl', () => {
  it('refuses what is no URL, also right after another one of its host', () => {
    const good = [
      'http://h.test/a',
      'http://h.test:80/a?b=//c',
      'https://1.2.3.4/',
      'http://h.test',
    ];
    const bad = ['http://h.test:99999/a', 'http://1.2.3.4.5.6/', 'http:///', 'http://h.te^st/a'];
    for (const url of good) {
      expect(absoluteUrl({ url }, undefined)).toBe(url);
      expect(absoluteUrl({ url: `${url}#f` }, undefined)).toBe(url);
      for (const other of bad) {
        expect(() => absoluteUrl({ url: other }, undefined)).toThrow('cannot be read');
        expect(() => absoluteUrl({ url: other }, undefined)).toThrow('cannot be read');
      }
    }
  });
});

describe('absoluteBase', () => {
  it('gives each base its own, whichever was asked about before', () => {
    const bases = [
      'http://u:p@h.test/a',
      'http://h.test/b',
      'http://h.test/b',
      'http://u:p@h.test/a',
    ];
    const bare = ['http://h.test/a', 'http://h.test/b', 'http://h.test/b', 'http://h.test/a'];
    expect(bases.map((base) => absoluteBase(base))).toEqual(bare);
  });
});

describe('credentials of URLs', () => {
  it('are taken off wherever a runtime would read them', () => {
    const urls = [
      'http://u:p@h.test/x@y',
      'http:\\\\u:p@h.test',
      'http://h.test/?a=u@h',
      'no url@',
    ];
    const bare = ['http://h.test/x@y', 'http://h.test/', 'http://h.test/?a=u@h', 'no url@'];
    expect(urls.map((url) => withoutCredentials(url))).toEqual(bare);
  });

  it('of a base are put into URLs of its origin only', () => {
    const base = 'http://u:p@h.test/api';
    expect(withCredentialsOf(base, 'http://h.test/b')).toBe('http://u:p@h.test/b');
    expect(withCredentialsOf(base, 'http://other.test/b')).toBe('http://other.test/b');
    expect(withCredentialsOf('http://h.test/@', 'http://h.test/b')).toBe('http://h.test/b');
    expect(withCredentialsOf(base, 'http://v:q@h.test/b')).toBe('http://v:q@h.test/b');
  });
});
