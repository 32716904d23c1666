import { exportSlowly } from '../support/memory-run';

describe('an export into a slow sink', () => {
  it('holds as much memory at the end as at the beginning', async () => {
    // Scaled down in time; `npm run soak -- --only slow-sink` has a million rows at 1 MB/s.
    const { rows, bytes, taken, risen, ahead } = await exportSlowly(60_000, 20_000_000);
    expect([rows, bytes]).toEqual([60_000, taken]);
    expect(bytes).toBeGreaterThan(59e6);
    expect(risen).toBeLessThan(10);
    // The stream never holds more than the page in hand.
    expect(ahead).toBeLessThan(2.1e6);
  }, 60_000);
});
