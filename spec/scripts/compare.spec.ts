import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { loadTypescript } from '../support/load-typescript';

const root = join(__dirname, '..', '..');

describe('the comparison in the README', () => {
  it('is what the script measures', async () => {
    const script = [...loadTypescript, 'scripts/compare.ts'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, script, { cwd: root });
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, shown] = /<!-- npm run compare -->\n\n([^]*?)\n<!-- end -->/.exec(readme) ?? [];
    expect(stderr).toBe('');
    expect(shown).toBe(stdout);
  }, 60_000);
});
