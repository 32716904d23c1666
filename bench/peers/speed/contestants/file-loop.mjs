import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The tightest loops that write a list into a file: one string of each page, one write, with backpressure. */
export default {
  name: 'loop by hand',
  packages: [],
  exported: (load, file, how) =>
    how === 'csv'
      ? write(load, file, csvText())
      : how === 'ndjson'
        ? write(load, file, ndjsonOf)
        : writeSynced(load, file),
};

/** Calls `take` with the rows of page after page. */
async function eachPage(load, take) {
  for (let at = 0; at !== null;) {
    const { rows, next } = await load(at);
    at = next;
    await take(rows);
  }
}

async function write(load, file, textOf) {
  const stream = createWriteStream(file);
  await eachPage(load, async (rows) => {
    if (!stream.write(textOf(rows))) await once(stream, 'drain');
  });
  stream.end();
  await once(stream, 'finish');
}

/** The same as a checkpoint after every page takes, by hand: what of it is the system's to do. */
async function writeSynced(load, file) {
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

async function replace(path, text, folder) {
  const temporary = await open(`${path}.tmp`, 'w');
  await temporary.writeFile(text);
  await temporary.sync();
  await temporary.close();
  await rename(`${path}.tmp`, path);
  await folder.sync();
}

function ndjsonOf(rows) {
  let text = '';
  for (const row of rows) text += `${JSON.stringify(row)}\n`;
  return text;
}

/** With the fields of the first row as columns. */
function csvText() {
  let names = [];
  return (rows) => {
    let text = '';
    if (names.length === 0) {
      names = Object.keys(rows[0] ?? {});
      text = `${names.join(',')}\r\n`;
    }
    for (const row of rows) {
      for (let at = 0; at < names.length; at++) {
        if (at > 0) text += ',';
        text += cellOf(row[names[at]]);
      }
      text += '\r\n';
    }
    return text;
  };
}

function cellOf(value) {
  if (typeof value === 'string') {
    return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
