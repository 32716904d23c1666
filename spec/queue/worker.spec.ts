import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PageReply } from 'paged-observable';
import {
  mergeParts,
  openQueue,
  readManifest,
  startWorker,
  type ExportDescription,
  type ExportQueue,
  type WorkerEvent,
  type WorkerOptions,
} from 'paged-observable/queue';

import { OFFSET_LIST, partList, type PartList } from '../support/part-list';
import { describePostgres, postgresServer } from '../support/postgres';
import { tempFolder } from '../support/temp-folder';

const server = postgresServer();
const temp = tempFolder('memory');
let queue: ExportQueue;
let count = 0;
let table = '';

beforeAll(async () => {
  queue = await openQueue(server().url);
});
afterAll(() => queue.close());
beforeEach(() => {
  table = `rows_${String(++count)}`;
});

function description(further: Partial<ExportDescription> = {}): ExportDescription {
  return {
    transport: table, // a queue of its own for every test
    request: '/items?limit=10',
    pagination: OFFSET_LIST,
    sink: { kind: 'table', table, create: true },
    ...further,
  };
}

/** Works until nothing is left to do. */
async function work(
  list: Pick<PartList, 'transport'>,
  options: Partial<WorkerOptions> = {},
): Promise<readonly WorkerEvent[]> {
  const events: WorkerEvent[] = [];
  const worker = await startWorker({
    database: server().url,
    transports: { [table]: list.transport },
    ...{ concurrency: 2, interval: 20, retryDelay: 1, untilDone: true },
    events: { next: (event) => events.push(event) },
    ...options,
  });
  await worker.done;
  return events;
}

/** What a promise is rejected with. */
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

async function ids(): Promise<readonly number[]> {
  const rows = await server().query(`select id from ${table} order by _part, _row`);
  return rows.map(({ id }) => Number(id));
}

const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, at) => from + at);

const failure = (status: number, headers: Record<string, string> = {}): Promise<PageReply> =>
  Promise.resolve({ status, headers, url: 'http://api.test/items', body: {} });

describePostgres('a worker', () => {
  it('exports ranges of a list, each row once, and the rows in plan order', async () => {
    const list = partList(95);
    const started = await queue.start(description(), {
      id: table,
      partitions: 4,
      transports: { [table]: list.transport },
    });
    expect(started).toMatchObject({ state: 'running', rows: 0, totalCount: 95, notes: [] });
    expect(started.parts).toEqual({ waiting: 4, running: 0, done: 0, failed: 0, cancelled: 0 });
    expect(list.asked).toEqual([0]);

    const events = await work(list, { concurrency: 1 });

    expect(await ids()).toEqual(upTo(95));
    expect(list.asked).toEqual([0, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    const status = await queue.status(table);
    expect(status).toMatchObject({ state: 'done', rows: 95, pages: 10, parts: { done: 4 } });
    const parts = await queue.parts(table);
    expect(parts.map(({ rows, plannedRows }) => [rows, plannedRows])).toEqual([
      [20, 20],
      [30, 30],
      [20, 20],
      [25, 25],
    ]);
    expect(events.filter(({ type }) => type !== 'part-walk' && type !== 'part-page')).toMatchObject(
      [
        ...upTo(4).flatMap((part) => [
          { type: 'part-started', export: table, part, rows: 0, pages: 0 },
          { type: 'part-done', export: table, part, rows: parts[part]?.rows },
        ]),
        { type: 'export-ended', export: table, state: 'done', rows: 95 },
        { type: 'worker-stopped' },
      ],
    );
  });

  it('asks nothing more for an export that is done, nor for one that is begun again', async () => {
    const list = partList(20);
    await queue.start(description(), { id: table });
    await work(list);
    list.asked.length = 0;

    const again = await queue.start(description(), { id: table });
    await work(list);

    expect(again).toMatchObject({ state: 'done', rows: 20 });
    expect(list.asked).toEqual([]);
    expect(await ids()).toEqual(upTo(20));
  });

  it('refuses another export of the same name, naming the difference', async () => {
    await queue.start(description(), { id: table });
    const other = await rejection(queue.start(description({ select: '/id' }), { id: table }));
    expect(other).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: 'The checkpoint is of another export: select is "/id", and was not set',
    });
    await queue.cancel(table);
  });

  it('leaves parts to others where it gets nowhere, so that one without credentials fails no export', async () => {
    const list = partList(300);
    await queue.start(description({ maxTries: 3 }), {
      id: table,
      partitions: 30,
      transports: { [table]: list.transport },
    });
    const begun = new Promise<void>((resolve) => {
      list.meddle = async () => {
        resolve();
        await sleep(20);
        return undefined;
      };
    });
    const others = work(list, { name: 'with', concurrency: 2, retryDelay: 40 });
    await begun;
    const without = { transport: () => failure(401) };
    const events = await work(without, { name: 'without', concurrency: 4, retryDelay: 40 });
    await others;
    expect(events.filter(({ type }) => type === 'part-failed').length).toBeGreaterThan(3);
    expect(await queue.status(table)).toMatchObject({ state: 'done', rows: 300 });
    expect(await ids()).toEqual(upTo(300));
  });

  it('waits for nobody where it gets nowhere alone', async () => {
    const filters = upTo(10).map((tenant) => ({ params: { tenant } }));
    await queue.start(description({ maxTries: 1, filters }), { id: table });
    const alone = { transport: () => failure(401) };
    const events = await work(alone, { retryDelay: 600_000 });
    expect(events.filter(({ type }) => type === 'part-failed')).toHaveLength(10);
    expect(await queue.status(table)).toMatchObject({ state: 'failed', parts: { failed: 10 } });
  });

  it('does many lists and their filters as one export, in the order of the description', async () => {
    const list = partList(5);
    const seen: string[] = [];
    const transport: PartList['transport'] = (request, signal) => {
      seen.push(`${request.url} ${JSON.stringify(request.params ?? {})}`);
      return list.transport(request, signal);
    };
    const lists = [
      {
        request: '/a',
        name: 'first',
        filters: [{ params: { tenant: 'x' } }, { params: { tenant: 'y' } }],
      },
      { request: '/b', pagination: { dialect: 'github', items: '/data' } },
    ];
    await queue.start({ ...description({ lists }), request: undefined }, { id: table });
    const parts = await queue.parts(table);
    expect(parts.map(({ name }) => name)).toEqual(['first tenant=x', 'first tenant=y', '/b']);
    await work({ transport }, { concurrency: 1 });
    expect(seen).toEqual(['/a {"tenant":"x"}', '/a {"tenant":"y"}', '/b {}']);
    expect(await ids()).toEqual([...upTo(5), ...upTo(5), ...upTo(5)]);
  });

  it('sets a part aside that always fails, with its error and where it stands, and does the others', async () => {
    const list = partList(100);
    list.meddle = (offset) => (offset === 70 ? failure(403) : undefined);
    await queue.start(description({ maxTries: 3 }), {
      id: table,
      partitions: 2,
      transports: { [table]: list.transport },
    });
    list.asked.length = 0;

    const events = await work(list, { concurrency: 1 });

    expect(await queue.status(table)).toMatchObject({
      state: 'failed',
      rows: 70,
      parts: { done: 1, failed: 1 },
    });
    const part = (await queue.parts(table))[1];
    expect(part).toMatchObject({
      state: 'failed',
      rows: 20,
      tries: 3,
      error: { code: 'HTTP_STATUS', status: 403 },
      resumeToken: expect.stringMatching(/^po1\./) as string,
    });
    expect(list.asked.filter((offset) => offset === 70)).toHaveLength(3);
    const failures = events.filter(({ type }) => type === 'part-failed');
    expect(failures).toMatchObject([
      { tries: 1, setAside: false, waitMs: 1 },
      { tries: 2, setAside: false, waitMs: 2 },
      { tries: 3, setAside: true, waitMs: undefined },
    ]);

    list.asked.length = 0;
    list.meddle = () => undefined;
    expect(await queue.retry(table)).toBe(1);
    await work(list);
    expect(list.asked).toEqual([70, 80, 90]);
    expect(await ids()).toEqual(upTo(100));
    expect(await queue.status(table)).toMatchObject({
      state: 'done',
      rows: 100,
      parts: { done: 2 },
    });
  });

  it('counts tries anew where a part gets a page further', async () => {
    const list = partList(50);
    const failed = new Set<number>();
    list.meddle = (offset) => {
      if (failed.has(offset)) return undefined;
      failed.add(offset);
      return failure(403);
    };
    await queue.start(description({ maxTries: 2 }), { id: table });
    await work(list);
    expect(await ids()).toEqual(upTo(50));
    expect(list.asked).toEqual([0, 0, 10, 10, 20, 20, 30, 30, 40, 40]);
  });

  it('waits as long as a server asks, which is no try', async () => {
    const list = partList(20);
    let refusals = 3;
    list.meddle = (offset) =>
      offset === 10 && refusals-- > 0 ? failure(429, { 'retry-after': '0.05' }) : undefined;
    const walk = { retry: { maxRetryAfter: 10 } };
    await queue.start(description({ walk, maxTries: 2 }), { id: table });
    const events = await work(list);
    expect(await ids()).toEqual(upTo(20));
    expect(events.filter(({ type }) => type === 'part-failed')).toMatchObject(
      upTo(3).map(() => ({ setAside: false, waitMs: 50, error: { code: 'RATE_LIMITED' } })),
    );
  });

  it('sets a range aside whose list has another total than planned', async () => {
    const list = partList(40);
    await queue.start(description(), {
      id: table,
      partitions: 2,
      transports: { [table]: list.transport },
    });
    list.total = 41;
    const events = await work(list, { concurrency: 1 });
    expect(await queue.status(table)).toMatchObject({
      state: 'failed',
      rows: 0,
      parts: { failed: 2 },
    });
    const [part] = await queue.parts(table);
    expect(part).toMatchObject({
      tries: 1,
      error: {
        code: 'DRIFT',
        message:
          'The list has 41 rows, and had 40 when it was planned; ranges of it may have lost or repeated rows',
      },
    });
    expect(events.filter(({ type }) => type === 'part-failed')).toHaveLength(2);
  });

  it('tells of a list that has changed and goes on where that is wanted', async () => {
    const list = partList(40);
    await queue.start(description({ onDrift: 'report' }), {
      id: table,
      partitions: 2,
      transports: { [table]: list.transport },
    });
    list.total = 38;
    const events = await work(list, { concurrency: 1 });
    expect(await ids()).toEqual(upTo(38));
    expect(events.filter(({ type }) => type === 'part-drift')).toMatchObject([
      { part: 0 },
      { part: 1 },
    ]);
    const parts = await queue.parts(table);
    expect(parts.map(({ state, error }) => [state, error?.code])).toEqual([
      ['done', 'DRIFT'],
      ['done', 'DRIFT'],
    ]);
  });

  it('sets a range aside that ends before its end, where the server tells no total any more', async () => {
    const list = partList(40);
    await queue.start(description(), {
      id: table,
      partitions: 2,
      transports: { [table]: list.transport },
    });
    const transport: PartList['transport'] = async (request, signal) => {
      const reply = (await list.transport(request, signal)) as PageReply<{ data: unknown }>;
      return { ...reply, body: { data: reply.body.data } };
    };
    list.total = 35;
    await work({ transport }, { concurrency: 1 });
    const parts = await queue.parts(table);
    expect(parts.map(({ state, rows, error }) => [state, rows, error?.code])).toEqual([
      ['done', 20, undefined],
      ['failed', 15, 'DRIFT'],
    ]);
  });

  it('stops within a page when its export is cancelled, and goes on with it when it is begun again', async () => {
    const list = partList(1000);
    list.meddle = async (offset) => {
      if (offset === 30) await queue.cancel(table);
      return undefined;
    };
    await queue.start(description(), { id: table });
    const events = await work(list);
    expect(await queue.status(table)).toMatchObject({
      state: 'cancelled',
      rows: 30,
      parts: { cancelled: 1 },
    });
    expect(list.asked).toEqual([0, 10, 20, 30]);
    expect(events.filter(({ type }) => type === 'part-left')).toMatchObject([
      { reason: 'cancelled', code: 'ABORTED' },
    ]);
    await work(list);
    expect(list.asked).toHaveLength(4);
    list.meddle = () => undefined;
    list.total = 60;
    expect(await queue.retry(table)).toBe(1);
    await work(list);
    expect(await ids()).toEqual(upTo(60));
  });

  it('ends an export some of whose parts stay cancelled or set aside when the others are done', async () => {
    const list = partList(30);
    await queue.start(description({ maxTries: 1 }), {
      ...{ id: table, partitions: 3, transports: { [table]: list.transport } },
    });
    await queue.cancel(table);
    const states: unknown[] = [];
    const round = async (parts?: readonly number[]) => {
      await queue.retry(table, parts);
      const events = await work(list);
      const { state, parts: counts, finishedAt } = (await queue.status(table)) ?? {};
      const told = events.flatMap((one) => (one.type === 'export-ended' ? [one.state] : []));
      states.push([state, told, counts?.done, counts?.failed, counts?.cancelled]);
      expect(finishedAt).toBeInstanceOf(Date);
    };
    await round([0]);
    list.meddle = () => failure(403);
    await round([1]);
    list.meddle = () => undefined;
    await round([2]);
    await round();
    expect(states).toEqual([
      ['cancelled', ['cancelled'], 1, 0, 2],
      ['failed', ['failed'], 1, 1, 1],
      ['failed', ['failed'], 2, 1, 0],
      ['done', ['done'], 3, 0, 0],
    ]);
    expect(await ids()).toEqual(upTo(30));
  });

  it('says what waits that it has not all for and nobody is at, before it ends', async () => {
    const list = partList(10);
    const files = description({ sink: { kind: 'files', folder: 'out' } });
    await queue.start(files, { id: `${table}-b` });
    await queue.start(files, { id: `${table}-a` });
    await queue.start(description(), { id: table });
    const own = async (options: Partial<WorkerOptions> = {}) => {
      const events = await work(list, options);
      return events.map((event) =>
        event.type === 'parts-unserved'
          ? event.waiting.filter(({ transport }) => transport === table)
          : event.type,
      );
    };
    const waiting = { transport: table, folder: 'out', parts: 2 };
    const told = { ...waiting, exports: [`${table}-a`, `${table}-b`] };
    const all = await own();
    expect(all.slice(0, 1)).toEqual(['part-started']);
    expect(all.slice(-3)).toEqual(['export-ended', [told], 'worker-stopped']);
    // Somebody is at them.
    const at = `update paged_observable.parts set state = 'running' where export = '${table}-b'`;
    await server().query(at);
    expect((await own()).flat()).not.toContainEqual(expect.objectContaining({ folder: 'out' }));
    await server().query(at.replace('running', 'waiting'));
    await queue.cancel(`${table}-a`);
    expect((await own()).flat()).toContainEqual({ ...told, parts: 1, exports: [`${table}-b`] });
    await queue.cancel(`${table}-b`);
  });

  it('says it while it waits, once for what is the same, and when it is over', async () => {
    const list = partList(10);
    const lone = `${table}-lone`;
    await queue.start(description({ transport: lone }), { id: table });
    const stopping = new AbortController();
    const told: unknown[] = [];
    let seen = (): void => undefined;
    const worker = await startWorker({
      ...{ database: server().url, transports: { [table]: list.transport }, interval: 20 },
      signal: stopping.signal,
      events: {
        next: (event) => {
          if (event.type !== 'parts-unserved') return;
          told.push(event.waiting.filter(({ transport }) => transport === lone));
          seen();
        },
      },
    });
    await new Promise<void>((resolve) => (seen = resolve));
    stopping.abort();
    await worker.done;
    expect(told).toEqual([[{ transport: lone, parts: 1, exports: [table] }]]);
    await queue.cancel(table);
  });

  it('gives a part back when it is stopped, after its last page and without counting a try', async () => {
    const list = partList(50);
    await queue.start(description(), { id: table });
    const stopping = new AbortController();
    list.meddle = (offset) => {
      if (offset === 30) stopping.abort();
      return undefined;
    };
    const events = await work(list, { signal: stopping.signal, untilDone: false });
    expect(events.at(-2)).toMatchObject({ type: 'part-left', reason: 'worker stops' });
    expect((await queue.parts(table))[0]).toMatchObject({ state: 'waiting', rows: 30, tries: 0 });
    await work(list);
    expect(await ids()).toEqual(upTo(50));
    expect(list.asked).toEqual([0, 10, 20, 30, 30, 40]);
  });

  it('goes on with a part of a dead worker on top of those it is busy with, and with no other', async () => {
    const list = partList(60);
    await queue.start(description(), {
      id: table,
      partitions: 3,
      transports: { [table]: list.transport },
    });
    let release: () => void = () => undefined;
    const held = new Promise<undefined>((resolve) => {
      release = () => {
        resolve(undefined);
      };
    });
    list.meddle = (offset) => (offset === 0 ? held : undefined);
    const events: WorkerEvent[] = [];
    const done = work(list, {
      concurrency: 1,
      events: {
        next: (event) => {
          events.push(event);
          if (event.type === 'part-started' && event.part === 0) {
            // Part 2 as one is whose worker died a while ago.
            void server().query(
              `update paged_observable.parts set orphaned_at = now() - interval '2 s' where export = $1 and index = 2`,
              [table],
            );
          }
          if (event.type === 'part-done' && event.part === 2) release();
        },
      },
    });
    await done;
    const ends = events.flatMap((event) => (event.type === 'part-done' ? [event.part] : []));
    expect(ends).toEqual([2, 0, 1]);
    expect(await ids()).toEqual(upTo(60));
  });

  it('leaves parts alone whose transport or folder it does not have', async () => {
    const list = partList(10);
    await queue.start(description({ sink: { kind: 'files', folder: 'drive' } }), { id: table });
    const worker = await startWorker({
      database: server().url,
      transports: { [table]: list.transport, other: list.transport },
      sinks: { elsewhere: { folder: '/nowhere' } },
      interval: 10,
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await worker.stop();
    expect((await queue.parts(table))[0]).toMatchObject({ state: 'waiting', lease: 0 });
    expect(list.asked).toEqual([]);
    await queue.cancel(table);
  });

  it('refuses a table with rows, one that is not there, and one that another export fills', async () => {
    await server().query(`create table ${table} (id int)`);
    await server().query(`insert into ${table} values (1)`);
    const into = (sink: object) =>
      rejection(
        queue.start(description({ sink: { kind: 'table', table, ...sink } }), { id: `${table}x` }),
      );
    expect(await into({})).toMatchObject({
      code: 'SINK',
      message: expect.stringContaining('with rows') as string,
    });
    await server().query(`drop table ${table}`);
    expect(await into({})).toMatchObject({
      code: 'SINK',
      message: expect.stringContaining('no table') as string,
    });
    await queue.start(description(), { id: table });
    expect(await into({ create: true })).toMatchObject({
      code: 'SINK',
      message: expect.stringContaining(`The export ${table} goes into`) as string,
    });
    expect(await queue.status(`${table}x`)).toBeUndefined();
    await queue.cancel(table);
  });

  it('puts rows into a table that is there, by its columns, and changes those of its key', async () => {
    await server().query(
      `create table ${table} (id int primary key, name text, seen timestamptz default now())`,
    );
    await server().query(`insert into ${table} (id, name) values (3, 'old'), (99, 'kept')`);
    const list = partList(20);
    await queue.start(description({ sink: { kind: 'table', table, key: 'id' } }), {
      id: table,
      partitions: 2,
      transports: { [table]: list.transport },
    });
    await work(list);
    const rows = await server().query(`select id, name from ${table} order by id`);
    expect(rows).toEqual([
      ...upTo(20).map((id) => ({ id, name: `row ${String(id)}` })),
      { id: 99, name: 'kept' },
    ]);
  });

  it('keeps the limit that the description names, for all its parts together', async () => {
    const list = partList(60);
    let [inFlight, most] = [0, 0];
    list.meddle = async () => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight--;
      return undefined;
    };
    await queue.start(description({ limit: { name: table, concurrency: 1 } }), {
      id: table,
      partitions: 3,
      transports: { [table]: list.transport },
    });
    await work(list, { concurrency: 3 });
    expect(most).toBe(1);
    expect(await ids()).toEqual(upTo(60));
  });

  it('writes part files, their manifest, and nothing that a worker left that died', async () => {
    const folder = temp();
    const list = partList(45);
    const sink = { kind: 'files', folder: 'drive' } as const;
    await queue.start(description({ sink, maxTries: 9 }), {
      id: table,
      partitions: 3,
      transports: { [table]: list.transport },
    });
    const failed = new Set<number>();
    list.meddle = (offset) => {
      if (offset % 20 !== 0 || failed.has(offset)) return undefined;
      failed.add(offset);
      return failure(403);
    };
    const events = await work(list, { sinks: { drive: { folder } } });
    expect(events.at(-2)).toMatchObject({ type: 'export-ended', state: 'done', rows: 45 });
    const own = join(folder, table);
    const { rows, bytes, parts } = await readManifest(own);
    expect([rows, parts.map((part) => part.rows)]).toEqual([45, [10, 20, 15]]);
    expect(readdirSync(own).sort()).toEqual(
      [...parts.map(({ file }) => file), 'manifest.json', 'run.json'].sort(),
    );
    expect(await queue.status(table)).toMatchObject({ state: 'done', bytes });
    const output = join(folder, 'all.ndjson');
    expect(await mergeParts(own, output)).toEqual({ rows, bytes });
    const lines = readFileSync(output, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(upTo(45));
    // Once more it touches nothing.
    const stamps = () => readdirSync(own).map((name) => statSync(join(own, name)).mtimeMs);
    const before = stamps();
    list.asked.length = 0;
    await queue.start(description({ sink, maxTries: 9 }), { id: table, partitions: 3 });
    await work(list, { sinks: { drive: { folder } } });
    expect([list.asked, stamps()]).toEqual([[], before]);
  });

  it.each([
    ['finished', 3],
    ['set aside in the middle', 1],
  ])('leaves the files of an export alone that was %s and is forgotten', async (_, pages) => {
    const folder = temp();
    const list = partList(30);
    const sink = { kind: 'files', folder: 'drive' } as const;
    const options = { sinks: { drive: { folder } }, concurrency: 1 };
    list.meddle = (offset) => (offset === pages * 10 ? failure(403) : undefined);
    await queue.start(description({ sink, maxTries: 1 }), { id: table });
    await work(list, options);
    expect(await queue.remove(table)).toBe(true);
    const own = join(folder, table);
    const found = () =>
      readdirSync(own).map((name) => [name, readFileSync(join(own, name), 'utf8')]);
    const before = found();

    list.meddle = () => undefined;
    const again = { ...description({ sink, maxTries: 1 }), select: '/id' };
    await queue.start(again, { id: table });
    await work(list, options);

    expect(await queue.parts(table)).toMatchObject([
      {
        ...{ state: 'failed', rows: 0 },
        error: {
          code: 'SINK',
          message: `The folder ${own} holds files of another export of that name; move or delete the folder, or begin the export under another name`,
        },
      },
    ]);
    expect(found()).toEqual(before);

    rmSync(own, { recursive: true });
    await queue.retry(table);
    await work(list, options);
    expect(await queue.status(table)).toMatchObject({ state: 'done', rows: 30 });
  });

  it('forgets an export only when it has ended', async () => {
    await queue.start(description(), { id: table });
    expect(await queue.remove(table)).toBe(false);
    await queue.cancel(table);
    expect(await queue.remove(table)).toBe(true);
    expect(await queue.status(table)).toBeUndefined();
    expect(await queue.parts(table)).toEqual([]);
  });

  it('writes no credential of its transport into the database, whatever fails', async () => {
    const secret = 'planted-secret-7f3a';
    const list = partList(30);
    list.meddle = (offset) =>
      offset === 10
        ? Promise.resolve({
            status: 403,
            headers: { 'x-echo': secret },
            url: `http://api.test/items?api_key=${secret}`,
            body: { error: `key ${secret} is wrong` },
          })
        : undefined;
    const transport: PartList['transport'] = (request, signal) =>
      list.transport({ ...request, headers: { authorization: secret } }, signal);
    await queue.start(description({ maxTries: 1 }), { id: table });
    await work({ transport });
    expect((await queue.parts(table))[0]).toMatchObject({
      state: 'failed',
      error: { status: 403 },
    });
    const found = await server().query(
      `select table_schema, table_name from information_schema.tables
       where table_schema like 'paged_observable%' and table_type = 'BASE TABLE'`,
    );
    expect(found.length).toBeGreaterThan(5);
    for (const { table_schema: schema, table_name: name } of found) {
      const rows = await server().query(
        `select t::text as row from ${String(schema)}.${String(name)} t`,
      );
      for (const { row } of rows) expect(row).not.toContain(secret);
    }
  });

  it('is one schema, however many begin at once', async () => {
    await server().query('create database crowd');
    const url = new URL(server().url);
    url.pathname = '/crowd';
    const queues = await Promise.all(upTo(6).map(() => openQueue(url.href)));
    const list = partList(10);
    const begun = await Promise.all(queues.map((one) => one.start(description(), { id: 'one' })));
    expect(begun.map(({ state }) => state)).toEqual(upTo(6).map(() => 'running'));
    const events = await Promise.all(upTo(3).map(() => work(list, { database: url.href })));
    expect(events.flat().filter(({ type }) => type === 'part-done')).toHaveLength(1);
    expect(list.asked).toEqual([0]);
    await Promise.all(queues.map((one) => one.close()));
  });
});

describe('startWorker', () => {
  it.each([
    [{}, "startWorker: it needs 'transports'"],
    [
      { transports: { a: 1 } },
      "startWorker: option 'transports' must be an object of transports, got an object",
    ],
    [{ transports: { 'a b': () => [] } }, /an object whose names are a name of up to 60 letters/],
    [
      { transports: {}, lease: 10 },
      "startWorker: option 'lease' must be milliseconds, 1000 or more, got 10",
    ],
    [{ transports: {}, sinks: { a: '/x' } }, /'sinks' must be an object of folders/],
    [{ transports: {}, leese: 10 }, /unknown option 'leese'/],
  ])('refuses %j', (options, message) => {
    expect(() => startWorker(options as never)).toThrow(message);
  });
});
