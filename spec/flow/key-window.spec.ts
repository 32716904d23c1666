import { KeyWindow } from '../../lib/flow/key-window';
import { hashText } from '../../lib/protocol/hash';

/** A window of so many keys to which these were added, in order. */
function windowOf(limit: number, keys: Iterable<string>): KeyWindow {
  const window = new KeyWindow(limit);
  for (const key of keys) window.add(key);
  return window;
}

const heldOf = (window: KeyWindow, keys: string) =>
  Array.from(keys).filter((key) => window.has(key));

describe('the window of keys', () => {
  it.each<[string, string[], boolean]>([
    ['', [], false],
    ['a', ['a'], false],
    ['abc', ['a', 'b', 'c'], false],
    ['abcd', ['b', 'c', 'd'], true],
    ['abcde', ['c', 'd', 'e'], true],
    ['abcdef', ['d', 'e', 'f'], true],
    ['abcdefg', ['e', 'f', 'g'], true],
    ['abcdefgh', ['f', 'g', 'h'], true],
  ])('holds the last three of %j', (keys, held, hasForgotten) => {
    const window = windowOf(3, keys);
    expect(heldOf(window, 'abcdefgh')).toEqual(held);
    expect([window.isEmpty, window.hasForgotten]).toEqual([held.length === 0, hasForgotten]);
  });

  it('gives a key that comes again no further place', () => {
    const window = windowOf(3, 'abccca');
    expect([heldOf(window, 'abc'), window.hasForgotten]).toEqual([['a', 'b', 'c'], false]);
  });

  it('has forgotten nothing where those that made room were taken out before', () => {
    const window = windowOf(2, 'ab');
    window.delete('a');
    window.add('c');
    expect([heldOf(window, 'abc'), window.hasForgotten]).toEqual([['b', 'c'], false]);
    window.add('d');
    expect([heldOf(window, 'abcd'), window.hasForgotten]).toEqual([['c', 'd'], true]);
  });

  it('is empty once all were taken out', () => {
    const window = windowOf(2, 'ab');
    window.delete('b');
    expect(window.isEmpty).toBe(false);
    window.delete('a');
    expect(window.isEmpty).toBe(true);
  });

  it('takes the hash that stands in a token for the key itself', () => {
    const window = new KeyWindow(2);
    window.addHash(hashText('a'));
    expect(heldOf(window, 'ab')).toEqual(['a']);
  });
});
