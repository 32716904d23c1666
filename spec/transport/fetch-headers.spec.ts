import { HeaderJoiner, joinHeaders, plainHeaders } from '../../lib/transport/fetch-headers';

describe('HeaderJoiner', () => {
  it('gives the same headers for equal sources, and others once a value or a name differs', () => {
    const joiner = new HeaderJoiner();
    const first = joiner.join({ accept: 'a' }, { authorization: 'Bearer one-secret' });
    expect(joiner.join({ accept: 'a' }, { authorization: 'Bearer one-secret' })).toBe(first);
    const second = joiner.join({ accept: 'a' }, { authorization: 'Bearer two-secret' });
    expect(plainHeaders(second)).toEqual({ accept: 'a', authorization: 'Bearer two-secret' });
    expect(plainHeaders(joiner.join({ accept: 'a' }))).toEqual({ accept: 'a' });
    expect(plainHeaders(first)).toEqual({ accept: 'a', authorization: 'Bearer one-secret' });
  });

  it('sees that an object of headers was changed', () => {
    const joiner = new HeaderJoiner();
    const given: Record<string, string> = { 'x-key': 'first-key' };
    joiner.join(given);
    given['x-key'] = 'second-key';
    expect(joiner.join(given).get('x-key')).toBe('second-key');
  });

  it('knows the secrets of the headers asked about, whichever were joined last', () => {
    const joiner = new HeaderJoiner();
    const first = joiner.join({ authorization: 'Bearer one-secret' });
    expect(joiner.secretsOf(first)).toContain('one-secret');
    const second = joiner.join({ authorization: 'Bearer two-secret' });
    expect(joiner.secretsOf(second)).toContain('two-secret');
    expect(joiner.secretsOf(second)).not.toContain('one-secret');
    expect(joiner.secretsOf(first)).toContain('one-secret');
  });

  it('lets the later source win, whatever the case of a name', () => {
    expect(plainHeaders(joinHeaders({ Accept: 'a', 'x-a': '1' }, { ACCEPT: 'b' }))).toEqual({
      accept: 'b',
      'x-a': '1',
    });
  });
});

describe('plainHeaders', () => {
  it('joins cookies, and keeps a header named __proto__ as an own one', () => {
    const headers = new Headers({ __proto__x: 'x' });
    headers.append('set-cookie', 'a=1');
    headers.append('set-cookie', 'b=2');
    headers.append('__proto__', 'p');
    headers.append('constructor', 'c');
    const plain = plainHeaders(headers);
    expect(Object.entries(plain)).toEqual([
      ['__proto__', 'p'],
      ['__proto__x', 'x'],
      ['constructor', 'c'],
      ['set-cookie', 'a=1, b=2'],
    ]);
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
  });
});
