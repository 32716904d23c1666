import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

import { startDemoServer, type DemoServer } from '../../lib/demo/start-demo-server';
import { devDependencies } from '../../package.json';

const root = join(__dirname, '..', '..');
const folder = join(root, 'temp', 'readme-blocks');

/** Each `ts` block with the lines hidden before it. */
function blocks(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const fence = /(?:<!-- ts\n([^]*?)-->\n+)?^```ts\n([^]*?)^```/gm;
  return [...readme.matchAll(fence)].map(([, hidden = '', code = '']) => hidden + code);
}

describe('the blocks of the README', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
    mkdirSync(folder, { recursive: true });
  });
  afterAll(() => server.close());

  /** The lines that a block prints; fails if it prints an error. */
  async function run(place: number, cwd = folder): Promise<string[]> {
    const code = blocks()[place]?.replaceAll('http://127.0.0.1:8080', server.url);
    const outfile = join(folder, `${String(place)}.mjs`);
    await build({
      stdin: { contents: code ?? '', resolveDir: root, loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: Object.keys(devDependencies),
    });
    server.reset();
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [outfile], {
      cwd,
    });
    expect(stderr).toBe('');
    return stdout.trimEnd().split('\n');
  }

  it('stream the first ten active users with one request', async () => {
    const lines = await run(0);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe("u0000003 Björn O'Brien");
    expect(server.requestCount()).toBe(1);
  });

  it('walk page numbers with axios', async () => {
    const lines = await run(1);
    expect(lines).toHaveLength(250);
    expect(lines.at(-1)).toBe('u0000250');
    // The five pages and the empty one that ends such a list.
    expect(server.requestCount()).toBe(6);
  });

  it('show pages and their positions', async () => {
    expect(await run(2)).toEqual(['0 100 0.4', '100 200 0.8', '200 undefined 1']);
  });

  it('check items with a schema', async () => {
    const lines = await run(3);
    expect(lines).toHaveLength(13);
    expect(lines[0]).toBe('undefined 2025');
  });

  it('call a list of an OpenAPI document', async () => {
    const lines = await run(4, root); // which reads a document of samples/
    expect(lines).toHaveLength(250);
    // Five pages, and the empty one that closes a list of Dropshot.
    expect(server.requestCount()).toBe(6);
  });

  it('tell what went wrong, and where to go on', async () => {
    const lines = await run(5);
    expect(lines).toHaveLength(22);
    expect(lines.slice(20)).toEqual(['BAD_CONTENT 2 20', 'po1.']);
  });

  it('export a list into a file', async () => {
    const output = join(folder, 'runs.ndjson');
    const clean = () => {
      for (const file of [output, `${output}.checkpoint`]) rmSync(file, { force: true });
    };
    clean();
    expect(await run(6)).toEqual(['100 0.4', '200 0.8', '250 1', 'whole: 250 rows']);
    expect(readFileSync(output, 'utf8').split('\n')).toHaveLength(251);
    clean();
  });

  it('are all tried here', () => {
    expect(blocks()).toHaveLength(7);
  });
});
