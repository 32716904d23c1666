import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { buildExportProcess } from '../support/kill-export';
import { tempFolder } from '../support/temp-folder';

const folder = tempFolder();

describe('an export into a slow sink', () => {
  it('holds as much memory at the end as at the beginning', async () => {
    const file = folder('memory-process.js');
    await buildExportProcess(file, 'memory-process');
    // Scaled down in time: 60,000 rows of 1 kB at 20 MB/s.
    const args = ['--expose-gc', file, '60000', '20000000'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { rows, bytes, taken, risen, ahead } = JSON.parse(stdout) as Record<string, number>;
    expect([rows, bytes]).toEqual([60_000, taken]);
    expect(bytes).toBeGreaterThan(59e6);
    expect(risen).toBeLessThan(10);
    // The stream never holds more than the page in hand.
    expect(ahead).toBeLessThan(2.1e6);
  }, 60_000);
});
