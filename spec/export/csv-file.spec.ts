import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvFile, exportTo } from 'paged-observable/export';

import { columnReader, fieldColumns, namedColumns } from '../../lib/export/columns';
import { readCsv } from '../support/read-csv';
import { tempFolder } from '../support/temp-folder';
import { PagesApi, told } from './api';

const folder = tempFolder();

async function exported(rowOf: (id: number) => object, options = {}, pages = 2) {
  const path = join(folder(), 'rows.csv');
  const { error } = await told(
    exportTo(new PagesApi(pages, 2, rowOf).paged(), csvFile(path, options)),
  );
  const text = readFileSync(error === undefined ? path : `${path}.part`, 'utf8');
  return { error, rows: readCsv(text), text };
}

describe('csvFile', () => {
  it('takes its columns from all rows of the first page', async () => {
    const { rows, error } = await exported((id) => (id % 2 === 0 ? { a: id } : { b: id, a: 'x' }));
    expect(error).toBeUndefined();
    expect(rows).toEqual([
      ['a', 'b'],
      ['0', null],
      ['x', '1'],
      ['2', null],
      ['x', '3'],
    ]);
  });

  it('errors at a field that comes later, and keeps the pages before', async () => {
    const { rows, error } = await exported((id) => (id < 3 ? { a: id } : { a: id, late: 1 }));
    expect(error).toMatchObject({
      code: 'BAD_SHAPE',
      message:
        'A row has the field "late", which has no column; name the columns, or collect such fields',
      itemsEmitted: 2,
    });
    expect(rows).toEqual([['a'], ['0'], ['1']]);
  });

  it('collects such fields, or leaves them out', async () => {
    const rowOf = (id: number) => (id < 3 ? { a: id } : { a: id, late: 1, '=x': '=y' });
    const collected = await exported(rowOf, { extra: 'collect' });
    expect(collected.rows).toEqual([
      ['a', '_extra'],
      ['0', null],
      ['1', null],
      ['2', null],
      ['3', '{"late":1,"=x":"=y"}'],
    ]);
    expect((await exported(rowOf, { extra: 'ignore' })).rows.at(-1)).toEqual(['3']);
  });

  it('collects a field that is called like the collection', async () => {
    const { rows } = await exported((id) => ({ a: id, _extra: 'mine' }), { extra: 'collect' }, 1);
    expect(rows).toEqual([
      ['a', '_extra'],
      ['0', '{"_extra":"mine"}'],
      ['1', '{"_extra":"mine"}'],
    ]);
  });

  it('takes the columns it is given, pointers too, and no other', async () => {
    const rowOf = (id: number) => ({ id, deep: { 'a/b': [id] }, other: 1 });
    const { rows } = await exported(rowOf, { columns: ['/deep/a~1b/0', 'id', 'none'] }, 1);
    expect(rows).toEqual([
      ['/deep/a~1b/0', 'id', 'none'],
      ['0', '0', null],
      ['1', '1', null],
    ]);
    const strict = await exported(rowOf, { columns: ['id', '/deep/x'], extra: 'error' }, 1);
    expect(strict.error).toMatchObject({
      code: 'BAD_SHAPE',
      message: expect.stringContaining('"other"') as string,
    });
  });

  it('takes fields of data for names, whatever they look like', async () => {
    const rowOf = (id: number) =>
      JSON.parse(`{"/a":1,"__proto__":${String(id)},"constructor":2,"=1":3}`) as object;
    const { rows, error } = await exported(rowOf, {}, 1);
    expect(error).toBeUndefined();
    expect(rows).toEqual([
      ['/a', '__proto__', 'constructor', "'=1"],
      ['1', '0', '2', '3'],
      ['1', '1', '2', '3'],
    ]);
    expect(Object.prototype).not.toHaveProperty('0');
  });

  it('goes on without fields that were an error, and not with them', async () => {
    const rowOf = (id: number) => (id < 3 ? { a: id } : { a: id, late: 1 });
    const path = join(folder(), 'late.csv');
    const paged = new PagesApi(2, 2, rowOf).paged();
    const goOn = (extra: 'error' | 'ignore' | 'collect', resume = true) =>
      told(exportTo(paged, csvFile(path, { extra }), { resume }));
    expect((await goOn('error', false)).error).toMatchObject({ code: 'BAD_SHAPE' });
    expect((await goOn('collect')).error).toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: 'The checkpoint is of another export: extra is collected, and was not written',
    });
    expect((await goOn('ignore')).error).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('a\r\n0\r\n1\r\n2\r\n3\r\n');
  });

  it('errors where a cell or the header holds half of a surrogate pair, and not where JSON escapes it', async () => {
    const half = {
      code: 'SINK',
      message:
        'A row has text with half of a surrogate pair, which CSV cannot hold; NDJSON and JSON can',
    };
    const inCell = await exported((id) => ({ a: id < 2 ? '😀' : 'x\ud83d' }));
    expect(inCell.error).toMatchObject({ ...half, itemsEmitted: 2 });
    expect(inCell.rows).toEqual([['a'], ['😀'], ['😀']]);
    expect((await exported(() => ({ 'a\ude00': 1 }))).error).toMatchObject(half);
    const escaped = await exported(() => ({ a: { b: '\ud83d' } }), {}, 1);
    expect(escaped.rows[1]).toEqual(['{"b":"\\ud83d"}']);
  });

  it('writes rows that are no objects into one column', async () => {
    const { rows } = await exported((id) => [id] as object, {}, 1);
    expect(rows).toEqual([['value'], ['[0]'], ['[1]']]);
  });

  it('writes a header alone where the list is empty and its columns are known', async () => {
    const empty = new PagesApi(1, 0);
    const path = join(folder(), 'rows.csv');
    await told(exportTo(empty.paged(), csvFile(path, { columns: ['a', 'b'] })));
    expect(readFileSync(path, 'utf8')).toBe('a,b\r\n');
    const unknown = join(folder(), 'rows.csv');
    await told(exportTo(empty.paged(), csvFile(unknown)));
    expect(readFileSync(unknown, 'utf8')).toBe('');
  });

  it.each([
    [{ delimiter: '.' }, "option 'delimiter' must be"],
    [{ columns: [] }, "option 'columns' must be"],
    [{ columns: ['a', 'a'] }, "option 'columns' must be"],
    [{ columns: ['/~'] }, "option 'columns' must be"],
    [{ extra: 'x' }, "option 'extra' must be"],
  ])('refuses %j', (options, message) => {
    // @ts-expect-error options that are none
    expect(() => csvFile('/x', options)).toThrow(message);
  });

  it('finds the cells of a row whatever the order and number of its fields', () => {
    const names = ['a', 'b', '__proto__', '1', '/c'];
    // JSON.parse alone makes a field called __proto__.
    const row = fc
      .array(fc.tuple(fc.constantFrom(...names, 'd'), fc.integer({ min: 0, max: 9 })))
      .map((fields) => {
        const members = fields.map(([name, value]) => `${JSON.stringify(name)}:${String(value)}`);
        return JSON.parse(`{${members.join(',')}}`) as Record<string, unknown>;
      });
    const ownOf = (of: Record<string, unknown>, name: string) =>
      Object.hasOwn(of, name) ? of[name] : undefined;
    const fields = fc.shuffledSubarray(names, { minLength: 1 });
    fc.assert(
      fc.property(fields, row, (columns, of) => {
        const cells = columns.map((name) => ownOf(of, name));
        expect(columnReader(fieldColumns(columns), 'ignore').cells(of)).toEqual(cells);
        const others = Object.keys(of).filter((name) => !columns.includes(name));
        const extra = Object.fromEntries(others.map((name) => [name, of[name]]));
        const collected = [...cells, others.length === 0 ? null : extra];
        expect(columnReader(fieldColumns(columns), 'collect').cells(of)).toEqual(collected);
        if (others.length > 0) {
          expect(() => columnReader(fieldColumns(columns), 'error').cells(of)).toThrow(
            'which has no column',
          );
        }
        const pointed = columns.filter((name) => name !== '/c').map((name) => `/${name}`);
        const byPointer = columnReader(namedColumns(pointed), 'ignore').cells(of);
        expect(byPointer).toEqual(pointed.map((name) => ownOf(of, name.slice(1))));
      }),
    );
  });
});
