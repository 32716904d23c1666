import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { documentOf, list, object, TEXT } from '../openapi/api-document';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { cli, resumeTokenIn } from './run-cli';

jest.setTimeout(60_000);

describe('items and pages by an OpenAPI document', () => {
  const { folder, start, run } = cli();
  let server: HttpServer;
  let args: readonly string[] = [];

  beforeAll(async () => {
    server = await startHttpServer();
    const document = documentOf({
      query: ['page_token', 'team', 'tag'],
      schema: object({ items: list(), next_page: TEXT }),
      extensions: { 'x-dropshot-pagination': { required: [] }, security: [{ key: [] }] },
      root: {
        servers: [{ url: server.origin }],
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      },
    });
    const file = join(folder(), 'api.json');
    writeFileSync(file, JSON.stringify(document));
    args = ['listThings', '--openapi', file, '--quiet'];
    server.answer(({ url }, response) => {
      response.setHeader('content-type', 'application/json');
      const isLast = url.includes('page_token');
      response.end(
        JSON.stringify({ items: [{ id: isLast ? 2 : 1 }], next_page: isLast ? null : 'T' }),
      );
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.requests.length = 0;
  });

  it.each([
    ['broken JSON', '{"openapi": "3.1.0", ', /^paged-observable: SPEC_REJECTED: \S[^\n]*\n$/],
    [
      'a bomb of aliases',
      `openapi: 3.1.0\na: &a0 [x, x]\n${Array.from({ length: 40 }, (_, at) => `b${String(at)}: &a${String(at + 1)} [*a${String(at)}, *a${String(at)}]\n`).join('')}`,
      /^paged-observable: SPEC_REJECTED: \S[^\n]*\n$/,
    ],
  ])('refuses %s by its code, as generate does', async (_, text, line) => {
    const file = join(folder(), 'refused.yaml');
    writeFileSync(file, text);
    const generated = await run('generate', file, '--out', join(folder(), 'none'));
    expect(generated.stderr).toMatch(line);
    expect(generated.exitCode).toBe(1);
    const outputs = [[], ['--out', '-']] as const;
    for (const [at, command] of (['items', 'export'] as const).entries()) {
      const ran = await run(command, 'listThings', '--openapi', file, ...(outputs[at] ?? []));
      expect(ran).toEqual(generated);
    }
  });

  it('walks an operation with its arguments and a credential of the environment', async () => {
    process.env['PLANTED_TOKEN'] = 'planted-secret';
    const ran = await run(
      'items',
      ...args,
      '--arg',
      'team=a b',
      '--arg',
      'tag=x',
      '--arg',
      'tag=y',
      '--credential',
      'key=PLANTED_TOKEN',
    );
    expect(ran).toEqual({ stdout: '{"id":1}\n{"id":2}\n', stderr: '', exitCode: 0 });
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/things?team=a%20b&tag=x&tag=y',
      '/things?team=a%20b&tag=x&tag=y&page_token=T',
    ]);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer planted-secret',
      'Bearer planted-secret',
    ]);
  });

  it('prints the command that goes on, without the credential', async () => {
    process.env['PLANTED_TOKEN'] = 'planted-secret';
    const ran = await start(
      'items',
      ...args,
      '--max-items',
      '1',
      '--credential',
      'key=PLANTED_TOKEN',
    ).ended;
    expect(ran.stderr).toContain('--credential key=PLANTED_TOKEN');
    expect(ran.stderr).not.toContain('planted-secret');
    const rest = await run('items', ...args, '--resume', resumeTokenIn(ran.stderr));
    expect(rest.stdout).toBe('{"id":2}\n');
  });

  it.each([
    [
      ['--arg', 'teem=x'],
      'listThings: unknown argument "teem"; the arguments are page_token, team, tag',
    ],
    [['--arg', 'x'], '--arg: expected name=value'],
    [['--credential', 'nobody=X'], '--credential: the document has no scheme nobody; it has key'],
    [['--credential', 'key=NOT_SET'], '--credential: the environment variable NOT_SET is not set'],
    [['--server', '5'], "The option 'server' must be below 1"],
  ])('refuses %j', async (more, message) => {
    const ran = await run('items', ...args, ...more);
    expect(ran.stderr).toContain(message);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['items', ['--strategy', 'number', '--param', 'nonsense', '--items', '/nope'], '--strategy'],
    ['pages', ['--dialect', 'github'], '--dialect'],
    ['items', ['--method', 'POST'], '--method'],
    ['items', ['--path', 'a=b'], '--path'],
    ['export', ['--limit', '5', '--out', 'x.ndjson'], '--limit'],
    ['items', ['--end-status', '404'], '--end-status'],
    ['items', ['--x-pagination', '[]'], '--x-pagination'],
  ])('refuses what the document says: %s %j', async (face, more, flag) => {
    const ran = await run(face, ...args, ...more);
    expect(ran.stderr.split('\n')[0]).toBe(
      `paged-observable: ${flag} does not go with --openapi: the document says what is asked for and how it is paged; arguments of the operation go with --arg`,
    );
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(server.requests).toEqual([]);
  });

  it('advises on the document where it is wrong', async () => {
    const document = documentOf({
      schema: object({ rows: list(), next_page: TEXT }),
      extensions: {
        'x-speakeasy-pagination': {
          type: 'cursor',
          inputs: [{ name: 'page_token', in: 'parameters', type: 'cursor' }],
          outputs: { results: '$.rows', nextCursor: '$.next_page' },
        },
      },
      query: ['page_token'],
      root: { servers: [{ url: server.origin }] },
    });
    const file = join(folder(), 'wrong.json');
    writeFileSync(file, JSON.stringify(document));
    const ran = await run('items', 'listThings', '--openapi', file, '--quiet');
    expect(ran.stderr).toContain('BAD_SHAPE on page 1: ');
    expect(ran.stderr).toContain(
      '; the body has the array /items: correct the document, for instance with --overlay\n',
    );
    expect(ran.exitCode).toBe(1);
  });

  it('refuses an operation that is not there, and options that need a document', async () => {
    const nobody = await run('items', 'nobody', ...args.slice(1));
    expect(nobody.stderr).toContain('the document has no operation nobody');
    const alone = await run('items', 'https://a.example', '--arg', 'a=b');
    expect(alone.stderr).toContain('--arg needs --openapi');
  });
});
