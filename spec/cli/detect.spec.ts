import { demoServer } from '../demo/demo-client';
import { json, startHttpServer, type HttpServer } from '../support/http-server';

import { cli } from './run-cli';

describe('paged-observable detect', () => {
  const server = demoServer();
  const { run } = cli();
  let api: HttpServer;
  beforeAll(async () => {
    api = await startHttpServer();
  });
  afterAll(() => api.close());

  it('reports how a list is paged, by one request', async () => {
    const { stdout, stderr, exitCode } = await run(
      'detect',
      `${server().url}/link/users?per_page=100`,
    );
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const lines = stdout.replaceAll(server().url, 'http://api').split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'Request       GET http://api/link/users?per_page=100',
      'Paging        a list in pages',
      'Items         100 at the body itself',
    ]);
    expect(lines).toContain("  import { linkPagination } from 'paged-observable';");
  });

  it('prints the same for machines, without a credential', async () => {
    api.answer(json({ data: [{ id: 1 }], next_cursor: 'c2', seen: 'Bearer abcdefgh' }));
    const args = ['--json', '-H', 'Authorization: Bearer abcdefgh'];
    const { stdout, exitCode } = await run(
      'detect',
      `${api.origin}/x?limit=1&api_key=top-secret`,
      ...args,
    );
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      verdict: 'paged',
      itemsPointer: '/data',
      code: "cursorPagination({ items: '/data', param: 'cursor', next: '/next_cursor' })",
      next: { method: 'GET', url: `${api.origin}/x?limit=1&api_key=***&cursor=c2` },
    });
    expect(stdout).not.toContain('abcdefgh');
    expect(stdout).not.toContain('top-secret');
  });

  it('exits with 1 where it does not know, and says why', async () => {
    api.answer(json({ data: [{ id: 1 }], has_more: true }));
    const { stdout, exitCode } = await run('detect', `${api.origin}/x`);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Paging        not known: a flag says that there is more');
  });

  it('tells what went wrong with the request as a walk does', async () => {
    api.answer(json({ message: 'no' }, 404));
    const { stdout, stderr, exitCode } = await run('detect', `${api.origin}/x`, '--retries', '0');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(/^paged-observable: HTTP_STATUS on page 1: .*; check the address\n$/);
  });
});
