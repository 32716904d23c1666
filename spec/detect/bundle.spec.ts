import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import manifest from '../../package.json';
import { buildEsm } from '../../scripts/build-esm';
import { bundledFiles, isCatalogue, isDetection } from '../../scripts/sizes';

const root = join(__dirname, '../..');

describe('the bundle of who names a strategy', () => {
  const code = `import { paginate, cursorPagination } from 'paged-observable';
    paginate((request) => fetch(request.url), '/items', { pagination: cursorPagination() }).subscribe();`;

  it('holds no detection: it comes in a file of its own, when it is needed', async () => {
    const { atOnce, later } = await bundledFiles(code, root);
    expect(atOnce).toContain('lib/strategy/cursor-pagination.ts');
    expect(atOnce.filter(isDetection)).toEqual([]);
    expect(later.filter(isDetection)).toContain('lib/detect/detect.ts');
  });

  it('holds no catalogue, and nothing that is made of descriptions', async () => {
    const { atOnce } = await bundledFiles(code, root);
    expect(atOnce.filter(isCatalogue)).toEqual([]);
  });

  it('holds detection where it is named', async () => {
    const named = `import { explainPagination } from 'paged-observable'; console.log(explainPagination);`;
    const { atOnce } = await bundledFiles(named, root);
    expect(atOnce).toContain('lib/detect/detect.ts');
  });
});

describe('a bundle made of the built package', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-'));
    const { sideEffects } = manifest;
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ sideEffects }));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules')); // for rxjs
    await buildEsm(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** The files of one folder of lib/ that come with these names at once. */
  async function filesOf(part: string, names: string): Promise<readonly string[]> {
    const { atOnce } = await bundledFiles(`export { ${names} } from './index.mjs'`, folder);
    const start = `esm/${part}/`;
    const own = atOnce.filter((file) => file.startsWith(start));
    return own.map((file) => file.slice(start.length, -'.mjs'.length)).sort();
  }

  /** What every strategy is made of. */
  const tools = ['common-options', 'read-items', 'read-values', 'selector'];
  const toolsOfCursors = ['later-request', 'size-slot', 'slot', 'slot-options', 'spread-slot'];

  it.each([
    ['cursorPagination', ['cursor-pagination', ...toolsOfCursors]],
    ['numberPagination', ['number-pagination', 'slot', 'slot-options']],
    ['singlePage', ['single-page']],
  ])('holds of the strategies only %s where only that is named', async (name, own) => {
    const files = await filesOf('strategy', `paginate, ${name}`);
    expect(files).toEqual(['choose-pagination', ...tools, ...own].sort());
  });

  it('holds no strategy where none is named, and nothing of detection but what loads it', async () => {
    expect(await filesOf('strategy', 'paginate')).toEqual(['choose-pagination', 'selector']);
    expect(await filesOf('detect', 'paginate')).toEqual(['detect-options', 'detect-pagination']);
  });

  it('holds no ready-made strategy where none is named', async () => {
    expect(await filesOf('dialect', 'paginate, cursorPagination')).toEqual([]);
  });

  it('loads all of detection later, in one file that shares none with what is there', async () => {
    const code = `export { paginate, linkPagination } from './index.mjs'`;
    const { later } = await bundledFiles(code, folder);
    expect(later).toEqual(['esm/detect/detecting-strategy.mjs']);
  });

  it.each([
    ['a list that nothing is known of', `[{ id: 1, at: 2 }]`, { next: 'soon' }, 'PROTOCOL'],
    ['a reply without a list', `'none'`, {}, 'BAD_SHAPE'],
  ])(
    'gives the error of the package where detection refuses %s',
    async (_, items, others, code) => {
      const body = `{ ...${JSON.stringify(others)}, rows: ${items} }`;
      const file = join(folder, 'refused.mjs');
      writeFileSync(
        file,
        `import { paginate, PaginationError } from './index.mjs';
         const url = 'http://api.test/rows';
         const transport = () => [{ status: 200, headers: {}, url, body: ${body} }];
         paginate(transport, url).subscribe({ error: (error) => {
           console.log(error instanceof PaginationError, error.code, error.resumeToken !== '');
         } });`,
      );
      const { stdout } = await promisify(execFile)(process.execPath, [file]);
      expect(stdout).toBe(`true ${code} true\n`);
    },
  );
});
