import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { LoadPage, Row } from './pages';

/** Calls `take` with the rows of page after page. */
async function eachPage(
  load: LoadPage,
  take: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (let at: number | null = 0; at !== null;) {
    const { rows, next } = await load(at);
    at = next;
    await take(rows);
  }
}

/** The tightest loop: makes one string of each page and writes it with backpressure. */
async function writeByHand(
  load: LoadPage,
  file: string,
  textOf: (rows: readonly Row[]) => string,
): Promise<void> {
  const stream = createWriteStream(file);
  await eachPage(load, async (rows) => {
    if (!stream.write(textOf(rows))) await once(stream, 'drain');
  });
  stream.end();
  await once(stream, 'finish');
}

export function ndjsonByHand(load: LoadPage, file: string): Promise<void> {
  return writeByHand(load, file, ndjsonOf);
}

/** With the fields of the first row as columns. */
export function csvByHand(load: LoadPage, file: string): Promise<void> {
  let names: readonly string[] = [];
  return writeByHand(load, file, (rows) => {
    let text = '';
    if (names.length === 0) {
      names = Object.keys(rows[0] ?? {});
      text = `${names.join(',')}\r\n`;
    }
    for (const row of rows) {
      for (let at = 0; at < names.length; at++) {
        if (at > 0) text += ',';
        text += cellOf(row[names[at] ?? '']);
      }
      text += '\r\n';
    }
    return text;
  });
}

/** The same as a checkpoint after every page takes, by hand: what of it is the system's to do. */
export async function ndjsonSyncedByHand(load: LoadPage, file: string): Promise<void> {
  const output = await open(file, 'w');
  const folder = await open(dirname(file), 'r');
  let rowCount = 0;
  await eachPage(load, async (rows) => {
    await output.writeFile(ndjsonOf(rows));
    await output.datasync();
    rowCount += rows.length;
    await replace(`${file}.checkpoint`, JSON.stringify({ rowCount }), folder);
  });
  await output.close();
  await folder.close();
}

async function replace(path: string, text: string, folder: FileHandle): Promise<void> {
  const temporary = await open(`${path}.tmp`, 'w');
  await temporary.writeFile(text);
  await temporary.sync();
  await temporary.close();
  await rename(`${path}.tmp`, path);
  await folder.sync();
}

function ndjsonOf(rows: readonly Row[]): string {
  let text = '';
  for (const row of rows) text += `${JSON.stringify(row)}\n`;
  return text;
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') {
    return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
