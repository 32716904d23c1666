import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from '../../scripts/entries';
import { documentOf, list, object, TEXT } from '../openapi/api-document';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { cli } from './run-cli';

// Each run loads two compilers, in a process of its own.
jest.setTimeout(120_000);

mkdirSync(join(root, 'temp'), { recursive: true });
const { run, folder } = cli(join(root, 'temp'));

let count = 0;
/** A folder with these files; objects are written as JSON. */
function folderOf(files: Record<string, unknown>): string {
  const path = join(folder(), `case${String(++count)}`);
  mkdirSync(join(path, 'parts'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(
      join(path, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  return path;
}

const paging = {
  cursor: '$request.cursor',
  next_cursor: '$response.next',
  results: '$response.data',
};
const plain = documentOf({ query: ['cursor'], schema: object({ data: list(), next: TEXT }) });
const paged = documentOf({
  query: ['cursor'],
  schema: object({ data: list(), next: TEXT }),
  extensions: { 'x-fern-pagination': paging },
});
const referring = ($ref: string) =>
  documentOf({ query: ['cursor'], schema: { $ref }, extensions: { 'x-fern-pagination': paging } });
const page = object({ data: list(), next: TEXT });

describe('paged-observable generate', () => {
  it('writes the client, and nothing when it is asked again', async () => {
    const at = folderOf({ 'api.json': paged });
    const out = join(at, 'deep/api');
    const first = await run('generate', join(at, 'api.json'), '--out', out, '--docs');
    expect(first).toEqual({
      stdout: `Wrote 3 of 3 files to ${out}: 1 operations, 1 paged, 0 problems\n`,
      stderr: '',
      exitCode: 0,
    });
    expect(readdirSync(out)).toEqual(['ENDPOINTS.md', 'index.ts', 'schemas.ts']);
    const { mtimeMs } = statSync(join(out, 'index.ts'));
    const second = await run('generate', join(at, 'api.json'), '--out', out, '--docs');
    expect(second.stdout).toBe(`Wrote 0 of 3 files to ${out}: 1 operations, 1 paged, 0 problems\n`);
    expect(statSync(join(out, 'index.ts')).mtimeMs).toBe(mtimeMs);
  });

  it('with --check fails where a file is stale or missing, and writes nothing', async () => {
    const at = folderOf({ 'api.json': paged });
    const args = ['generate', join(at, 'api.json'), '--out', join(at, 'out')];
    expect(await run(...args, '--check')).toMatchObject({ exitCode: 1, stdout: '' });
    expect(existsSync(join(at, 'out'))).toBe(false);
    await run(...args);
    expect(await run(...args, '--check')).toEqual({
      stdout: `Up to date: ${join(at, 'out')} (1 operations, 1 paged, 0 problems)\n`,
      stderr: '',
      exitCode: 0,
    });
    writeFileSync(join(at, 'api.json'), JSON.stringify(plain));
    const stale = await run(...args, '--check');
    expect(stale.exitCode).toBe(1);
    expect(stale.stderr).toBe(
      `paged-observable: ${join(at, 'out', 'index.ts')} is not what the document gives now\npaged-observable: ${join(at, 'out', 'schemas.ts')} is not what the document gives now\n`,
    );
  });

  it('has written the client of the samples', async () => {
    const at = join(root, 'samples/users-api');
    const ran = await run('generate', join(at, 'users.yaml'), '--out', at, '--docs', '--check');
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('applies overlays, and tells of targets that are nowhere', async () => {
    const overlay = (target: string) => ({
      overlay: '1.0.0',
      info: {},
      actions: [{ target, update: { 'x-fern-pagination': paging } }],
    });
    const at = folderOf({
      'api.json': plain,
      'o.yaml': overlay("$.paths['/things'].get"),
      'p.json': overlay('$.paths.nowhere'),
    });
    const ran = await run(
      ...[
        'generate',
        join(at, 'api.json'),
        '--out',
        join(at, 'out'),
        '--overlay',
        join(at, 'o.yaml'),
        '--overlay',
        join(at, 'p.json'),
      ],
    );
    expect(ran.stdout).toContain('1 operations, 1 paged, 0 problems');
    expect(ran.stderr).toBe(
      `paged-observable: ${join(at, 'p.json')}: nothing in the document is at $.paths.nowhere\n`,
    );
  });

  it('prints what could not be used, without what could act on the terminal', async () => {
    const broken = documentOf({
      extensions: { 'x-fern-pagination': 5, operationId: 'a\u001b[31m' },
      schema: page,
    });
    const at = folderOf({ 'api.json': broken });
    const ran = await run('generate', join(at, 'api.json'), '--out', join(at, 'out'));
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toBe(
      'paged-observable: a\\u{1b}[31m: x-fern-pagination: expected an object of offset, cursor, next_uri or next_path\n',
    );
  });

  it('reads files in the folder of the document', async () => {
    const at = folderOf({
      'api.json': referring('./parts/page.yaml#/Page'),
      'parts/page.yaml': { Page: page },
    });
    const ran = await run('generate', join(at, 'api.json'), '--out', join(at, 'out'));
    expect(ran.stdout).toContain('1 operations, 1 paged, 0 problems');
    expect(readFileSync(join(at, 'out/schemas.ts'), 'utf8')).toContain('Page: {');
  });

  it('reports a file that is not there', async () => {
    const at = folderOf({ 'api.json': referring('./none.yaml#/Page') });
    const ran = await run('generate', join(at, 'api.json'), '--out', join(at, 'out'));
    expect(ran.stderr).toContain(
      'listThings: $ref: the reference "./none.yaml#/Page" leads nowhere',
    );
  });

  it.each([
    '../secret.json#/Page',
    '/etc/hosts#/Page',
    'parts/../../secret.json#/Page',
    'link.json#/Page',
    'file:///etc/hosts#/Page',
  ])('refuses the reference %s out of the folder', async ($ref) => {
    const at = folderOf({ 'api.json': referring($ref) });
    const secret = join(tmpdir(), `planted-${String(process.pid)}.json`);
    writeFileSync(join(folder(), 'secret.json'), JSON.stringify({ Page: page }));
    writeFileSync(secret, JSON.stringify({ Page: page }));
    symlinkSync(secret, join(at, 'link.json'));
    const ran = await run('generate', join(at, 'api.json'), '--out', join(at, 'out'));
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toMatch(
      /^paged-observable: SPEC_REJECTED: The document is refused: the reference /,
    );
    expect(existsSync(join(at, 'out'))).toBe(false);
  });

  describe('references to servers', () => {
    let server: HttpServer;
    beforeAll(async () => {
      server = await startHttpServer();
    });
    afterAll(() => server.close());

    it('are refused without a request, and followed where they are allowed', async () => {
      server.answer((request, response) => {
        const deeper = { Page: { $ref: '/deep/page.json#/P' } };
        response.end(JSON.stringify(request.url === '/a.json' ? deeper : { P: page }));
      });
      const at = folderOf({ 'api.json': referring(`${server.origin}/a.json#/Page`) });
      const args = ['generate', join(at, 'api.json'), '--out', join(at, 'out')];
      const refused = await run(...args);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain(
        'leads to a server that is not allowed; --allow-origin allows one',
      );
      expect(server.requests).toEqual([]);
      const allowed = await run(...args, '--allow-origin', server.origin);
      expect(allowed).toMatchObject({ exitCode: 0, stderr: '' });
      expect(server.requests.map(({ url }) => url)).toEqual(['/a.json', '/deep/page.json']);
    });
  });

  it.each([
    ['no OpenAPI document', '{"a":1}', /Expected an OpenAPI document/, 2],
    [
      'text that is neither JSON nor YAML',
      'a: [',
      /SPEC_REJECTED: The document is refused: line 1/,
      1,
    ],
    ['levels without end', '['.repeat(10_000), /SPEC_REJECTED: .*nested deeper than 512 levels/, 1],
  ])('refuses %s', async (_, content, message, exitCode) => {
    const at = folderOf({ 'api.json': content });
    const ran = await run('generate', join(at, 'api.json'), '--out', join(at, 'out'));
    expect(ran.stderr).toMatch(message);
    expect(ran).toMatchObject({ exitCode, stdout: '' });
  });

  it('refuses a document that is not there, and a folder with files of somebody else', async () => {
    const at = folderOf({ 'api.json': paged, 'index.ts': 'export const mine = 1;\n' });
    const missing = await run('generate', join(at, 'none.json'), '--out', join(at, 'out'));
    expect(missing.stderr).toContain('none.json cannot be read (ENOENT)');
    expect(missing.exitCode).toBe(2);
    const foreign = await run('generate', join(at, 'api.json'), '--out', at);
    expect(foreign.stderr).toContain(
      'index.ts was not written by this command; name another folder',
    );
    expect(foreign.exitCode).toBe(2);
    expect(readFileSync(join(at, 'index.ts'), 'utf8')).toBe('export const mine = 1;\n');
  });
});

describe('paged-observable generate without its packages', () => {
  const elsewhere = cli();

  it('says which ones to install', async () => {
    const document = join(elsewhere.folder(), 'api.json');
    writeFileSync(document, JSON.stringify(paged));
    const ran = await elsewhere.run('generate', document, '--out', join(elsewhere.folder(), 'out'));
    expect(ran.stderr).toContain('npm install --save-dev openapi-typescript@7 typescript@5');
    expect(ran.exitCode).toBe(2);
  });

  it('says that a native TypeScript has no API, instead of what comes of that', async () => {
    const packages = join(elsewhere.folder(), 'node_modules');
    const install = (name: string, text: string) => {
      mkdirSync(join(packages, name), { recursive: true });
      writeFileSync(join(packages, name, 'index.js'), text);
    };
    install('typescript', "exports.version = '7.0.2';");
    install('openapi-typescript', "require('typescript').factory.createKeywordTypeNode();");
    const document = join(elsewhere.folder(), 'api.json');
    writeFileSync(document, JSON.stringify(paged));
    const ran = await elsewhere.run('generate', document, '--out', join(elsewhere.folder(), 'out'));
    rmSync(packages, { recursive: true });
    expect(ran.stderr).toContain('the JavaScript API of TypeScript, which 7.0.2 has not: npm');
    expect(ran.exitCode).toBe(2);
  });
});
