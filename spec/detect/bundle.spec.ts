import { join } from 'node:path';

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
