import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { devDependencies } from '../../package.json';
import { bundle } from '../support/bundle';
import { describePostgres, postgresServer } from '../support/postgres';

const root = join(__dirname, '..', '..');
const bundles = join(root, 'temp', 'samples');
const names = readdirSync(join(root, 'samples'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));

/** No sample writes into a database of whoever runs the tests. */
const env = { ...process.env };
delete env['DATABASE_URL'];

/** What a command prints; rejects if it fails. */
const run = promisify(execFile);

function expected(name: string): string {
  return readFileSync(join(__dirname, 'expected', `${name}.txt`), 'utf8');
}

describe('samples', () => {
  // Bundled at once, because compiling each in a process of its own takes ten times as long.
  beforeAll(async () => {
    mkdirSync(bundles, { recursive: true });
    await bundle({
      absWorkingDir: root,
      entryPoints: names.map((name) => `samples/${name}.ts`),
      outdir: bundles,
      bundle: true,
      platform: 'node',
      external: Object.keys(devDependencies),
    });
  });

  it.each(names)(
    '%s prints what is expected and ends by itself',
    async (name) => {
      const { stdout, stderr } = await run(process.execPath, [join(bundles, `${name}.js`)], {
        cwd: root,
        env,
        timeout: 20_000,
      });
      expect(stderr).toBe('');
      expect(stdout).toBe(expected(name));
    },
    30_000,
  );

  describePostgres('with a database', () => {
    const postgres = postgresServer();

    it('fill a table, and find it filled the next time', async () => {
      const withDatabase = { cwd: root, env: { ...env, DATABASE_URL: postgres().url } };
      const sample = [join(bundles, 'export-postgres.js')];
      for (let time = 0; time < 2; time++) {
        const { stdout } = await run(process.execPath, sample, withDatabase);
        expect(stdout).toBe('250 rows\n');
      }
      const [found] = await postgres().query(
        'select count(*)::int as rows, min(id) as id from users',
      );
      expect(found).toEqual({ rows: 250, id: 'u0000001' });
    });
  });

  it('run on the sources with ts-node', async () => {
    const tsNode = join(root, 'node_modules', 'ts-node', 'dist', 'bin.js');
    const { stdout } = await run(process.execPath, [tsNode, '-T', 'samples/subscribe.ts'], {
      cwd: root,
      timeout: 60_000,
    });
    expect(stdout).toBe(expected('subscribe'));
  }, 70_000);

  it('have each an expected output, and no output is left over', () => {
    const outputs = readdirSync(join(__dirname, 'expected'));
    expect(outputs).toEqual(names.map((name) => `${name}.txt`));
  });
});
