import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';

/**
 * A folder for the files of a spec file, removed after its tests; every call gives a path of its own in it.
 * @param place where it is; in memory syncing costs nothing, for tests of processes that end and not of disks
 */
export function tempFolder(place: 'disk' | 'memory' = 'disk'): (name?: string) => string {
  const parent = place === 'memory' && existsSync(MEMORY) ? MEMORY : tmpdir();
  const root = mkdtempSync(join(parent, 'paged-observable-spec-'));
  let count = 0;
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return (name) => {
    if (name !== undefined) return join(root, name);
    return mkdtempSync(join(root, `${String(++count)}-`));
  };
}
