import { checkOptions, describe, isFlag, isOneOf, type Check } from '../core/check-options';
import { CSV_DELIMITERS } from '../protocol/csv';
import { isPointerText } from '../protocol/json-pointer';

import { csvRows, type CsvOptions } from './csv-rows';
import { fileSink, type FileOptions } from './file-sink';
import { jsonRows, ndjsonRows } from './json-rows';
import type { Sink } from './sink';

/**
 * A file with a line of JSON for every row (NDJSON).
 *
 * Rows go into `<path>.part`, which takes the name `path` when the export is whole; beside it stand `<path>.checkpoint`, from
 * which an export is resumed, and while one runs `<path>.lock`. The folder must exist.
 *
 * @throws TypeError for an unusable path, or an unknown or wrong option
 */
export function ndjsonFile(path: string, options: FileOptions = {}): Sink {
  checkFile('ndjsonFile', path, options);
  return fileSink(path, ndjsonRows, options);
}

/** A file that is one JSON array, a row a line; an empty list is `[]`. Files and errors as of {@link ndjsonFile}. */
export function jsonFile(path: string, options: FileOptions = {}): Sink {
  checkFile('jsonFile', path, options);
  return fileSink(path, jsonRows, options);
}

/**
 * A file of CSV (RFC 4180) with a header. `null` is an empty cell and an empty text `""`; objects and arrays are JSON; text
 * that spreadsheets take for a formula gets an apostrophe. Files and errors as of {@link ndjsonFile}.
 */
export function csvFile(path: string, options: FileOptions & CsvOptions = {}): Sink {
  checkFile('csvFile', path, options, CSV_CHECKS);
  return fileSink(path, csvRows(options), options);
}

export const CSV_CHECKS: Readonly<Record<string, Check>> = {
  columns: isColumns,
  extra: isOneOf('error', 'ignore', 'collect'),
  delimiter: isOneOf(...CSV_DELIMITERS),
  neutralise: isFlag,
};

function checkFile(
  where: string,
  path: string,
  options: FileOptions,
  checks: Readonly<Record<string, Check>> = {},
): void {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw new TypeError(`${where}: the path must be text without NUL, got ${describe(path)}`);
  }
  checkOptions(where, options, { gzip: isFlag, ...checks });
}

/** Also for sinks that are no files. */
export function isColumns(value: unknown): string | undefined {
  const expected = 'an array of different names or JSON pointers, at least one';
  if (!Array.isArray(value) || value.length === 0) return expected;
  const names: readonly unknown[] = value;
  const fits = names.every(
    (name) => typeof name === 'string' && (!name.startsWith('/') || isPointerText(name)),
  );
  return fits && new Set(names).size === names.length ? undefined : expected;
}
