import { growing } from '../support/fuzz/growing';
import { leastGrowthOf, MOST } from '../support/growth';

/** The larger size is 128 KiB, beyond every default bound of a text. */
const SMALL = 2048;

describe('the time to handle', () => {
  it.each(growing.map((one) => [one.name, one] as const))(
    '%s grows no faster than its size',
    (_, one) => {
      expect(leastGrowthOf(one, SMALL, 3, 8)).toBeLessThanOrEqual(MOST);
    },
  );

  it('shows what grows faster', () => {
    const make = (size: number) => () => {
      let pairs = 0;
      for (let one = 0; one < size; one++) for (let two = 0; two < size; two++) pairs += one ^ two;
      return pairs;
    };
    expect(leastGrowthOf({ name: 'pairs', make }, 256, 1, 3)).toBeGreaterThan(2 * MOST);
  });
});
