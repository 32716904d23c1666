import { parsePointer } from '../protocol/json-pointer';

import {
  columnReader,
  fieldColumns,
  fieldNames,
  namedColumns,
  type ColumnReader,
  type ExtraFields,
} from './columns';
import { typeOf, type TableColumn } from './postgres-sql';

/** Characters of JSON in one statement. */
const BATCH = 4 * 1024 * 1024;

interface RowBatch {
  readonly json: string;
  readonly rows: number;
}

/** Turns rows into the JSON that statements take. */
export class PostgresRows {
  readonly columns: readonly TableColumn[];
  readonly names: readonly string[];
  /** Where the columns come from, to be given again when the export is resumed. */
  readonly fields: readonly string[];
  readonly #reader: ColumnReader;
  readonly #keyPlaces: readonly number[];

  /**
   * @param given names of the columns, or with their types; else the fields of these rows are the columns
   * @param pointers whether a name may be a JSON pointer
   */
  constructor(
    rows: readonly unknown[],
    given: readonly string[] | Readonly<Record<string, string>> | undefined,
    extra: ExtraFields,
    key: readonly string[],
    pointers: boolean,
  ) {
    const fields = given === undefined ? fieldNames(rows, extra) : namesOf(given);
    this.fields = fields;
    this.#reader = columnReader(pointers ? namedColumns(fields) : fieldColumns(fields), extra);
    const cells = rows.map((row) => this.#reader.cells(row));
    this.names = pointers ? columnNames(this.#reader.names) : this.#reader.names;
    const types = given === undefined || isList(given) ? undefined : given;
    this.columns = this.names.map((name, at) => ({
      name,
      type: types?.[fields[at] ?? ''] ?? typeOf(cells.map((row) => row[at])),
    }));
    this.#keyPlaces = key.map((name) => this.names.indexOf(name));
    const missing = key.find((_, at) => this.#keyPlaces[at] === -1);
    if (missing !== undefined) throw new Error(`the key ${missing} is none of the columns`);
  }

  /** JSON arrays of bounded size. Of rows with one key the last is taken, for a statement cannot change a row twice. */
  *batches(rows: readonly unknown[]): Generator<RowBatch> {
    let batch: string[] = [];
    let size = 0;
    for (const row of this.#lastOfKey(rows.map((one) => this.#reader.cells(one)))) {
      const text = JSON.stringify(
        Object.fromEntries(this.names.map((name, at) => [name, row[at]])),
      );
      batch.push(text);
      size += text.length;
      if (size < BATCH) continue;
      yield { json: `[${batch.join()}]`, rows: batch.length };
      batch = [];
      size = 0;
    }
    if (batch.length > 0) yield { json: `[${batch.join()}]`, rows: batch.length };
  }

  #lastOfKey(rows: readonly (readonly unknown[])[]): Iterable<readonly unknown[]> {
    if (this.#keyPlaces.length === 0) return rows;
    const byKey = new Map<string, readonly unknown[]>();
    for (const row of rows) {
      byKey.set(JSON.stringify(this.#keyPlaces.map((place) => row[place])), row);
    }
    return byKey.values();
  }
}

/** The names of columns in the table: the last token of a pointer names its column. */
export function columnNames(fields: readonly string[]): readonly string[] {
  return fields.map((name) => (name.startsWith('/') ? (parsePointer(name).at(-1) ?? name) : name));
}

export function namesOf(
  given: readonly string[] | Readonly<Record<string, string>>,
): readonly string[] {
  return isList(given) ? given : Object.keys(given);
}

function isList(
  given: readonly string[] | Readonly<Record<string, string>>,
): given is readonly string[] {
  return Array.isArray(given);
}
