import { describe } from '../core/check-options';
import { PaginationError } from '../core/pagination-error';
import { isRecord } from '../protocol/is-record';
import { parsePointer, resolvePointer } from '../protocol/json-pointer';

/** Holds the fields of a row that have no column of their own. */
const EXTRA = '_extra';

/** What becomes of fields without a column: the export errors with `BAD_SHAPE`, they are left out, or go into `_extra` as JSON. */
export type ExtraFields = 'error' | 'ignore' | 'collect';

/**
 * What an export must go on with: the same columns. Whether other fields are errors or left out may change, for no row written
 * so far would be another.
 */
export function extraSetting(extra: ExtraFields): string {
  return extra === 'collect' ? 'collected' : 'not written';
}

/** Reads the cells of rows. */
export interface ColumnReader {
  /** The header; with `_extra` where fields are collected. */
  readonly names: readonly string[];
  /** @throws PaginationError `BAD_SHAPE` for a field that has no column, where that is an error */
  cells(row: unknown): readonly unknown[];
}

/** A column and how its cell is found in a row. */
interface Column {
  readonly name: string;
  /** The field it takes from the row, or takes a part of. */
  readonly field: string | undefined;
  readonly read: (row: Record<string, unknown>) => unknown;
}

/** Columns as a caller names them: fields, or JSON pointers into the row. */
export function namedColumns(names: readonly string[]): readonly Column[] {
  return names.map((name) => (name.startsWith('/') ? pointerColumn(name) : fieldColumn(name)));
}

/** Columns of that many fields, whatever their names look like. */
export function fieldColumns(names: readonly string[]): readonly Column[] {
  return names.map(fieldColumn);
}

export function columnReader(columns: readonly Column[], extra: ExtraFields): ColumnReader {
  const isScalar = columns.length === 1 && columns[0]?.name === SCALAR;
  const known = new Set(columns.map(({ field }) => field));
  const names = columns.map(({ name }) => name);
  const collects = extra === 'collect';
  const fields = columns.every(({ name, field }) => name === field) ? names : undefined;
  return {
    names: collects ? [...names, EXTRA] : names,
    cells: (row) => {
      if (!isRecord(row)) {
        if (isScalar) return collects ? [row, null] : [row];
        throw new PaginationError('BAD_SHAPE', 'A row is no object, so it has no columns');
      }
      const present = Object.keys(row);
      // Most rows have the fields of the columns and no others, in their order.
      if (fields !== undefined && isSame(present, fields)) {
        const values = Object.values(row);
        return collects ? [...values, null] : values;
      }
      const cells = columns.map(({ read }) => read(row));
      if (extra === 'ignore') return cells;
      const others = present.filter((name) => !known.has(name));
      if (collects) return [...cells, others.length === 0 ? null : fieldsOf(row, others)];
      if (others.length === 0) return cells;
      throw new PaginationError(
        'BAD_SHAPE',
        `A row has the field ${describe(others[0])}, which has no column; name the columns, or collect such fields`,
      );
    },
  };
}

/** Where rows are no objects they are cells of one column. */
const SCALAR = 'value';

/** The fields of the rows in the order in which they first appear. */
export function fieldNames(rows: readonly unknown[], extra: ExtraFields): readonly string[] {
  const names = new Set<string>();
  let isScalar = rows.length > 0;
  for (const row of rows) {
    if (!isRecord(row)) continue;
    isScalar = false;
    for (const name of Object.keys(row)) names.add(name);
  }
  // Where fields are collected, one that is called like the collection goes into it.
  if (extra === 'collect') names.delete(EXTRA);
  return isScalar ? [SCALAR] : [...names];
}

function fieldColumn(name: string): Column {
  const read = (row: Record<string, unknown>) => (Object.hasOwn(row, name) ? row[name] : undefined);
  return { name, field: name, read };
}

function pointerColumn(name: string): Column {
  const tokens = parsePointer(name);
  const read = (row: unknown) => {
    const found = resolvePointer(row, tokens);
    return found.found ? found.value : undefined;
  };
  return { name, field: tokens[0], read };
}

/** `fromEntries` defines: a field called `__proto__` stays one. */
function fieldsOf(row: Record<string, unknown>, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

function isSame(names: readonly string[], others: readonly string[]): boolean {
  if (names.length !== others.length) return false;
  for (let at = 0; at < names.length; at++) if (names[at] !== others[at]) return false;
  return true;
}
