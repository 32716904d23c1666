import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { appendFile, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { of, take } from 'rxjs';
import type { WalkEvent } from 'paged-observable';
import {
  csvFile,
  exportTo,
  jsonFile,
  ndjsonFile,
  type ExportOptions,
  type Sink,
} from 'paged-observable/export';

import { realProcess } from '../support/real-process';
import { tempFolder } from '../support/temp-folder';
import { lines, PagesApi, told, type Row } from './api';

const folder = tempFolder();
const newFile = (name = 'rows.ndjson') => join(folder(), name);
const read = (path: string) => readFileSync(path, 'utf8');

/** A job that was broken off after two of its five pages. */
async function brokenOff(make: (path: string) => Sink = ndjsonFile, name = 'rows.ndjson') {
  const api = new PagesApi(5, 3);
  const path = newFile(name);
  api.failing.set(3, 400);
  const { error } = await told(exportTo(api.paged(), make(path)));
  api.failing.clear();
  api.asked.length = 0;
  return { api, path, error, sink: () => make(path) };
}

describe('exportTo', () => {
  it('tells progress after each page and a summary at the end', async () => {
    const api = new PagesApi(3, 2);
    const path = newFile();
    const { events, error } = await told(exportTo(api.paged(), ndjsonFile(path)));
    expect(error).toBeUndefined();
    const progress = (page: number) => ({
      type: 'progress',
      rows: page * 2,
      pages: page,
      committedRows: page * 2,
      newRows: page * 2,
      bytes: lines(api.rows(1, 2, 3).slice(0, page * 2)).length,
      totalCount: 6,
      fraction: page / 3,
      elapsedMs: expect.any(Number) as number,
    });
    expect(events).toEqual([
      progress(1),
      progress(2),
      progress(3),
      {
        type: 'summary',
        output: 'rows.ndjson',
        rows: 6,
        pages: 3,
        newRows: 6,
        bytes: lines(api.all).length,
        resumed: false,
        endReason: 'exhausted',
        requests: 3,
        duplicates: 0,
        elapsedMs: expect.any(Number) as number,
        resumeToken: expect.stringMatching(/^po1\./) as string,
      },
    ]);
    expect(read(path)).toBe(lines(api.all));
    expect(readdirSync(join(path, '..'))).toEqual(['rows.ndjson', 'rows.ndjson.checkpoint']);
  });

  it('requests nothing before it is subscribed, and walks anew for each subscriber', async () => {
    const api = new PagesApi(2, 2);
    const exported = exportTo(api.paged(), ndjsonFile(newFile()), { overwrite: true });
    expect(api.asked).toEqual([]);
    await told(exported);
    await told(exported);
    expect(api.asked).toEqual([1, 2, 1, 2]);
  });

  it('asks for a page only when the sink has taken the one before', async () => {
    const api = new PagesApi(4, 2);
    const asked: number[][] = [];
    const slow: Sink = memorySink(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      asked.push([...api.asked]);
    });
    await told(exportTo(api.paged(), slow));
    expect(asked).toEqual([[1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]);
    const ahead = new PagesApi(4, 2);
    const askedAhead: number[][] = [];
    const slowToo = memorySink(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      askedAhead.push([...ahead.asked]);
    });
    await told(exportTo(ahead.paged({ prefetch: 1 }), slowToo));
    expect(askedAhead).toEqual([
      [1, 2],
      [1, 2, 3],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('makes a checkpoint at the end of the page that brings the rows asked for', async () => {
    const api = new PagesApi(5, 2);
    const { events } = await told(exportTo(api.paged(), ndjsonFile(newFile()), { checkpoint: 3 }));
    const committed = events.map((event) => event.type === 'progress' && event.committedRows);
    expect(committed).toEqual([0, 4, 4, 8, 8, false]);
  });

  it('leaves no checkpoint without checkpoints', async () => {
    const api = new PagesApi(3, 2);
    const path = newFile();
    const { events } = await told(exportTo(api.paged(), ndjsonFile(path), { checkpoint: false }));
    expect(events.map((event) => event.type)).toEqual([
      ...Array<string>(3).fill('progress'),
      'summary',
    ]);
    expect(readdirSync(join(path, '..'))).toEqual(['rows.ndjson']);
    expect(read(path)).toBe(lines(api.all));
  });

  it('writes what a pointer or a function selects', async () => {
    const api = new PagesApi(2, 2);
    const [byPointer, byFunction, missing] = [newFile(), newFile(), newFile()];
    await told(exportTo(api.paged(), ndjsonFile(byPointer), { select: '/id' }));
    await told(exportTo(api.paged(), ndjsonFile(byFunction), { select: ({ id }) => [id] }));
    await told(exportTo(api.paged(), ndjsonFile(missing), { select: '/constructor' }));
    expect(read(byPointer)).toBe('0\n1\n2\n3\n');
    expect(read(byFunction)).toBe('[0]\n[1]\n[2]\n[3]\n');
    expect(read(missing)).toBe('null\n'.repeat(4));
  });

  it("leaves the caller's own observer of events its events", async () => {
    const api = new PagesApi(2, 2);
    const seen: string[] = [];
    const events = { next: ({ type }: { type: string }) => seen.push(type) };
    await told(exportTo(api.paged({ events }), ndjsonFile(newFile())));
    expect(seen).toEqual(['request', 'page', 'request', 'page', 'end']);
  });

  it.each([
    ['a promise', (row: Row) => Promise.resolve(row)],
    ['a promise that is rejected', () => Promise.reject(new Error('late'))],
    ['a thenable', () => ({ then: () => undefined })],
  ])('errors where select gives %s, and the same output can be begun anew', async (_, select) => {
    const api = new PagesApi(2, 2);
    const path = newFile();
    const { events, error } = await told(exportTo(api.paged(), ndjsonFile(path), { select }));
    expect(events).toEqual([]);
    expect(error).toEqual(
      new TypeError("exportTo: option 'select' must give the row itself, got a promise of it"),
    );
    expect([api.asked, existsSync(path)]).toEqual([[1], false]);
    const again = await told(exportTo(api.paged(), ndjsonFile(path), { select: '/id' }));
    expect(again.error).toBeUndefined();
    expect(read(path)).toBe('0\n1\n2\n3\n');
  });

  it('ends at a cap with a whole output', async () => {
    const api = new PagesApi(5, 3);
    const path = newFile('rows.json');
    const { events } = await told(exportTo(api.paged({ maxItems: 4 }), jsonFile(path)));
    expect(events.at(-1)).toMatchObject({ type: 'summary', rows: 4, endReason: 'limit' });
    expect(JSON.parse(read(path))).toEqual(api.all.slice(0, 4));
  });

  it.each([
    [{ resume: 'yes' }, 'exportTo: option \'resume\' must be true or false, got "yes"'],
    [
      { checkpoint: 0 },
      "exportTo: option 'checkpoint' must be 'page', a whole number of rows, 1 or more, or false, got 0",
    ],
    [
      { select: 'id' },
      'exportTo: option \'select\' must be a JSON pointer such as /id, or a function, got "id"',
    ],
    [
      { nope: 1 },
      "exportTo: unknown option 'nope'; the options are resume, overwrite, checkpoint, signal, select",
    ],
    [
      { resume: true, checkpoint: false },
      "exportTo: option 'resume' needs checkpoints, got 'checkpoint: false'",
    ],
  ])('refuses %j at once', (options, message) => {
    const paged = new PagesApi(1, 1).paged();
    // @ts-expect-error options that are none
    expect(() => exportTo(paged, ndjsonFile('/x'), options)).toThrow(new TypeError(message));
  });

  it('refuses what is no list and what is no sink', () => {
    expect(() => {
      Reflect.apply(exportTo, undefined, [{}, ndjsonFile('/x')]);
    }).toThrow('expected a PagedObservable, got an object');
    // @ts-expect-error a path is no sink
    expect(() => exportTo(new PagesApi(1, 1).paged(), '/x')).toThrow('expected a sink, got "/x"');
  });
});

describe('an export that was broken off', () => {
  it('keeps the pages before the error, and says where it stands', async () => {
    const { path, error, api } = await brokenOff();
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 400, itemsEmitted: 6 });
    expect(read(`${path}.part`)).toBe(lines(api.rows(1, 2)));
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it.each([
    ['NDJSON', ndjsonFile, 'rows.ndjson'],
    ['JSON', jsonFile, 'rows.json'],
    ['CSV', csvFile, 'rows.csv'],
    ['gzip', (path: string) => ndjsonFile(path, { gzip: true }), 'rows.gz'],
  ] as const)('goes on with %s to the bytes of an undisturbed run', async (_, make, name) => {
    const { api, path, sink } = await brokenOff(make, name);
    const whole = newFile(name);
    const { events, error } = await told(exportTo(api.paged(), sink(), { resume: true }));
    expect(error).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ type: 'summary', rows: 15, newRows: 9, resumed: true });
    expect(api.asked).toEqual([3, 4, 5]);
    await told(exportTo(api.paged(), make(whole)));
    expect(readFileSync(path)).toEqual(readFileSync(whole));
  });

  it('cuts off what lies beyond the checkpoint', async () => {
    const { api, path, sink } = await brokenOff();
    // More than what is still to come, which would cover a little of it.
    await appendFile(`${path}.part`, `{"id":"torn${'x'.repeat(10_000)}`);
    await told(exportTo(api.paged(), sink(), { resume: true }));
    expect(read(path)).toBe(lines(api.all));
  });

  it.each([
    ['is shorter than committed', (part: string) => truncate(part, 10), 'has 10 bytes, and'],
    ['is missing', (part: string) => unlink(part), 'is missing, of which'],
    [
      'is another',
      (part: string) => {
        writeFileSync(part, 'x'.repeat(read(part).length));
        return Promise.resolve();
      },
      'has other bytes before byte',
    ],
  ])('is refused where the output %s, and nothing is written', async (_, harm, message) => {
    const { api, path, sink } = await brokenOff();
    await harm(`${path}.part`);
    const before = snapshot(path);
    const { error } = await told(exportTo(api.paged(), sink(), { resume: true }));
    expect(error).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining(message) as string,
    });
    expect(api.asked).toEqual([]);
    expect(snapshot(path)).toEqual(before);
  });

  it.each([
    ['empty', () => '', 'it is empty'],
    ['half written', (text: string) => text.slice(0, text.length / 2), 'it is not whole'],
    [
      'of an unknown version',
      (text: string) => text.replace(' 1 ', ' 2 '),
      'it is of version 2, not 1',
    ],
    [
      'flipped in a bit',
      (text: string) => text.replace('"rows":6', '"rows":7'),
      'its checksum is wrong',
    ],
  ])('is refused where the checkpoint is %s, resumed or not', async (_, harm, message) => {
    const { api, path, sink } = await brokenOff();
    writeFileSync(`${path}.checkpoint`, harm(read(`${path}.checkpoint`)));
    const before = snapshot(path);
    for (const options of [{}, { resume: true }, { resume: true, overwrite: true }]) {
      const { error } = await told(exportTo(api.paged(), sink(), options));
      expect(error).toMatchObject({
        code: 'CHECKPOINT_CORRUPT',
        message: expect.stringContaining(message) as string,
      });
    }
    expect(snapshot(path)).toEqual(before);
    expect(api.asked).toEqual([]);
    const { error } = await told(exportTo(api.paged(), sink(), { overwrite: true }));
    expect(error).toBeUndefined();
    expect(read(path)).toBe(lines(api.all));
  });

  it('is refused at every single flipped bit of its checkpoint', async () => {
    const { api, path, sink } = await brokenOff();
    const good = readFileSync(`${path}.checkpoint`);
    for (let at = 0; at < good.length; at += 7) {
      const bad = Buffer.from(good);
      bad.writeUInt8(bad.readUInt8(at) ^ (1 << (at % 8)), at);
      writeFileSync(`${path}.checkpoint`, bad);
      const { error } = await told(exportTo(api.paged(), sink(), { resume: true }));
      expect(error).toMatchObject({ code: 'CHECKPOINT_CORRUPT' });
    }
    expect(api.asked).toEqual([]);
  });

  it.each<ExportOptions>([{}, { resume: true }, { overwrite: true }])(
    'is begun anew without more where it has no row yet, also of another list, with %j',
    async (options) => {
      const api = new PagesApi(2, 3);
      const path = newFile('rows.csv');
      api.failing.set(1, 400);
      const { error } = await told(exportTo(api.paged(), csvFile(path)));
      expect(error).toMatchObject({ code: 'HTTP_STATUS', itemsEmitted: 0 });
      writeFileSync(`${path}.part`, 'half of a row that nobody committed');
      api.failing.clear();
      const { events, error: none } = await told(
        exportTo(api.paged({}, 'http://api.test/others'), csvFile(path), options),
      );
      expect(none).toBeUndefined();
      expect(events.at(-1)).toMatchObject({ type: 'summary', rows: 6, resumed: false });
      expect(read(path).split('\r\n')).toHaveLength(8);
      expect(readdirSync(join(path, '..'))).toEqual(['rows.csv', 'rows.csv.checkpoint']);
    },
  );

  it('without a row does not replace what had its name before, unless asked to once more', async () => {
    const api = new PagesApi(2, 3);
    const path = newFile();
    writeFileSync(path, 'old\n');
    api.failing.set(1, 400);
    await told(exportTo(api.paged(), ndjsonFile(path), { overwrite: true }));
    api.failing.clear();
    const { error } = await told(exportTo(api.paged(), ndjsonFile(path)));
    expect(error).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    expect(read(path)).toBe('old\n');
    expect(api.asked).toEqual([1]);
    const { error: none } = await told(exportTo(api.paged(), ndjsonFile(path), { resume: true }));
    expect(none).toBeUndefined();
    expect(read(path)).toBe(lines(api.all));
  });

  it('is not begun anew by surprise', async () => {
    const { api, path, sink } = await brokenOff();
    const { error } = await told(exportTo(api.paged(), sink()));
    expect(error).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message:
        'There is an unfinished export in rows.ndjson with 6 rows; resume it, or overwrite it',
    });
    expect(read(`${path}.part`)).toBe(lines(api.rows(1, 2)));
  });

  it.each([
    [
      'URL',
      (path: string, api: PagesApi) =>
        exportTo(api.paged({}, 'http://api.test/others'), ndjsonFile(path), { resume: true }),
      "the request's URL is another",
    ],
    [
      'filter',
      (path: string, api: PagesApi) =>
        exportTo(api.paged({}, 'http://api.test/rows?a=b'), ndjsonFile(path), { resume: true }),
      "the request's URL is another",
    ],
    [
      'format',
      (path: string, api: PagesApi) => exportTo(api.paged(), csvFile(path), { resume: true }),
      'format is csv, and was ndjson',
    ],
    [
      'compression',
      (path: string, api: PagesApi) =>
        exportTo(api.paged(), ndjsonFile(path, { gzip: true }), { resume: true }),
      'gzip is yes, and was no',
    ],
    [
      'selection',
      (path: string, api: PagesApi) =>
        exportTo(api.paged(), ndjsonFile(path), { resume: true, select: '/id' }),
      'select is /id, and was not set',
    ],
  ])('is refused with another %s', async (_, again, message) => {
    const { api, path } = await brokenOff();
    const before = snapshot(path);
    const { error } = await told(again(path, api));
    expect(error).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining(message) as string,
    });
    expect(api.asked).toEqual([]);
    expect(snapshot(path)).toEqual(before);
  });
});

describe('an export that is finished', () => {
  async function finished() {
    const api = new PagesApi(3, 2);
    const path = newFile();
    await told(exportTo(api.paged(), ndjsonFile(path)));
    api.asked.length = 0;
    return { api, path };
  }

  it('is left as it is when it is resumed, with no request', async () => {
    const { api, path } = await finished();
    const before = snapshot(path);
    const { events, error } = await told(exportTo(api.paged(), ndjsonFile(path), { resume: true }));
    expect(error).toBeUndefined();
    expect(events).toMatchObject([{ type: 'summary', rows: 6, newRows: 0, requests: 0 }]);
    expect(api.asked).toEqual([]);
    expect(snapshot(path)).toEqual(before);
  });

  it('is refused where it is resumed with another list, or its output was changed', async () => {
    const { api, path } = await finished();
    const other = exportTo(api.paged({}, 'http://api.test/x'), ndjsonFile(path), { resume: true });
    expect((await told(other)).error).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    await appendFile(path, 'more');
    const same = exportTo(api.paged(), ndjsonFile(path), { resume: true });
    expect((await told(same)).error).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    await unlink(path);
    const gone = exportTo(api.paged(), ndjsonFile(path), { resume: true });
    expect((await told(gone)).error).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    expect(api.asked).toEqual([]);
  });

  it.each([
    [{ maxItems: 4 }, {}],
    [{ maxItems: 4 }, { maxItems: 5 }],
    [{ maxItems: 4 }, { maxItems: 5, maxPages: 3 }],
    [{ maxPages: 2 }, {}],
    [{ maxPages: 2 }, { maxPages: 3 }],
  ])('is refused where it ended at the cap %j and is resumed with %j', async (before, now) => {
    const api = new PagesApi(3, 2);
    const path = newFile();
    await told(exportTo(api.paged(before), ndjsonFile(path)));
    const [whole, asked] = [snapshot(path), [...api.asked]];
    const { events, error } = await told(
      exportTo(api.paged(now), ndjsonFile(path), { resume: true }),
    );
    expect([events, error]).toMatchObject([
      [],
      {
        code: 'CHECKPOINT_MISMATCH',
        message:
          'The export in rows.ndjson ended at a limit after 4 rows and is whole as such; overwrite it to have more',
        itemsEmitted: 0,
      },
    ]);
    expect(snapshot(path)).toEqual(whole);
    const more = exportTo(api.paged(now), ndjsonFile(path), { overwrite: true });
    expect((await told(more)).error).toBeUndefined();
    expect(api.asked.length).toBeGreaterThan(asked.length);
  });

  it.each([
    [{ maxItems: 4 }, { maxItems: 4 }],
    [{ maxItems: 4 }, { maxItems: 3 }],
    [{ maxItems: 4 }, { maxItems: 5, maxPages: 2 }],
    [{ maxPages: 2 }, { maxPages: 2 }],
    [{ maxPages: 2 }, { maxPages: 3, maxItems: 4 }],
    [{ maxItems: 4 }, { pacedBy: of(1) }],
  ])('is left as it is where it ended at %j and is resumed with %j', async (before, now) => {
    const api = new PagesApi(3, 2);
    const path = newFile();
    await told(exportTo(api.paged(before), ndjsonFile(path)));
    const again = exportTo(api.paged(now), ndjsonFile(path), { resume: true });
    const { events, error } = await told(again);
    expect(error).toBeUndefined();
    expect(events).toMatchObject([{ type: 'summary', rows: 4, newRows: 0, endReason: 'limit' }]);
    expect(api.asked).toEqual([1, 2]);
  });

  it('takes its name where the process ended just before', async () => {
    const { api, path } = await finished();
    renameSync(path, `${path}.part`);
    writeFileSync(path, 'an older output');
    const { events } = await told(exportTo(api.paged(), ndjsonFile(path), { resume: true }));
    expect(events).toMatchObject([{ type: 'summary', rows: 6 }]);
    expect(read(path)).toBe(lines(api.all));
    expect(api.asked).toEqual([]);
  });

  it('is not written over unless that is asked for', async () => {
    const { api, path } = await finished();
    const again = exportTo(api.paged(), ndjsonFile(path));
    expect((await told(again)).error).toMatchObject({ code: 'SINK' });
    expect(read(path)).toBe(lines(api.all));
    const longer = new PagesApi(4, 2);
    await told(exportTo(longer.paged(), ndjsonFile(path), { overwrite: true }));
    expect(read(path)).toBe(lines(longer.all));
  });

  it('is there, whole, until the one that replaces it is', async () => {
    const { api, path } = await finished();
    const longer = new PagesApi(4, 2);
    longer.failing.set(3, 400);
    await told(exportTo(longer.paged(), ndjsonFile(path), { overwrite: true }));
    expect(read(path)).toBe(lines(api.all));
    longer.failing.clear();
    await told(exportTo(longer.paged(), ndjsonFile(path), { resume: true }));
    expect(read(path)).toBe(lines(longer.all));
  });
});

describe('an output that is in the way', () => {
  it('is refused where it has no checkpoint', async () => {
    const path = newFile();
    writeFileSync(path, 'mine');
    const api = new PagesApi(1, 1);
    const anew = await told(exportTo(api.paged(), ndjsonFile(path)));
    expect(anew.error).toMatchObject({
      code: 'SINK',
      message: `There is a file ${path} already; overwrite it, or choose another output`,
    });
    const resumed = await told(exportTo(api.paged(), ndjsonFile(path), { resume: true }));
    expect(resumed.error).toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    expect(read(path)).toBe('mine');
    expect(api.asked).toEqual([]);
  });

  it('is refused, even overwritten, where it is no file', async () => {
    const api = new PagesApi(1, 1);
    for (const path of [folder(), '/dev/null']) {
      const { error } = await told(exportTo(api.paged(), ndjsonFile(path), { overwrite: true }));
      expect(error).toMatchObject({
        code: 'SINK',
        message: expect.stringContaining('is no regular file') as string,
      });
    }
  });

  it('begins where nothing is there to resume', async () => {
    const api = new PagesApi(2, 2);
    const path = newFile();
    const { events } = await told(exportTo(api.paged(), ndjsonFile(path), { resume: true }));
    expect(events.at(-1)).toMatchObject({ rows: 4, resumed: false });
  });

  it('errors where its folder is missing', async () => {
    const path = join(folder(), 'missing', 'rows.ndjson');
    const { error } = await told(exportTo(new PagesApi(1, 1).paged(), ndjsonFile(path)));
    expect(error).toMatchObject({
      code: 'SINK',
      message: expect.stringContaining('ENOENT') as string,
    });
  });
});

describe('an export that is stopped', () => {
  it('finishes the page in hand, makes a checkpoint and errors with ABORTED', async () => {
    const api = new PagesApi(5, 3);
    const path = newFile();
    const stop = new AbortController();
    const exported = exportTo(api.paged(), ndjsonFile(path), {
      signal: stop.signal,
      checkpoint: 100,
    });
    const seen: unknown[] = [];
    const error = await new Promise((resolve) => {
      exported.subscribe({
        next: (event) => {
          seen.push(event);
          if (seen.length === 2) stop.abort();
        },
        error: resolve,
      });
    });
    expect(error).toMatchObject({ code: 'ABORTED', itemsEmitted: 6 });
    expect(seen).toHaveLength(2);
    expect(read(`${path}.part`)).toBe(lines(api.rows(1, 2)));
    await told(exportTo(api.paged(), ndjsonFile(path), { resume: true, checkpoint: 100 }));
    expect(read(path)).toBe(lines(api.all));
    expect(api.asked).toEqual([1, 2, 3, 4, 5]);
  });

  it('aborts the request in flight, whose page is dropped whole', async () => {
    const api = new PagesApi(5, 3);
    const path = newFile();
    const stop = new AbortController();
    const events = {
      next: (event: WalkEvent) => {
        if (event.type !== 'request' || event.index !== 2) return;
        queueMicrotask(() => {
          stop.abort();
        });
      },
    };
    const { error } = await told(
      exportTo(api.paged({ events }), ndjsonFile(path), { signal: stop.signal }),
    );
    expect(error).toMatchObject({ code: 'ABORTED', itemsEmitted: 6 });
    expect(api.asked).toEqual([1, 2, 3]);
    expect(read(`${path}.part`)).toBe(lines(api.rows(1, 2)));
  });

  it('never begins where the signal was aborted before', async () => {
    const api = new PagesApi(2, 2);
    const path = newFile();
    const { error } = await told(
      exportTo(api.paged(), ndjsonFile(path), { signal: AbortSignal.abort() }),
    );
    expect(error).toMatchObject({ code: 'ABORTED' });
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('gives its lock back when it is left', async () => {
    const api = new PagesApi(5, 3);
    const path = newFile();
    await new Promise<void>((resolve) => {
      exportTo(api.paged(), ndjsonFile(path)).pipe(take(2)).subscribe({ complete: resolve });
    });
    while (existsSync(`${path}.lock`)) await new Promise((resolve) => setImmediate(resolve));
    expect(api.asked).toEqual([1, 2]);
    await told(exportTo(api.paged(), ndjsonFile(path), { resume: true }));
    expect(read(path)).toBe(lines(api.all));
    expect(api.asked).toEqual([1, 2, 3, 4, 5]);
  });

  it('stops the walk at an error of the sink, with the checkpoint before it', async () => {
    const api = new PagesApi(5, 3);
    let writes = 0;
    const sink = memorySink(() => {
      if (++writes === 3)
        throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
      return Promise.resolve();
    });
    const { events, error } = await told(exportTo(api.paged({ prefetch: 1 }), sink));
    expect(events).toHaveLength(2);
    expect(error).toMatchObject({
      code: 'SINK',
      message: 'The output memory failed: ENOSPC: no space left',
      itemsEmitted: 6,
      cause: { code: 'ENOSPC' },
    });
    expect(api.asked).toEqual([1, 2, 3, 4]);
  });

  it('passes on what select throws, and keeps the pages before', async () => {
    const api = new PagesApi(5, 3);
    const path = newFile();
    const select = ({ id }: { id: number }) => {
      if (id === 7) throw new RangeError('seven');
      return id;
    };
    const { error } = await told(
      exportTo(api.paged(), ndjsonFile(path), { select, checkpoint: 100 }),
    );
    expect(error).toEqual(new RangeError('seven'));
    expect(read(`${path}.part`)).toBe('0\n1\n2\n3\n4\n5\n');
    expect(api.asked).toEqual([1, 2, 3]);
  });

  it('leaves no listener on its signal, no handle and no warning', async () => {
    const warnings: unknown[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    realProcess.on('warning', warn);
    const stop = new AbortController();
    const api = new PagesApi(2, 2);
    for (let round = 0; round < 20; round++) {
      await told(exportTo(api.paged(), ndjsonFile(newFile()), { signal: stop.signal }));
    }
    realProcess.off('warning', warn);
    expect(warnings).toEqual([]);
  });
});

/** Every file of the output, by name, so that a test sees whatever was changed. */
function snapshot(path: string): Record<string, string> {
  const files = readdirSync(join(path, '..'));
  return Object.fromEntries(files.map((name) => [name, read(join(path, '..', name))]));
}

function memorySink(write: (rows: readonly unknown[]) => Promise<void>): Sink {
  const nothing = () => Promise.resolve();
  return {
    name: 'memory',
    settings: {},
    resumable: true,
    open: () =>
      Promise.resolve({ begin: nothing, write, commit: nothing, finish: nothing, close: nothing }),
  };
}
