import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { demoUsers } from '../../lib/demo/data-set';
import { demoServer } from '../demo/demo-client';
import { canRun } from '../support/can-run';
import { tempFolder } from '../support/temp-folder';

import { cli } from './run-cli';

jest.setTimeout(20_000);

const PAGES = 5;
const lines = demoUsers(250)
  .map((user) => `${JSON.stringify(user)}\n`)
  .join('');

const folder = tempFolder();

/** How a process comes into a mount namespace of its own: as root, else as root of a user namespace. Nothing of it is left. */
const unshare = [['-m'], ['-r', '-m']].find((flags) => {
  const mount = ['mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', '/mnt'];
  return spawnSync('unshare', [...flags, ...mount]).status === 0;
});
const isMounting = canRun({
  of: 'an export to a full and to a read-only file system (those of EFBIG and /dev/full are tested)',
  lack: unshare === undefined ? 'no mount namespace may be made here (unshare -m)' : undefined,
  inCi: false,
});
const itMounts = isMounting ? it : it.skip;

/** A user who is not root, and whether he can start Node. */
const other = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const isOtherAble = spawnSync(process.execPath, ['-e', '0'], { ...other, cwd: '/' }).status === 0;
const itAsOther = canRun({
  of: 'an export to a folder that may only be read',
  lack: isOtherAble ? undefined : 'only root can start this Node',
  inCi: false,
})
  ? it
  : it.skip;

describe('an output of the command export that breaks', () => {
  const server = demoServer();
  const { run, file } = cli();
  const url = () => `${server().url}/link/users?per_page=50`;

  /** Runs a script with bash; `export_to FILE ...` is the command. Gives what was said and the exit code. */
  async function script(
    text: string,
    {
      mounts = false,
      ...options
    }: Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> & { readonly mounts?: boolean } = {},
  ) {
    const command = `export_to() { "${process.execPath}" "${file()}" export '${url()}' --out "$@"; }`;
    const bash = ['bash', '-c', `set -u\n${command}\n${text}`];
    const [program = '', ...args] = mounts ? ['unshare', ...(unshare ?? []), ...bash] : bash;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (said: string) => (stdout += said));
    child.stderr.setEncoding('utf8').on('data', (said: string) => (stderr += said));
    const [exitCode] = (await once(child, 'close')) as [number];
    return { stdout, stderr, exitCode };
  }

  describe('on a full disk', () => {
    // Of tmpfs, which counts in pages of 4 kB. From where not even the lock fits in to the last page of rows.
    itMounts.each([
      [0, 0],
      [4, 0],
      [16, 1],
      [28, 1],
      [40, 1],
    ])(
      'with %i kB left it exits 74 with no word of success; with room again it goes on exactly',
      async (room, again) => {
        const disk = folder();
        const { stdout, stderr } = await script(
          `mount -t tmpfs -o size=256k none '${disk}' && cd '${disk}'
          head -c ${String((256 - room) * 1024)} /dev/zero > ballast
          export_to users.ndjson; echo "exit $?"
          rm ballast; echo *
          export_to users.ndjson --resume >&2; echo "exit $?"
          echo *; cat users.ndjson`,
          { mounts: true },
        );
        const [first, left = '', second, made, ...rows] = stdout.split('\n');
        expect([first, second]).toEqual(['exit 74', 'exit 0']);
        const files = ['users.ndjson.checkpoint', 'users.ndjson.part'];
        expect(left).toBe(again === 0 ? '*' : files.join(' '));
        expect(made).toBe('users.ndjson users.ndjson.checkpoint');
        expect(rows.join('\n') === lines).toBe(true);
        const [failed = '', ...further] = stderr.split('\n');
        expect(failed).toMatch(/^paged-observable: SINK: The output users\.ndjson failed: ENOSPC/);
        expect(further.filter((line) => line.includes('exported'))).toEqual([
          expect.stringMatching(/^paged-observable: exported 250 rows, 5 pages/),
        ]);
        expect(server().requestCount()).toBe(PAGES + again);
      },
    );
  });

  itMounts('exits 74 on a read-only file system, and asks for nothing', async () => {
    const disk = folder();
    const { stdout, stderr } = await script(
      `mount -t tmpfs -o size=256k,ro none '${disk}' && cd '${disk}'
      export_to users.ndjson; echo "exit $?"; ls`,
      { mounts: true },
    );
    expect(stdout).toBe('exit 74\n');
    expect(stderr).toMatch(
      /^paged-observable: SINK: The output users\.ndjson failed: EROFS[^\n]*\n$/,
    );
    expect(server().requestCount()).toBe(0);
  });

  itAsOther('exits 74 in a folder that may only be read, and asks for nothing', async () => {
    const place = folder();
    for (const path of [dirname(place), dirname(file())]) chmodSync(path, 0o755);
    mkdirSync(join(place, 'locked'), { mode: 0o555 });
    chmodSync(place, 0o755);
    const { stdout, stderr } = await script('export_to users.ndjson; echo "exit $?"', {
      ...other,
      cwd: join(place, 'locked'),
    });
    expect(stdout).toBe('exit 74\n');
    expect(stderr).toMatch(
      /^paged-observable: SINK: The output users\.ndjson failed: EACCES[^\n]*\n$/,
    );
    expect(readdirSync(join(place, 'locked'))).toEqual([]);
    expect(server().requestCount()).toBe(0);
  });

  it('exits 141 where a pipe is closed early, whatever the format', async () => {
    const formats = ['--format ndjson', '--format json', '--format csv', '--gzip'];
    const ran = await Promise.all(
      formats.map((flags) => script(`(export_to - ${flags}; echo "exit $?" >&2) | head -c 0`)),
    );
    for (const { stdout, stderr } of ran) expect([stdout, stderr]).toEqual(['', 'exit 141\n']);
  });

  it('is whole where only the summary could not be told, and the exit code says so', async () => {
    const [closed, full] = [join(folder(), 'a.ndjson'), join(folder(), 'b.ndjson')];
    const pipe = await script(
      `(sleep 0.1; export_to '${closed}' --json; echo "exit $?" >&2) | true`,
    );
    expect([pipe.stdout, pipe.stderr]).toEqual(['', 'exit 141\n']);
    const device = await script(`export_to '${full}' --json > /dev/full; echo "exit $?" >&2`);
    expect(device.stderr).toBe(
      'paged-observable: SINK: the output failed (write ENOSPC), and its end may be missing; start anew\nexit 74\n',
    );
    for (const path of [closed, full]) expect(readFileSync(path, 'utf8') === lines).toBe(true);
  });

  it('is not harmed by a reader of its messages who has gone', async () => {
    const out = join(folder(), 'users.ndjson');
    const { stdout } = await script(
      `{ export_to '${out}' 2>&1 >&3 | true; } 3>&1; echo "\${PIPESTATUS[0]}"`,
    );
    expect(stdout).toBe('0\n');
    expect(readFileSync(out, 'utf8') === lines).toBe(true);
    expect(existsSync(`${out}.lock`)).toBe(false);
    expect((await run('export', url(), '--out', out, '--resume')).exitCode).toBe(0);
  });
});
