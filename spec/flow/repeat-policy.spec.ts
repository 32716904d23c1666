import { repeatPolicy } from '../../lib/flow/repeat-policy';
import { singlePage } from '../../lib/strategy/single-page';

describe('what a repeat means', () => {
  it.each([
    [undefined, undefined, 'error'],
    [undefined, false, 'error'],
    [undefined, true, 'allow'],
    ['error', true, 'error'],
    ['complete', true, 'complete'],
    ['complete', undefined, 'complete'],
    ['allow', undefined, 'allow'],
  ] as const)(
    'with onRepeat %p, of a protocol that %p is known for it, is %p',
    (onRepeat, mayRepeat, policy) => {
      expect(repeatPolicy({ onRepeat }, { ...singlePage(), mayRepeat })).toBe(policy);
    },
  );
});
