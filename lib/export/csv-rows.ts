import type { Json } from '../core/json';
import { csvLine, type CsvStyle } from '../protocol/csv';

import {
  columnReader,
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

/** Lines of CSV under one header (RFC 4180). */
export function csvRows(options: CsvOptions): RowFormat {
  const { columns, delimiter = ',', neutralise = true } = options;
  const extra = options.extra ?? (columns === undefined ? 'error' : 'ignore');
  const style = { delimiter, neutralise };
  const readerOf = (names: readonly string[]) =>
    columnReader(columns === undefined ? fieldColumns(names) : namedColumns(names), extra);
  const writer = (state?: Json): RowWriter => {
    let names = namesIn(state);
    let reader: ColumnReader | undefined = names === undefined ? undefined : readerOf(names);
    const header = (given: readonly string[]) => {
      names = given;
      reader = readerOf(given);
      return csvLine(reader.names, style);
    };
    return {
      before: (rows) =>
        reader !== undefined || rows.length === 0 ? '' : header(columns ?? fieldNames(rows, extra)),
      row: (row) => csvLine(reader?.cells(row) ?? [], style),
      // A list without rows has its header where that is known.
      end: () => (reader !== undefined || columns === undefined ? '' : header(columns)),
      state: () => (names === undefined ? null : [...names]),
    };
  };
  return {
    settings: {
      format: 'csv',
      columns: columns === undefined ? 'those of the first page' : JSON.stringify(columns),
      extra,
      delimiter: JSON.stringify(delimiter),
      neutralise: neutralise ? 'yes' : 'no',
    },
    writer,
  };
}

function namesIn(state: Json | undefined): readonly string[] | undefined {
  const names: unknown = state;
  if (!Array.isArray(names)) return undefined;
  return names.filter((name) => typeof name === 'string');
}
