import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import {
  csvFile,
  jsonFile,
  ndjsonFile,
  sinkConformance,
  writable,
  type ConformanceRow,
  type Sink,
  type SinkHarness,
} from 'paged-observable/export';

import { readCsv, withoutApostrophe } from '../support/read-csv';
import { tempFolder } from '../support/temp-folder';

const folder = tempFolder();

function rowsOfNdjson(text: string): unknown[] {
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

function rowsOfCsv(text: string): unknown[] {
  const [header, ...rows] = readCsv(text);
  if (header === undefined) return [];
  expect(header).toEqual(['id', 'text', 'note', 'isOdd']);
  return rows.map((cells) => {
    const [id, value, note, isOdd] = cells.map(withoutApostrophe);
    return { id: Number(id), text: value, note, isOdd: isOdd === 'true' };
  });
}

function file(
  name: string,
  make: (path: string) => Sink,
  read: (text: string) => unknown,
): () => Promise<SinkHarness> {
  return () => {
    const path = join(folder(), name);
    const text = () => {
      const bytes = readFileSync(existsSync(path) ? path : `${path}.part`);
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    };
    const rows = () => Promise.resolve(read(text()) as ConformanceRow[]);
    return Promise.resolve({ sink: () => make(path), rows });
  };
}

function stream(format: 'ndjson' | 'json' | 'csv', read: (text: string) => unknown) {
  return (): Promise<SinkHarness> => {
    const chunks: Buffer[] = [];
    const target = new Writable({
      highWaterMark: 10,
      write: (chunk: Buffer, _encoding, done) => {
        chunks.push(chunk);
        setImmediate(done);
      },
    });
    const text = () => Buffer.concat(chunks).toString();
    return Promise.resolve({
      sink: () => writable(target, { format }),
      rows: () => Promise.resolve(read(text()) as ConformanceRow[]),
    });
  };
}

describe.each([
  ['ndjsonFile', file('a.ndjson', ndjsonFile, rowsOfNdjson)],
  ['jsonFile', file('a.json', jsonFile, JSON.parse)],
  ['csvFile', file('a.csv', csvFile, rowsOfCsv)],
  [
    'csvFile with columns',
    file(
      'a.csv',
      (path) => csvFile(path, { columns: ['id', '/text', 'note', 'isOdd'] }),
      (text) => rowsOfCsv(text.replace('/text', 'text')),
    ),
  ],
  ['ndjsonFile, gzip', file('a.gz', (path) => ndjsonFile(path, { gzip: true }), rowsOfNdjson)],
  ['jsonFile, gzip', file('a.gz', (path) => jsonFile(path, { gzip: true }), JSON.parse)],
  ['csvFile, gzip', file('a.gz', (path) => csvFile(path, { gzip: true }), rowsOfCsv)],
  ['writable, ndjson', stream('ndjson', rowsOfNdjson)],
  ['writable, json', stream('json', JSON.parse)],
  ['writable, csv', stream('csv', rowsOfCsv)],
])('%s', (_, harness) => {
  it.each(sinkConformance(harness))('$name', async ({ run }) => {
    await run();
  });
});
