import * as fc from 'fast-check';

import { decodeToken, encodeToken } from '../../lib/demo/opaque-token';

describe('opaque tokens', () => {
  it('are URL-safe and give back any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const token = encodeToken('here', value);
        expect(encodeURIComponent(token)).toBe(token);
        expect(decodeToken('here', token)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('are not read when one character is changed, cut or added', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const token = encodeToken('here', { start: 100 });
    for (let index = 0; index < token.length; index += 1) {
      for (const other of alphabet.replace(token.charAt(index), '')) {
        const damaged = token.slice(0, index) + other + token.slice(index + 1);
        expect(decodeToken('here', damaged)).toBeUndefined();
      }
      expect(decodeToken('here', token.slice(0, index))).toBeUndefined();
    }
    expect(decodeToken('here', `${token}A`)).toBeUndefined();
    expect(decodeToken('here', `${token}=`)).toBeUndefined();
  });

  it('are not read by another scope', () => {
    expect(decodeToken('there', encodeToken('here', 1))).toBeUndefined();
  });
});
