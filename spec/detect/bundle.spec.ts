import { join, relative } from 'node:path';

import { bundleOf, loadedAtOnce } from '../../scripts/sizes';

const root = join(__dirname, '../..');

/** The files of lib/ in what a bundler makes of some code: those loaded with it, and those loaded when they are needed. */
async function filesOf(code: string): Promise<Record<'atOnce' | 'later', readonly string[]>> {
  const { metafile } = await bundleOf(code, root);
  const first = loadedAtOnce(metafile);
  const files = { atOnce: [] as string[], later: [] as string[] };
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const kept = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    const names = kept.map(([input]) => relative(root, join(root, input)));
    files[first.has(output) ? 'atOnce' : 'later'].push(
      ...names.filter((n) => n.startsWith('lib/')),
    );
  }
  return files;
}

const isDetection = (file: string): boolean =>
  file.startsWith('lib/detect/') && !/\/detect-(?:pagination|options)\.ts$/.test(file);

describe('the bundle of who names a strategy', () => {
  const code = `import { paginate, cursorPagination } from 'paged-observable';
    paginate((request) => fetch(request.url), '/items', { pagination: cursorPagination() }).subscribe();`;

  it('holds no detection: it comes in a file of its own, when it is needed', async () => {
    const { atOnce, later } = await filesOf(code);
    expect(atOnce).toContain('lib/strategy/cursor-pagination.ts');
    expect(atOnce.filter(isDetection)).toEqual([]);
    expect(later.filter(isDetection)).toContain('lib/detect/detect.ts');
  });

  it('holds no catalogue, and nothing that is made of descriptions', async () => {
    const { atOnce } = await filesOf(code);
    const described =
      /^lib\/(?:dialect\/catalogue\/|dialect\/dialect\.ts|strategy\/(?:strategy-of|code-of)\.ts)/;
    expect(atOnce.filter((file) => described.test(file))).toEqual([]);
  });

  it('holds detection where it is named', async () => {
    const named = `import { explainPagination } from 'paged-observable'; console.log(explainPagination);`;
    const { atOnce } = await filesOf(named);
    expect(atOnce).toContain('lib/detect/detect.ts');
  });
});
