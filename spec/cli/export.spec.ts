import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

import { demoUsers } from '../../lib/demo/data-set';
import { demoServer } from '../demo/demo-client';
import { json, startHttpServer } from '../support/http-server';
import { readCsv } from '../support/read-csv';
import { tempFolder } from '../support/temp-folder';

import { cli } from './run-cli';

jest.setTimeout(30_000);

const users = demoUsers(250);
const lines = users.map((user) => `${JSON.stringify(user)}\n`).join('');

describe('the command export', () => {
  const server = demoServer();
  const { run, start, hold, file } = cli();
  const folder = tempFolder();
  const list = () => `${server().url}/link/users?per_page=50`;
  const slow = () => [
    `${server().url}/slow/users?delay=60&size=10`,
    ...['--strategy', 'number', '--total-pages', '/total_pages'],
  ];

  it('writes a file in the format that its name says, and sums up on stderr', async () => {
    const at = folder();
    const out = (name: string) => join(at, name);
    const runs = await Promise.all(
      ['a.ndjson', 'a.jsonl', 'a.json', 'a.csv', 'a.ndjson.gz'].map((name) =>
        run('export', list(), '--out', out(name)),
      ),
    );
    for (const { exitCode, stdout, stderr } of runs) {
      expect([exitCode, stdout]).toEqual([0, '']);
      expect(stderr).toMatch(
        /^paged-observable: exported 250 rows, 5 pages, to a\.\S+ in \S+ s \(\S+ rows\/s\)\n$/,
      );
    }
    expect(readFileSync(out('a.ndjson'), 'utf8')).toBe(lines);
    expect(readFileSync(out('a.jsonl'), 'utf8')).toBe(lines);
    expect(JSON.parse(readFileSync(out('a.json'), 'utf8'))).toEqual(users);
    expect(gunzipSync(readFileSync(out('a.ndjson.gz'))).toString()).toBe(lines);
    const [header, first] = readCsv(readFileSync(out('a.csv'), 'utf8'));
    expect(header).toEqual(Object.keys(users[0]!));
    expect(first).toEqual(Object.values(users[0]!).map(String));
    expect(readdirSync(at).filter((name) => /lock|part|tmp/.test(name))).toEqual([]);
  });

  it('writes to standard output what another program reads', async () => {
    const { stdout, stderr, exitCode } = await run('export', list(), '--out', '-', '--quiet');
    expect([stdout, stderr, exitCode]).toEqual([lines, '', 0]);
    const array = await run('export', list(), '--out', '-', '--format', 'json', '--json');
    expect(JSON.parse(array.stdout)).toEqual(users);
    expect(JSON.parse(array.stderr)).toMatchObject({ type: 'summary', rows: 250, pages: 5 });
    const csv = await run('export', list(), '-o', '-', '--format', 'csv', '--columns', 'id,/email');
    expect(csv.stdout.split('\r\n').slice(0, 2)).toEqual([
      'id,/email',
      `${users[0]!.id},${users[0]!.email}`,
    ]);
  });

  it('selects a value, stops at a cap, and tells the summary as JSON', async () => {
    const out = join(folder(), 'ids.json');
    const args = ['export', list(), '--out', out, '--select', '/id', '--max-items', '70', '--json'];
    const { stdout, exitCode } = await run(...args);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'summary',
      rows: 70,
      pages: 2,
      endReason: 'limit',
    });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(users.slice(0, 70).map(({ id }) => id));
    const more = await run(...args.slice(0, 6), '--max-items', '80', '--resume');
    expect(more).toEqual({
      stdout: '',
      stderr:
        'paged-observable: CHECKPOINT_MISMATCH: The export in ids.json ended at a limit after 70 rows and is whole as such; overwrite it to have more; --resume goes on with the options of the run before, --overwrite begins anew\n',
      exitCode: 1,
    });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'finishes the page on %s, makes a checkpoint and can be gone on with',
    async (signal, code) => {
      const out = join(folder(), 'users.ndjson');
      const args = ['export', ...slow(), '--out', out];
      const running = start(...args);
      await checkpointOf(out, 2);
      const sentAt = performance.now();
      running.child.kill(signal);
      const first = await running.ended;
      expect(performance.now() - sentAt).toBeLessThan(5000);
      expect([first.exitCode, first.stdout]).toEqual([code, '']);
      const rows = rowsSafe(out);
      expect(readFileSync(`${out}.part`, 'utf8')).toBe(
        lines.split('\n').slice(0, rows).join('\n') + '\n',
      );
      expect(first.stderr).toBe(
        `paged-observable: interrupted with ${String(rows)} rows safe; to go on:\n` +
          `  paged-observable export '${args[1] ?? ''}' --out ${out} --strategy number --total-pages /total_pages --resume\n`,
      );
      expect(existsSync(`${out}.lock`)).toBe(false);
      const before = server().requestCount();
      const rest = await run(...args, '--resume');
      expect(rest.exitCode).toBe(0);
      expect(readFileSync(out, 'utf8')).toBe(lines);
      expect(server().requestCount() - before).toBe(25 - rows / 10);
      const again = await run(...args, '--resume');
      expect(again.exitCode).toBe(0);
      expect(again.stderr).toBe(
        'paged-observable: users.ndjson was finished before: 250 rows, 25 pages\n',
      );
      expect(server().requestCount() - before).toBe(25 - rows / 10);
    },
    30_000,
  );

  it('ends at once on a second SIGINT, with a checkpoint that holds', async () => {
    const api = await startHttpServer();
    // The second page never comes, nor does the reader of the output ever read: nothing ends by itself.
    const many = Array.from({ length: 3000 }, (_, at) => ({ at, text: 'x'.repeat(500) }));
    api.answer(json({ rows: many }));
    const running = hold(
      'export',
      `${api.origin}/`,
      '--strategy',
      'single',
      '--items',
      '/rows',
      '--out',
      '-',
    );
    while (api.requests.length === 0) await sleep(20);
    await sleep(300);
    running.child.kill('SIGINT');
    await sleep(200);
    expect(running.child.exitCode).toBeNull();
    const exited = once(running.child, 'exit');
    const sentAt = performance.now();
    running.child.kill('SIGINT');
    expect(await exited).toEqual([130, null]);
    expect(performance.now() - sentAt).toBeLessThan(500);
    running.read();
    await running.ended;
    await api.close();

    const out = join(folder(), 'users.ndjson');
    const args = ['export', ...slow(), '--out', out];
    const twice = start(...args);
    await checkpointOf(out, 2);
    twice.child.kill('SIGINT');
    twice.child.kill('SIGINT');
    expect((await twice.ended).exitCode).toBe(130);
    expect((await run(...args, '--resume')).exitCode).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(lines);
  }, 30_000);

  it('gives up an output that takes nothing within five seconds of a signal', async () => {
    const api = await startHttpServer();
    const many = Array.from({ length: 3000 }, (_, at) => ({ at, text: 'x'.repeat(500) }));
    api.answer(json(many));
    const running = hold('export', `${api.origin}/`, '--strategy', 'single', '--out', '-');
    while (api.requests.length === 0) await sleep(20);
    await sleep(300);
    const exited = once(running.child, 'exit');
    const sentAt = performance.now();
    running.child.kill('SIGTERM');
    expect(await exited).toEqual([143, null]);
    expect(performance.now() - sentAt).toBeLessThan(5000);
    running.read();
    await running.ended;
    await api.close();
  }, 15_000);

  it('keeps a second process out, and takes over the lock of one that was killed', async () => {
    const out = join(folder(), 'users.ndjson');
    const args = ['export', ...slow(), '--out', out];
    const first = start(...args);
    await checkpointOf(out, 1);
    const second = await run(...args, '--resume');
    expect(second.exitCode).toBe(75);
    expect(second.stderr).toMatch(
      /^paged-observable: LOCKED: The output is locked by process \d+ on /,
    );
    first.child.kill('SIGKILL');
    await first.ended;
    expect(existsSync(`${out}.lock`)).toBe(true);
    expect((await run(...args, '--resume')).exitCode).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(lines);
    expect(readdirSync(join(out, '..')).sort()).toEqual([
      'users.ndjson',
      'users.ndjson.checkpoint',
    ]);
  }, 20_000);

  it('hands on every byte of 10 MB to a slow reader before it exits', async () => {
    const api = await startHttpServer();
    const items = Array.from({ length: 20_000 }, (_, at) => ({ at, text: 'ä'.repeat(250) }));
    api.answer(json(items));
    const running = start('export', `${api.origin}/`, '--strategy', 'single', '--out', '-', '-q');
    const { stdout } = running.child;
    stdout.on('data', () => {
      stdout.pause();
      setTimeout(() => stdout.resume(), 1);
    });
    const ran = await running.ended;
    await api.close();
    const wanted = items.map((item) => `${JSON.stringify(item)}\n`).join('');
    expect(Buffer.byteLength(wanted)).toBeGreaterThan(10_000_000);
    expect(ran.stdout === wanted).toBe(true);
    expect([ran.stderr, ran.exitCode]).toEqual(['', 0]);
  }, 20_000);

  it('exits 141 without a word when the reader goes away, 74 with a line when it cannot write', async () => {
    const running = start('export', `${server().url}/link/users?per_page=1`, '--out', '-');
    await running.until(() => running.stdout() !== '');
    running.child.stdout.destroy();
    const gone = await running.ended;
    expect([gone.exitCode, gone.stderr]).toEqual([141, '']);
    expect(server().requestCount()).toBeLessThan(250);

    const full = spawn(process.execPath, [file(), 'export', list(), '--out', '-'], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    let stderr = '';
    full.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    expect(await once(full, 'close')).toEqual([74, null]);
    expect(stderr).toBe(
      'paged-observable: SINK: the output failed (write ENOSPC), and its end may be missing; start anew\n',
    );
  });

  it('exits 74 and says no success where the file cannot be written; later it goes on', async () => {
    const out = join(folder(), 'users.ndjson');
    const args = ['export', list(), '--out', out];
    // No file of this process may have more than 16 KiB: the disk is full in the second page.
    const script = 'ulimit -f 16; trap "" XFSZ; exec "$0" "$@"';
    const child = spawn('bash', ['-c', script, process.execPath, file(), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    expect(await once(child, 'close')).toEqual([74, null]);
    expect(said).toContain('paged-observable: SINK: The output users.ndjson failed: EFBIG');
    expect(said).not.toContain('exported');
    expect(existsSync(out)).toBe(false);
    const safe = rowsSafe(out);
    expect(safe).toBe(100);
    expect(said).toContain(`stopped with 100 rows safe; to go on:`);
    const before = server().requestCount();
    expect((await run(...args, '--resume')).exitCode).toBe(0);
    expect(server().requestCount() - before).toBe(3);
    expect(readFileSync(out, 'utf8')).toBe(lines);
  });

  it('that failed before its first row is begun anew by the same command, or a better one', async () => {
    const out = join(folder(), 'rows.ndjson');
    const wrong = ['export', list(), '--out', out, '--strategy', 'number', '--items', '/none'];
    for (const flags of [[], ['--resume']]) {
      const { stderr, exitCode } = await run(...wrong, ...flags);
      expect([exitCode, stderr.split('\n').slice(1)]).toEqual([1, ['']]);
      expect(stderr).toMatch(/^paged-observable: BAD_SHAPE on page 1: /);
    }
    const { exitCode } = await run('export', list(), '--out', out, '--quiet');
    expect([exitCode, readFileSync(out, 'utf8')]).toEqual([0, lines]);
  });

  it('exits 74 where the folder is missing or only to be read', async () => {
    const missing = await run('export', list(), '--out', join(folder(), 'no', 'a.ndjson'));
    expect(missing.exitCode).toBe(74);
    expect(missing.stderr).toContain('SINK: The output a.ndjson failed: ENOENT');
    const readOnly = await run('export', list(), '--out', '/proc/a.ndjson');
    expect(readOnly.exitCode).toBe(74);
    expect(readOnly.stderr).not.toContain('exported');
    expect(server().requestCount()).toBe(0);
  });

  it('writes nothing over, and begins anew only when it is told', async () => {
    const out = join(folder(), 'users.ndjson');
    writeFileSync(out, 'mine');
    const refused = await run('export', list(), '--out', out);
    expect(refused.exitCode).toBe(74);
    expect(refused.stderr).toBe(
      `paged-observable: SINK: There is a file ${out} already; overwrite it, or choose another output\n`,
    );
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await run('export', list(), '--out', out, '--overwrite', '--quiet')).stderr).toBe('');
    expect(readFileSync(out, 'utf8')).toBe(lines);
    const other = await run(
      'export',
      `${server().url}/link/users?per_page=25`,
      '--out',
      out,
      '--resume',
    );
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toContain(
      "CHECKPOINT_MISMATCH: The resume token is of another walk: the request's URL is another",
    );
    writeFileSync(`${out}.checkpoint`, '');
    const corrupt = await run('export', list(), '--out', out, '--resume');
    expect(corrupt.exitCode).toBe(1);
    expect(corrupt.stderr).toContain('CHECKPOINT_CORRUPT');
    expect(readFileSync(out, 'utf8')).toBe(lines);
  });

  it.each([
    ['', 'expected --out with a file, or --table with a name, one of them'],
    ['--out a.ndjson --table t', 'expected --out with a file, or --table with a name, one of them'],
    [
      '--out a.txt',
      '--out: expected a name that ends in .ndjson, .jsonl, .json or .csv, or --format',
    ],
    ['--out a.ndjson --columns id', '--columns goes with CSV and --table'],
    [
      '--out a.csv --columns id,id',
      '--columns must be an array of different names or JSON pointers, at least one, got an array of 2',
    ],
    ['--out a.csv --key id', '--key goes with --table'],
    ['--table t --gzip', '--gzip goes with --out'],
    ['--out - --resume', '--resume: standard output has no checkpoint'],
    ['--out - --format csv --resume', '--resume: standard output has no checkpoint'],
    [
      '--out a.json --resume --no-checkpoint',
      '--no-checkpoint does not go with --resume and --checkpoint-every',
    ],
    ['--out a.json --select id', '--select: expected a JSON pointer such as /id'],
  ])('refuses %j as a usage error', async (args, message) => {
    const { exitCode, stderr } = await run(
      'export',
      list(),
      ...args.split(' ').filter((arg) => arg !== ''),
    );
    expect(exitCode).toBe(2);
    expect(stderr.split('\n')[0]).toBe(`paged-observable: ${message}`);
  });

  describe('where the database cannot be reached', () => {
    const saved = { ...process.env };
    afterEach(() => {
      process.env = { ...saved };
    });

    it.each([
      ['', 'name the database with the environment variable DATABASE_URL'],
      [
        'postgres://me:planted-secret@127.0.0.1:1/crm',
        'check the environment variable DATABASE_URL',
      ],
    ])('names its variable, which is %j', async (url, advice) => {
      process.env['DATABASE_URL'] = url;
      process.env['PGHOST'] = '127.0.0.1';
      process.env['PGPORT'] = '1';
      const { exitCode, stderr } = await run('export', list(), '--table', 'users');
      expect([exitCode, stderr]).toEqual([
        74,
        expect.stringContaining(`connect ECONNREFUSED 127.0.0.1:1; ${advice}, `) as string,
      ]);
      expect(stderr).not.toContain('planted-secret');
    });
  });

  it('holds no secret in its files and what it says', async () => {
    const at = folder();
    const secrets = ['planted-key-1', 'planted-token-2', 'planted-param-3'];
    writeFileSync(join(at, 'headers'), `Authorization: Bearer ${secrets[1] ?? ''}\n`);
    const url = `${server().url}/broken/users?api_key=${secrets[2] ?? ''}`;
    const args = [
      url,
      '-H',
      `X-Api-Key: ${secrets[0] ?? ''}`,
      '--header-file',
      join(at, 'headers'),
    ];
    const page = ['--strategy', 'number', '--items', '/data'];
    const out = join(at, 'out.ndjson');
    const { stdout, stderr, exitCode } = await run('export', ...args, ...page, '--out', out);
    expect(exitCode).toBe(1);
    const written = readdirSync(at)
      .filter((name) => name !== 'headers')
      .map((name) => readFileSync(join(at, name), 'utf8'));
    expect(written).toHaveLength(2);
    for (const secret of secrets) {
      expect([stdout, stderr, ...written].filter((text) => text.includes(secret))).toEqual([]);
    }
    expect(stderr).toContain('stopped with 20 rows safe');
  });
});

/** Waits until a checkpoint with so many pages is there. */
async function checkpointOf(out: string, pages: number): Promise<void> {
  for (;;) {
    const text = existsSync(`${out}.checkpoint`) ? readFileSync(`${out}.checkpoint`, 'utf8') : '';
    if (Number(/"pages":(\d+)/.exec(text)?.[1] ?? 0) >= pages) return;
    await sleep(10);
  }
}

function rowsSafe(out: string): number {
  return Number(/"rows":(\d+)/.exec(readFileSync(`${out}.checkpoint`, 'utf8'))?.[1]);
}
