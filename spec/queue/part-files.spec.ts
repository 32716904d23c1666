import fc from 'fast-check';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mergeParts, readManifest } from 'paged-observable/queue';

import type { FilesSinkDescription } from '../../lib/queue/export-description';
import { fileOutput } from '../../lib/queue/file-output';
import { committedFiles, writeManifest } from '../../lib/queue/manifest';
import { PartFile } from '../../lib/queue/part-file';
import { tempFolder } from '../support/temp-folder';

const temp = tempFolder('memory');
const NDJSON = { kind: 'files', folder: 'drive' } as const;
const CSV = { ...NDJSON, format: 'csv', csv: { columns: ['id', 'name'] } } as const;

type Rows = readonly { readonly id: number; readonly name: string }[];
const rowsOf = (from: number, to: number): Rows =>
  Array.from({ length: to - from }, (_, at) => ({ id: from + at, name: `n${String(from + at)}` }));

/** Writes a part whose worker dies after these pages, again and again; gives what the database knows of it. */
async function writePart(
  sink: FilesSinkDescription,
  folder: string,
  part: number,
  lives: readonly (readonly Rows[])[],
) {
  let [rows, bytes, own] = [0, 0, undefined as unknown];
  for (const [lease, pages] of lives.entries()) {
    const output = await fileOutput(sink, folder, { part, lease, bytes, own: own as never });
    for (const page of pages) {
      await output.stage(page);
      [rows, bytes, own] = [rows + page.length, output.bytes ?? 0, output.own];
      await output.committed();
    }
    if (lease < lives.length - 1) {
      // Staged and never committed: the worker dies, or has lost its lease and does not know.
      await output.stage(rowsOf(9000, 9003));
    } else {
      await output.finish();
      [bytes, own] = [output.bytes ?? 0, output.own];
      await output.committed();
    }
    await output.close();
  }
  return { index: part, plan: { name: `part ${String(part)}` }, rows, bytes, own };
}

async function writeAll(
  sink: FilesSinkDescription,
  folder: string,
  parts: readonly (readonly (readonly Rows[])[])[],
): Promise<void> {
  const found: Record<string, unknown>[] = [];
  for (const [part, lives] of parts.entries())
    found.push(await writePart(sink, folder, part, lives));
  await writeManifest({ query: () => Promise.resolve({ rows: found }) }, 'one', sink, folder);
}

describe('files of parts', () => {
  it('hold what was committed, whoever wrote it, and are listed in plan order', async () => {
    const folder = join(temp(), 'one');
    await writeAll(NDJSON, folder, [
      [[rowsOf(0, 2), rowsOf(2, 3)], [rowsOf(3, 4)], [[], rowsOf(4, 5)]],
      [[rowsOf(5, 7)]],
    ]);
    const manifest = await readManifest(folder);
    expect(manifest).toMatchObject({ version: 1, export: 'one', format: 'ndjson', rows: 7 });
    expect(manifest.parts.map(({ index, name, file, rows }) => [index, name, file, rows])).toEqual([
      [0, 'part 0', '000000-2.ndjson', 5],
      [1, 'part 1', '000001-0.ndjson', 2],
    ]);
    expect(readdirSync(folder).sort()).toEqual([
      '000000-2.ndjson',
      '000001-0.ndjson',
      'manifest.json',
    ]);
    const output = join(temp(), 'all.ndjson');
    const bytes = readFileSync(join(folder, '000000-2.ndjson')).length + 42;
    expect(await mergeParts(folder, output)).toEqual({ rows: 7, bytes });
    expect(readFileSync(output, 'utf8')).toBe(
      rowsOf(0, 7)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
  });

  it.each([false, true])(
    'of CSV have a header each, and together one; compressed: %s',
    async (gzip) => {
      const folder = join(temp(), 'one');
      const sink = { ...CSV, gzip };
      await writeAll(sink, folder, [[[rowsOf(0, 1)], [rowsOf(1, 2)]], [[[]]], [[rowsOf(2, 3)]]]);
      const read = (path: string) => {
        const bytes = readFileSync(path);
        return (gzip ? gunzipSync(bytes) : bytes).toString('utf8');
      };
      const { parts } = await readManifest(folder);
      expect(parts.map(({ file }) => read(join(folder, file)))).toEqual([
        'id,name\r\n0,n0\r\n1,n1\r\n',
        'id,name\r\n',
        'id,name\r\n2,n2\r\n',
      ]);
      const output = join(temp(), 'all.csv');
      await mergeParts(folder, output);
      expect(read(output)).toBe('id,name\r\n0,n0\r\n1,n1\r\n2,n2\r\n');
    },
  );

  it('are the same however often their workers died', async () => {
    const lives = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(lives, fc.boolean(), async (sizes, isCsv) => {
        let next = 0;
        const pages = sizes.map((life) => life.map((size) => rowsOf(next, (next += size))));
        const sink = isCsv ? CSV : NDJSON;
        const [died, calm] = [join(temp(), 'died'), join(temp(), 'calm')];
        await writeAll(sink, died, [pages]);
        await writeAll(sink, calm, [[pages.flat()]]);
        const [one, other] = [
          (await readManifest(died)).parts[0],
          (await readManifest(calm)).parts[0],
        ];
        expect(one?.sha256).toBe(other?.sha256);
        expect(one?.rows).toBe(next);
        expect(readFileSync(join(died, one?.file ?? ''))).toEqual(
          readFileSync(join(calm, other?.file ?? '')),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('are on the disk before their length is committed, and only then is the file before given up', async () => {
    const handle = await open(join(temp(), 'any'), 'w');
    const files = Object.getPrototypeOf(handle) as Pick<FileHandle, 'datasync'>;
    await handle.close();
    const synced = jest.spyOn(files, 'datasync');
    const folder = join(temp(), 'one');
    const { bytes, own } = await writePart(NDJSON, folder, 0, [[rowsOf(0, 3)]]);
    const place = { part: 0, lease: 5, bytes, own: own as never };
    const heir = await fileOutput(NDJSON, folder, place);
    for (const act of [() => heir.stage(rowsOf(3, 4)), () => heir.finish()]) {
      synced.mockClear();
      await act();
      expect(synced).toHaveBeenCalledTimes(1);
      expect(readdirSync(folder)).toEqual(['000000-0.ndjson', '000000-5.ndjson']);
    }
    await heir.committed();
    expect(readdirSync(folder)).toEqual(['000000-5.ndjson']);
    await heir.close();
    synced.mockRestore();
  });

  it('are not gone on with where they are shorter or other than committed', async () => {
    const folder = join(temp(), 'one');
    const { bytes, own } = await writePart(NDJSON, folder, 0, [[rowsOf(0, 3)]]);
    const path = join(folder, '000000-0.ndjson');
    const again = () => fileOutput(NDJSON, folder, { part: 0, lease: 5, bytes, own: own as never });
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('n1', 'nX'));
    await expect(again()).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining('has other bytes than were written') as string,
    });
    truncateSync(path, 5);
    await expect(again()).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
  });

  it('are not made where the folder of all exports is not there', async () => {
    const place = { part: 0, lease: 1 };
    await expect(fileOutput(NDJSON, join(temp(), 'unmounted', 'one'), place)).rejects.toThrow(
      'ENOENT',
    );
  });
});

describe('a part file', () => {
  it('counts no bytes before it is opened and after it is closed', async () => {
    const file = new PartFile(join(temp(), 'one'));
    await expect(file.append(Buffer.from('early'))).rejects.toThrow('is not open');
    await file.create(temp());
    await file.append(Buffer.from('in time'));
    const { sha256 } = file;
    await file.close();
    await expect(file.append(Buffer.from('late'))).rejects.toThrow('is not open');
    await expect(file.sync()).rejects.toThrow('is not open');
    expect([file.bytes, file.sha256]).toEqual([7, sha256]);
    expect(readFileSync(file.path, 'utf8')).toBe('in time');
  });
});

describe('mergeParts', () => {
  it('refuses an export that is not finished, and one whose files are not what its manifest says', async () => {
    const output = join(temp(), 'all');
    const folder = join(temp(), 'one');
    await expect(mergeParts(temp(), output)).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    await writeAll(NDJSON, folder, [[[rowsOf(0, 3)]], [[rowsOf(3, 5)]]]);
    appendFileSync(join(folder, '000001-0.ndjson'), 'x');
    await expect(mergeParts(folder, output)).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: 'The part 000001-0.ndjson is not what its manifest says',
    });
    expect(() => readFileSync(`${output}.part`)).toThrow('ENOENT');
    expect(() => readFileSync(output)).toThrow('ENOENT');
  });

  it('joins what is committed of an export that is not finished, and nothing that stands behind it', async () => {
    const folder = join(temp(), 'one');
    const found = [
      await writePart(CSV, folder, 0, [[rowsOf(0, 3)]]),
      { ...(await writePart(CSV, folder, 2, [[[]]])), rows: 0 },
      await writePart(CSV, folder, 1, [[rowsOf(3, 5)]]),
    ].sort((a, b) => a.index - b.index);
    const waiting = { index: 3, plan: { name: 'part 3' }, rows: 0, bytes: null, own: null };
    const sql = { query: () => Promise.resolve({ rows: [...found, waiting] }) };
    appendFileSync(join(folder, '000000-0.csv'), '8,staged\r\n');
    const output = join(temp(), 'some.csv');
    const committed = await committedFiles(sql, 'one', CSV, { isDone: false });
    expect(committed.parts.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(await mergeParts(folder, output, committed)).toMatchObject({ rows: 5 });
    expect(readFileSync(output, 'utf8')).toBe(
      'id,name\r\n0,n0\r\n1,n1\r\n2,n2\r\n3,n3\r\n4,n4\r\n',
    );
    const first = committed.parts.slice(0, 1);
    const short = { ...committed, parts: first.map((part) => ({ ...part, bytes: 4000 })) };
    await expect(mergeParts(folder, output, short)).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
    });
    const waits = committedFiles(sql, 'one', CSV, { isDone: true });
    await expect(waits).rejects.toMatchObject({ code: 'CHECKPOINT_CORRUPT' });
  });

  it.each([
    '{',
    '{"version":2,"parts":[]}',
    '{"version":1,"parts":[{"file":"../../etc/passwd","rows":0,"bytes":0,"headerBytes":0,"sha256":""}]}',
  ])('refuses the manifest %s', async (text) => {
    const folder = join(temp(), 'one');
    mkdirSync(folder);
    writeFileSync(join(folder, 'manifest.json'), text);
    await expect(mergeParts(folder, join(temp(), 'all'))).rejects.toMatchObject({
      code: 'CHECKPOINT_CORRUPT',
    });
  });
});
