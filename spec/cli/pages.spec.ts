import { demoServer } from '../demo/demo-client';
import { json, startHttpServer } from '../support/http-server';

import { cli } from './run-cli';

describe('paged-observable pages', () => {
  const server = demoServer();
  const { run } = cli();

  it('prints a table that fits 100 columns', async () => {
    const url = `${server().url}/kneo/users`;
    const ran = await run('pages', url, '--strategy', 'kneo', '--limit', '100');
    expect(ran).toEqual({
      stdout: [
        'index  kind    position                       items  next                             total  status',
        '    0  offset  0                                100  100                                250     200',
        '    1  offset  100                              100  200                                250     200',
        '    2  offset  200                               50  -                                  250     200',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    });
    expect(server().requestCount()).toBe(3);
  });

  it.each([
    ['links', '/link/users?per_page=20&team=jade', []],
    ['cursors', '/dropshot/users?limit=100', ['--strategy', 'dropshot']],
    ['long cursors', '/broken/loop', ['--strategy', 'cursor', '--max-pages', '2']],
  ])('cuts long positions in their middle: %s', async (_, path, args) => {
    const { stdout } = await run('pages', server().url + path, ...args);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.filter((line) => line.includes(server().url))).toEqual([]);
  });

  it('prints the metadata as lines of JSON, each with a token that goes on after the page', async () => {
    const url = `${server().url}/kneo/users`;
    const given = [url, '--strategy', 'kneo', '--limit', '100', '--json'];
    const { stdout } = await run('pages', ...given);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { resumeToken: string });
    const common = { kind: 'offset', status: 200, totalCount: 250, totalPages: 3 };
    const token = expect.stringMatching(/^po1\./) as string;
    expect(rows).toEqual([
      {
        ...common,
        index: 0,
        position: 0,
        items: 100,
        next: 100,
        hasNextPage: true,
        resumeToken: token,
      },
      {
        ...common,
        index: 1,
        position: 100,
        items: 100,
        next: 200,
        hasNextPage: true,
        resumeToken: token,
      },
      { ...common, index: 2, position: 200, items: 50, hasNextPage: false, resumeToken: token },
    ]);

    server().reset();
    const rest = await run('pages', ...given, '--resume', rows[1]?.resumeToken ?? '');
    expect(rest.stdout).toBe(`${stdout.trimEnd().split('\n')[2] ?? ''}\n`);
    expect(server().requestCount()).toBe(1);
  });

  it('shows escape sequences of a server escaped in the table, and unchanged in JSON', async () => {
    const api = await startHttpServer();
    const cursor = '\u001b[31mred\u009b';
    api.answer((request, response) => {
      const body = { data: [{}], next_cursor: request.url.includes('cursor=') ? null : cursor };
      json(body)(request, response);
    });
    const table = await run('pages', `${api.origin}/`, '--strategy', 'cursor');
    const lines = await run('pages', `${api.origin}/`, '--strategy', 'cursor', '--json');
    await api.close();
    expect(table.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(table.stdout).toContain('\\u{1b}[31mred\\u{9b}');
    expect(JSON.parse(lines.stdout.split('\n')[0] ?? '')).toMatchObject({ next: cursor });
  });
});
