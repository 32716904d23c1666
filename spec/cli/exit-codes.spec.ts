import { exitCodeOf } from '../../lib/cli/exit-codes';

describe('exitCodeOf', () => {
  it.each([
    ['HTTP_STATUS', 1],
    ['CHECKPOINT_MISMATCH', 1],
    ['RATE_LIMITED', 75],
    ['LOCKED', 75],
    ['SINK', 74],
  ] as const)('ends with the code of %s', (code, exitCode) => {
    expect(exitCodeOf(code)).toBe(exitCode);
  });
});
