import type { Json } from '../core/json';
import { PaginationError } from '../core/pagination-error';
import { csvLine, type CsvStyle } from '../protocol/csv';

import {
  columnReader,
  extraSetting,
  fieldColumns,
  fieldNames,
  namedColumns,
  type ColumnReader,
  type ExtraFields,
} from './columns';
import type { RowFormat, RowWriter } from './row-format';

/** How rows become lines of CSV. */
export interface CsvOptions {
  /** Names of fields, or JSON pointers into the row, in the order of the cells. @defaultValue the fields of the first page that has rows */
  readonly columns?: readonly string[] | undefined;
  /** What becomes of fields without a column: `BAD_SHAPE`, nothing, or JSON in a last column `_extra`. @defaultValue 'error', with `columns` 'ignore' */
  readonly extra?: ExtraFields | undefined;
  /** Between cells. @defaultValue ',' */
  readonly delimiter?: CsvStyle['delimiter'] | undefined;
  /**
   * Writes an apostrophe before text that a spreadsheet would take for a formula, header included; whoever reads the file
   * otherwise takes it off again where one or more apostrophes and then `=`, `+`, `-`, `@`, tab or carriage return begin a
   * cell. Numbers stay as they are. @defaultValue true
   */
  readonly neutralise?: boolean | undefined;
}

/**
 * Lines of CSV under one header (RFC 4180). A row whose text holds half of a surrogate pair errors with `SINK`: there is no UTF-8 for
 * it, and CSV has no escapes.
 */
export function csvRows(options: CsvOptions): RowFormat {
  const { columns, delimiter = ',', neutralise = true } = options;
  const extra = options.extra ?? (columns === undefined ? 'error' : 'ignore');
  const style = { delimiter, neutralise };
  const lineOf = (cells: readonly unknown[]) => {
    const line = csvLine(cells, style);
    refuseHalfPairs(line);
    return line;
  };
  const readerOf = (names: readonly string[]) =>
    columnReader(columns === undefined ? fieldColumns(names) : namedColumns(names), extra);
  const writer = (state?: Json): RowWriter => {
    let names = namesIn(state);
    let reader: ColumnReader | undefined = names === undefined ? undefined : readerOf(names);
    const header = (given: readonly string[]) => {
      names = given;
      reader = readerOf(given);
      return lineOf(reader.names);
    };
    return {
      before: (rows) =>
        reader !== undefined || rows.length === 0 ? '' : header(columns ?? fieldNames(rows, extra)),
      row: (row) => lineOf(reader?.cells(row) ?? []),
      // A list without rows has its header where that is known.
      end: () => (reader !== undefined || columns === undefined ? '' : header(columns)),
      state: () => (names === undefined ? null : [...names]),
    };
  };
  return {
    settings: {
      format: 'csv',
      columns: columns === undefined ? 'those of the first page' : JSON.stringify(columns),
      extra: extraSetting(extra),
      delimiter: JSON.stringify(delimiter),
      neutralise: neutralise ? 'yes' : 'no',
    },
    writer,
  };
}

/** Most text has no character of a pair at all. */
const HALF_OR_PAIR = /[\ud800-\udfff]/;
const HALF_PAIR = /\p{Cs}/u;

function refuseHalfPairs(line: string): void {
  if (!HALF_OR_PAIR.test(line) || !HALF_PAIR.test(line)) return;
  throw new PaginationError(
    'SINK',
    'A row has text with half of a surrogate pair, which CSV cannot hold; NDJSON and JSON can',
  );
}

function namesIn(state: Json | undefined): readonly string[] | undefined {
  const names: unknown = state;
  if (!Array.isArray(names)) return undefined;
  return names.filter((name) => typeof name === 'string');
}
