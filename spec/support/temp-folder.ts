import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the files of a spec file, removed after its tests; every call gives a path of its own in it. */
export function tempFolder(): (name?: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'paged-observable-spec-'));
  let count = 0;
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return (name) => {
    if (name !== undefined) return join(root, name);
    return mkdtempSync(join(root, `${String(++count)}-`));
  };
}
