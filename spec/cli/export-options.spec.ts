import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { documentOf, INTEGER, list, object } from '../openapi/api-document';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { readCsv } from '../support/read-csv';
import { tempFolder } from '../support/temp-folder';

import { cli } from './run-cli';

jest.setTimeout(30_000);

const PAGES = 6;
const PER_PAGE = 5;
const pagesFlag = ['--strategy', 'number', '--items', '/rows', '--total-pages', '/pages'] as const;

interface Row {
  readonly id: number;
  readonly name: string;
  readonly address: { readonly city: string };
}

const rowOf = (id: number): Row => ({
  id,
  name: `name ${String(id)}`,
  address: { city: `city ${String(id % 3)}` },
});
const all = Array.from({ length: PAGES * PER_PAGE }, (_, id) => rowOf(id));
const pageOf = (page: number) => all.slice((page - 1) * PER_PAGE, page * PER_PAGE);
const ndjson = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe('options of the command export', () => {
  const { run } = cli();
  const folder = tempFolder();
  const file = (name: string) => join(folder(), name);
  let server: HttpServer;
  /** Requests that wait for an answer, now and at most. */
  let [waiting, most] = [0, 0];
  let delay = 0;

  beforeAll(async () => {
    server = await startHttpServer();
    server.answer(({ url }, response) => {
      const page = Number(/[?&]page=(\d+)/.exec(url)?.[1] ?? 1);
      most = Math.max(most, ++waiting);
      setTimeout(() => {
        waiting--;
        response.setHeader('content-type', 'application/json');
        if (url.startsWith('/repos') && page < PAGES) {
          const next = `${server.origin}/repos/a/b/issues?page=${String(page + 1)}`;
          response.setHeader('link', `<${next}>; rel="next"`);
        }
        const isLate = url.startsWith('/late') && page > 2;
        const rows = isLate ? pageOf(page).map((row) => ({ ...row, late: 1 })) : pageOf(page);
        const body = url.startsWith('/repos') ? rows : { rows, pages: PAGES };
        response.end(JSON.stringify(body));
      }, delay);
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.requests.length = 0;
    [waiting, most, delay] = [0, 0, 0];
  });
  const asked = () => server.requests.map(({ url }) => url);

  it('--dialect walks a known API', async () => {
    const out = file('issues.ndjson');
    const url = `${server.origin}/repos/a/b/issues`;
    const ran = await run('export', url, '--dialect', 'github', '--out', out, '--quiet');
    expect(ran).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(readFileSync(out, 'utf8')).toBe(ndjson(all));
    const further = [2, 3, 4, 5, 6].map((page) => `/repos/a/b/issues?page=${String(page)}`);
    expect(asked()).toEqual(['/repos/a/b/issues', ...further]);
  });

  it('--openapi walks an operation of a document, with its arguments', async () => {
    const document = file('api.json');
    writeFileSync(
      document,
      JSON.stringify(
        documentOf({
          path: '/rows',
          query: ['team'],
          parameters: [{ name: 'page', in: 'query', schema: INTEGER }],
          schema: object({ rows: list(), pages: INTEGER }),
          extensions: {
            'x-speakeasy-pagination': {
              type: 'offsetLimit',
              inputs: [{ name: 'page', in: 'parameters', type: 'page' }],
              outputs: { results: '$.rows', numPages: '$.pages' },
            },
          },
          root: { servers: [{ url: server.origin }] },
        }),
      ),
    );
    const out = file('rows.json');
    const of = ['--openapi', document, '--arg', 'team=a b', '--max-items', '7'];
    const ran = await run('export', 'listThings', ...of, '--out', out, '--quiet');
    expect(ran).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(all.slice(0, 7));
    expect(asked()).toEqual(['/rows?team=a%20b', '/rows?team=a%20b&page=2']);
  });

  it.each([
    [['--concurrency', '3'], 3],
    [['--prefetch', '2'], 1],
    [[], 1],
  ])('%j has so many requests under way at once: %i', async (flags, wanted) => {
    delay = 40;
    const out = file('rows.ndjson');
    const args = [`${server.origin}/rows`, ...pagesFlag, ...flags, '--out', out, '--quiet'];
    const ran = await run('export', ...args);
    expect(ran).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(readFileSync(out, 'utf8')).toBe(ndjson(all));
    expect(most).toBe(wanted);
    expect(asked()).toHaveLength(PAGES);
  });

  it('--prefetch asks ahead of an output that is not read', async () => {
    const out = ['--out', '-', '--prefetch', '2', '--max-pages', '3', '--quiet'];
    const ran = await run('export', `${server.origin}/rows`, ...pagesFlag, ...out);
    expect(ran).toEqual({ stdout: ndjson(all.slice(0, 15)), stderr: '', exitCode: 0 });
    expect(asked()).toEqual(['/rows', '/rows?page=2', '/rows?page=3']);
  });

  it('--select and --columns write parts of every item', async () => {
    const [cities, table] = [file('cities.ndjson'), file('rows.csv')];
    const from = [`${server.origin}/rows`, ...pagesFlag, '--quiet'];
    await run('export', ...from, '--select', '/address/city', '--out', cities);
    expect(readFileSync(cities, 'utf8')).toBe(ndjson(all.map(({ address }) => address.city)));
    const ran = await run('export', ...from, '--columns', 'name,/address/city', '--out', table);
    expect(ran).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(readCsv(readFileSync(table, 'utf8'))).toEqual([
      ['name', '/address/city'],
      ...all.map(({ name, address }) => [name, address.city]),
    ]);
  });

  it('--extra ignore goes on after fields that came late, as the command says', async () => {
    const [out, url] = [file('late.csv'), `${server.origin}/late`];
    const ran = await run('export', url, ...pagesFlag, '--out', out, '--quiet');
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr.replaceAll(out, 'late.csv').replaceAll(server.origin, 'http://api')).toBe(
      [
        'paged-observable: BAD_SHAPE: A row has the field "late", which has no column; name the columns, or collect such fields; --extra ignore leaves such fields out; to keep them, begin anew with --overwrite and --columns or --extra collect',
        'paged-observable: stopped with 10 rows safe; to go on without such fields:',
        '  paged-observable export http://api/late --out late.csv --strategy number --items /rows --total-pages /pages --resume --extra ignore',
        '',
      ].join('\n'),
    );
    const [, , next = ''] = ran.stderr.split('\n');
    const went = await run(...next.trim().split(' ').slice(1), '--quiet');
    expect(went).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(readCsv(readFileSync(out, 'utf8')).map(([id]) => id)).toEqual([
      'id',
      ...all.map(({ id }) => String(id)),
    ]);
  });

  it('--header-file sends headers that no file and no line of output holds', async () => {
    const [out, headers] = [file('rows.ndjson'), file('headers')];
    writeFileSync(headers, 'Authorization: Bearer planted-token\nX-Team: jade\n');
    const args = [...pagesFlag, '--header-file', headers, '--max-items', '5', '--json'];
    const ran = await run('export', `${server.origin}/rows`, ...args, '--out', out);
    expect(ran.exitCode).toBe(0);
    expect(
      server.requests.map(({ headers: sent }) => [sent.authorization, sent['x-team']]),
    ).toEqual([['Bearer planted-token', 'jade']]);
    const checkpoint = readFileSync(`${out}.checkpoint`, 'utf8');
    expect([ran.stdout, ran.stderr, checkpoint].join('')).not.toContain('planted-token');
  });

  it('--json prints the summary alone, with --quiet too', async () => {
    const from = [`${server.origin}/rows`, ...pagesFlag];
    for (const more of [[], ['--quiet']]) {
      const out = file('rows.ndjson');
      const ran = await run('export', ...from, '--out', out, '--json', ...more);
      expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
      expect(ran.stdout.split('\n')).toHaveLength(2);
      expect(JSON.parse(ran.stdout)).toEqual({
        type: 'summary',
        output: 'rows.ndjson',
        rows: 30,
        pages: 6,
        newRows: 30,
        bytes: ndjson(all).length,
        resumed: false,
        endReason: 'exhausted',
        requests: 6,
        duplicates: 0,
        elapsedMs: expect.any(Number) as number,
        resumeToken: expect.stringMatching(/^po1\./) as string,
      });
    }
  });

  it('--resume of a finished export asks for nothing and touches no file', async () => {
    const out = file('rows.csv');
    const args = [`${server.origin}/rows`, ...pagesFlag, '--out', out, '--resume'];
    expect((await run('export', ...args)).exitCode).toBe(0);
    server.requests.length = 0;
    const seen = () =>
      [out, `${out}.checkpoint`].map((path) => {
        const { ino, size, mtimeMs, ctimeMs } = statSync(path);
        return { ino, size, mtimeMs, ctimeMs };
      });
    const before = seen();
    const again = await run('export', ...args);
    expect(again).toEqual({
      stdout: '',
      stderr: 'paged-observable: rows.csv was finished before: 30 rows, 6 pages\n',
      exitCode: 0,
    });
    expect(asked()).toEqual([]);
    expect(seen()).toEqual(before);
  });

  it('are all told by the help', async () => {
    const { stdout, stderr, exitCode } = await run('export', '--help');
    expect([stderr, exitCode]).toEqual(['', 0]);
    const told = stdout
      .split('\n')
      .flatMap((line) => /^ {2}(?:-\w, )?(--[\w-]+)/.exec(line)?.[1] ?? []);
    const wanted = [
      ...['--out', '--format', '--gzip', '--select', '--columns', '--extra', '--delimiter'],
      ...['--no-neutralise', '--table', '--schema', '--key', '--create', '--append', '--resume'],
      ...['--overwrite', '--checkpoint-every', '--no-checkpoint', '--json', '--header'],
      ...['--header-file', '--openapi', '--arg', '--strategy', '--dialect', '--max-items'],
      ...['--max-pages', '--prefetch', '--concurrency', '--quiet'],
    ];
    expect(wanted.filter((flag) => !told.includes(flag))).toEqual([]);
    expect(stdout).toContain('fields that have no column (default: error, with --columns ignore)');
  });
});
