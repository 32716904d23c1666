import {
  exportTo,
  postgresTable,
  sinkConformance,
  type ConformanceRow,
  type PostgresOptions,
} from 'paged-observable/export';

import { describePostgres, postgresServer } from '../support/postgres';
import { PagesApi, told } from './api';

describePostgres('postgresTable', () => {
  const server = postgresServer();
  let count = 0;
  const newTable = (): string => `t "${String(++count)}"`;
  const quoted = (table: string) => `"${table.replaceAll('"', '""')}"`;
  const sink = (table: string, options: PostgresOptions = {}) =>
    postgresTable(table, { connection: server().url, create: true, ...options });
  const rowsOf = (table: string, order = 'ctid') =>
    server().query(`select * from ${quoted(table)} order by ${order}`);

  describe('as a sink', () => {
    it.each(
      sinkConformance(() => {
        const table = newTable();
        const rows = async () => {
          const [found] = await server().query('select to_regclass($1) as name', [quoted(table)]);
          if (found?.['name'] === null) return [];
          const all = await rowsOf(table);
          return all.map((row) => ({ ...row, id: Number(row['id']) }) as ConformanceRow);
        };
        return Promise.resolve({ sink: () => sink(table), rows });
      }),
    )('$name', async ({ run }) => {
      await run();
    });
  });

  it('makes a table with the types of the first page', async () => {
    const rowOf = (id: number) => ({
      id,
      part: id / 2,
      name: 'n',
      ok: id === 0,
      tags: ['a', { b: null }],
      none: null,
      mixed: id === 0 ? 'text' : 1,
      __proto__: undefined,
    });
    const api = new PagesApi(2, 2, rowOf);
    const table = newTable();
    expect((await told(exportTo(api.paged(), sink(table)))).error).toBeUndefined();
    const types = await server().query(
      'select column_name as name, data_type as type from information_schema.columns where table_name = $1 order by ordinal_position',
      [table],
    );
    expect(types.map(({ name, type }) => `${String(name)} ${String(type)}`)).toEqual([
      'id numeric',
      'part numeric',
      'name text',
      'ok boolean',
      'tags jsonb',
      'none jsonb',
      'mixed jsonb',
    ]);
    const [first, , , last] = await rowsOf(table);
    expect(first).toEqual({
      ...{ id: '0', part: '0', name: 'n', ok: true },
      ...{ tags: ['a', { b: null }], none: null, mixed: 'text' },
    });
    expect(last).toMatchObject({ id: '3', part: '1.5', ok: false, mixed: 1 });
  });

  it('commits rows and checkpoint together, and goes on after them', async () => {
    const api = new PagesApi(5, 3);
    const table = newTable();
    api.failing.set(4, 400);
    const { error } = await told(exportTo(api.paged(), sink(table), { checkpoint: 5 }));
    expect(error).toMatchObject({ code: 'HTTP_STATUS', itemsEmitted: 9 });
    expect(await rowsOf(table)).toHaveLength(9);
    api.failing.clear();
    api.asked.length = 0;
    const { events } = await told(exportTo(api.paged(), sink(table), { resume: true }));
    expect(events.at(-1)).toMatchObject({ rows: 15, newRows: 6, resumed: true });
    expect(api.asked).toEqual([4, 5]);
    expect((await rowsOf(table)).map(({ id }) => Number(id))).toEqual([...Array(15).keys()]);
    api.asked.length = 0;
    const again = await told(exportTo(api.paged(), sink(table), { resume: true }));
    expect(again.events).toMatchObject([{ type: 'summary', rows: 15, newRows: 0, requests: 0 }]);
    expect(api.asked).toEqual([]);
  });

  it('changes the rows of a key that are there, also twice in one page', async () => {
    const table = newTable();
    const rowOf = (id: number) => ({ id: id % 4, a: `a${String(id)}`, 'b"': id });
    const api = new PagesApi(2, 6, rowOf);
    const { error } = await told(exportTo(api.paged(), sink(table, { key: 'id' })));
    expect(error).toBeUndefined();
    const wanted = [8, 9, 10, 11].map((id) => ({
      ...{ id: String(id % 4), a: `a${String(id)}`, 'b"': String(id) },
    }));
    expect(await rowsOf(table, 'id')).toEqual(wanted);
    const nextNight = new PagesApi(1, 3, (id) => ({ ...rowOf(id), a: 'new' }));
    const second = await told(exportTo(nextNight.paged(), sink(table, { key: ['id'] })));
    expect(second.error).toBeUndefined();
    expect((await rowsOf(table, 'id')).map(({ a }) => a)).toEqual(['new', 'new', 'new', 'a11']);
  });

  it('fills a table that is there, its own columns left to it', async () => {
    const table = newTable();
    await server().query(
      `create table ${quoted(table)} (number serial, city text, id bigint not null)`,
    );
    const api = new PagesApi(1, 2, (id) => ({ id, address: { city: `c${String(id)}` }, other: 1 }));
    const given = sink(table, { create: false, columns: ['id', '/address/city'] });
    expect((await told(exportTo(api.paged(), given))).error).toBeUndefined();
    expect(await rowsOf(table)).toEqual([
      { number: 1, city: 'c0', id: '0' },
      { number: 2, city: 'c1', id: '1' },
    ]);
  });

  it('takes types from the caller, and collects what has no column', async () => {
    const table = newTable();
    const api = new PagesApi(1, 2, (id) => (id === 0 ? { id } : { id, extra: [1], more: 'x' }));
    const given = sink(table, { columns: { id: 'smallint' }, extra: 'collect' });
    expect((await told(exportTo(api.paged(), given))).error).toBeUndefined();
    expect(await rowsOf(table)).toEqual([
      { id: 0, _extra: null },
      { id: 1, _extra: { extra: [1], more: 'x' } },
    ]);
  });

  it('errors at a field that appears later, with the pages before it kept', async () => {
    const table = newTable();
    const api = new PagesApi(3, 2, (id) => (id < 4 ? { id } : { id, late: 1 }));
    const { error } = await told(exportTo(api.paged(), sink(table)));
    expect(error).toMatchObject({ code: 'BAD_SHAPE', itemsEmitted: 4 });
    expect(await rowsOf(table)).toHaveLength(4);
  });

  it('refuses rows of others, an unfinished export, another table, and rows that are not its own', async () => {
    const table = newTable();
    await server().query(`create table ${quoted(table)} (id int, name text)`);
    await server().query(`insert into ${quoted(table)} values (99, 'mine')`);
    const api = new PagesApi(3, 2);
    const occupied = await told(exportTo(api.paged(), sink(table)));
    expect(occupied.error).toMatchObject({
      code: 'SINK',
      message: expect.stringContaining('with 1 rows already') as string,
    });
    expect(
      (await told(exportTo(api.paged(), sink(table, { append: true, job: 'a' })))).error,
    ).toBeUndefined();
    expect(await rowsOf(table)).toHaveLength(7);

    const own = newTable();
    api.failing.set(2, 400);
    await told(exportTo(api.paged(), sink(own)));
    expect((await told(exportTo(api.paged(), sink(own)))).error).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining('unfinished') as string,
    });
    const other = sink(own, { extra: 'collect' });
    expect((await told(exportTo(api.paged(), other, { resume: true }))).error).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining('extra is collect') as string,
    });
    await server().query(`delete from ${quoted(own)} where id = 0`);
    expect((await told(exportTo(api.paged(), sink(own), { resume: true }))).error).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringContaining('there are 1 rows, and 2 are committed') as string,
    });
  });

  it('loses nothing when its connection is cut in mid-work', async () => {
    const table = newTable();
    const api = new PagesApi(6, 3);
    const cut: Promise<unknown>[] = [];
    const { error } = await new Promise<{ error: unknown }>((resolve) => {
      exportTo(api.paged(), sink(table)).subscribe({
        next: (event) => {
          if (event.type !== 'progress' || event.pages !== 3) return;
          cut.push(
            server().query(
              "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'paged-observable'",
            ),
          );
        },
        error: (thrown: unknown) => {
          resolve({ error: thrown });
        },
        complete: () => {
          resolve({ error: undefined });
        },
      });
    });
    await Promise.all(cut);
    expect(error).toMatchObject({ code: 'SINK' });
    expect(
      (await told(exportTo(api.paged(), sink(table), { resume: true }))).error,
    ).toBeUndefined();
    expect((await rowsOf(table)).map(({ id }) => Number(id))).toEqual([...Array(18).keys()]);
  });

  it('errors at text that PostgreSQL cannot hold, at a wrong connection and a missing table', async () => {
    const nul = new PagesApi(1, 1, (id) => ({ id, text: 'a\0b' }));
    expect((await told(exportTo(nul.paged(), sink(newTable())))).error).toMatchObject({
      code: 'SINK',
    });
    const api = new PagesApi(1, 1);
    const secret = 'postgres://someone:plantedpassword@127.0.0.1:1/x';
    const { error } = await told(exportTo(api.paged(), sink('t', { connection: secret })));
    expect(error).toMatchObject({ code: 'SINK' });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('plantedpassword');
    const missing = await told(exportTo(api.paged(), sink(newTable(), { create: false })));
    expect(missing.error).toMatchObject({
      code: 'SINK',
      message: expect.stringContaining('does not exist') as string,
    });
  });

  it('refuses options that are none', () => {
    expect(() => postgresTable('')).toThrow(TypeError);
    // @ts-expect-error no such option
    expect(() => postgresTable('t', { nope: 1 })).toThrow("unknown option 'nope'");
    expect(() => postgresTable('t', { columns: [] })).toThrow("option 'columns' must be");
  });

  it('refuses columns and keys that do not go together', () => {
    const columns = ['id', '/address/city', '/a~1b'];
    expect(() => postgresTable('t', { columns, key: ['id', 'city', 'a/b'] })).not.toThrow();
    expect(() => postgresTable('t', { columns, key: ['id', 'town'] })).toThrow(
      new TypeError(
        `postgresTable: option 'key' names "town", which is none of the columns id, city, a/b`,
      ),
    );
    const types = { id: 'text', '/city/id': 'text' };
    expect(() => postgresTable('t', { columns: types })).toThrow(
      new TypeError(`postgresTable: option 'columns' gives two columns the name "id"`),
    );
    expect(() => postgresTable('t', { columns, extra: 'collect', key: '_extra' })).not.toThrow();
  });
});
