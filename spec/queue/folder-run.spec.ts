import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { join } from 'node:path';

import { takeFolder } from '../../lib/queue/folder-run';
import { tempFolder } from '../support/temp-folder';

const temp = tempFolder('memory');
const claimOf = (run: string, own?: object) =>
  ({ export: 'one', run, checkpoint: { rows: 0, pages: 0, own: own as never } }) as const;
afterEach(() => {
  jest.restoreAllMocks();
});
const isRefused = expect.objectContaining({ code: 'SINK' }) as Error;

describe('the folder of an export', () => {
  it('belongs to the run whose worker came first, and to all workers of that', async () => {
    const folder = join(temp(), 'one');
    await takeFolder(folder, claimOf('a'));
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toEqual({
      ...{ version: 1, export: 'one', run: 'a' },
    });
    writeFileSync(join(folder, '000000-1.ndjson'), '');
    await takeFolder(folder, claimOf('a'));
    await expect(takeFolder(folder, claimOf('b'))).rejects.toEqual(isRefused);
    // Nor to one that has been there before.
    await expect(takeFolder(folder, claimOf('b', {}))).rejects.toEqual(isRefused);
    expect(readdirSync(folder).sort()).toEqual(['000000-1.ndjson', 'run.json']);
  });

  it('belongs to one run, whatever many workers do at once', async () => {
    const folder = join(temp(), 'one');
    const taken = await Promise.allSettled(
      Array.from({ length: 40 }, async (_, at) => {
        const run = String(at % 4);
        await takeFolder(folder, claimOf(run));
        // From then on it has files of that run.
        writeFileSync(join(folder, `000000-${String(at)}.ndjson`), '');
        return run;
      }),
    );
    const { run } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { run: string };
    const [isHis, isAnothers] = [
      { status: 'fulfilled', value: run },
      { status: 'rejected', reason: isRefused },
    ];
    expect(taken).toEqual(
      Array.from({ length: 40 }, (_, at) => (String(at % 4) === run ? isHis : isAnothers)),
    );
    expect(readdirSync(folder).filter((name) => !name.endsWith('.ndjson'))).toEqual(['run.json']);
  });

  it('belongs to who takes it while another one is about to', async () => {
    const folder = join(temp(), 'one');
    const open = files.open;
    jest.spyOn(files, 'open').mockImplementationOnce(async (...place) => {
      await takeFolder(folder, claimOf('b'));
      return open(...place);
    });
    await expect(takeFolder(folder, claimOf('a'))).rejects.toEqual(isRefused);
    await takeFolder(folder, claimOf('b'));
    expect(readdirSync(folder)).toEqual(['run.json']);
  });

  it('is taken where the file system has no links', async () => {
    const folder = join(temp(), 'one');
    jest
      .spyOn(files, 'link')
      .mockRejectedValueOnce(Object.assign(new Error('no links'), { code: 'ENOTSUP' }));
    await takeFolder(folder, claimOf('a'));
    await expect(takeFolder(folder, claimOf('b'))).rejects.toEqual(isRefused);
    expect(readdirSync(folder)).toEqual(['run.json']);
  });

  it.each(['000003-7.csv.gz', 'manifest.json'])(
    'is not taken where nobody knows whose %s it holds',
    async (name) => {
      const folder = temp();
      writeFileSync(join(folder, name), '');
      await expect(takeFolder(folder, claimOf('a'))).rejects.toEqual(isRefused);
      expect(readdirSync(folder)).toEqual([name]);
      // A part that has committed something is compared with its checksum.
      await takeFolder(folder, claimOf('a', {}));
    },
  );

  it.each(['', '{', 'null', '{"run":1}'])('is nobody’s whose owner reads %j', async (text) => {
    const folder = temp();
    writeFileSync(join(folder, 'run.json'), text);
    await expect(takeFolder(folder, claimOf('a'))).rejects.toEqual(isRefused);
  });
});
