import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { demoUsers } from '../../lib/demo/data-set';
import { demoServer } from '../demo/demo-client';
import { json, startHttpServer } from '../support/http-server';
import { describePostgres, postgresServer } from '../support/postgres';

import { cli } from './run-cli';

describePostgres('the command export with --table', () => {
  const postgres = postgresServer();
  const server = demoServer();
  const { file } = cli();

  async function run(...args: string[]) {
    const env = { ...process.env, DATABASE_URL: postgres().url };
    const child = spawn(process.execPath, [file(), 'export', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [exitCode] = (await once(child, 'close')) as [number];
    return { exitCode, said };
  }

  it('makes a table, goes on with it, and changes rows by their key', async () => {
    const url = `${server().url}/link/users?per_page=50`;
    const args = [url, '--table', 'users', '--create', '--key', 'id'];
    const first = await run(...args, '--max-items', '120');
    expect(first.exitCode).toBe(0);
    const count = async () =>
      (await postgres().query('select count(*)::int as rows, max(name) as name from users'))[0];
    expect(await count()).toMatchObject({ rows: 120 });
    await postgres().query("update users set name = '~'");
    const second = await run(...args);
    expect([second.exitCode, second.said]).toEqual([
      0,
      expect.stringContaining('exported 250 rows'),
    ]);
    const rows = await postgres().query('select id, name from users order by id');
    expect(rows).toEqual(demoUsers(250).map(({ id, name }) => ({ id, name })));
    const again = await run(...args, '--resume');
    expect(again.said).toBe(
      'paged-observable: table users was finished before: 250 rows, 5 pages\n',
    );
  });

  it('tells what the database refuses in one line', async () => {
    const list = await startHttpServer();
    list.answer(json([{ id: 'a\nb\tc' }]));
    await postgres().query('create table typed (id integer)');
    const { exitCode, said } = await run(
      ...[list.origin, '--strategy', 'single', '--items', '', '--table', 'typed', '--quiet'],
    );
    await list.close();
    expect([exitCode, said]).toEqual([
      74,
      'paged-observable: SINK: The output table typed failed: invalid input syntax for type integer: "a b c"\n',
    ]);
  });

  it('exits 74 where the table is missing, and says nothing of its password', async () => {
    const url = `${server().url}/link/users?per_page=50`;
    const { exitCode, said } = await run(url, '--table', 'nobody_made_it');
    expect(exitCode).toBe(74);
    expect(said).toBe(
      'paged-observable: SINK: The output table nobody_made_it failed: relation "nobody_made_it" does not exist; --create makes the table\n',
    );
    expect(said).not.toContain('exported');
  });
});
