import { checkOptions, describe, isFlag, isOneOf, isText, type Check } from '../core/check-options';

import { isColumns } from './files';
import type { PostgresOptions } from './postgres-options';
import { columnNames, namesOf } from './postgres-rows';
import { postgresSink } from './postgres-sink';
import type { Sink } from './sink';

/**
 * A table of PostgreSQL. Rows and the checkpoint that speaks of them are committed in one transaction, so that none is lost
 * and none comes twice, whatever ends first. Needs the package `pg`; the connection must be one session from begin to end,
 * so no pooler that shares it out by transaction.
 *
 * Without `key` the table must be empty or the export's own (`append` allows others' rows); with it, rows that are there are
 * changed. Text that PostgreSQL cannot hold (NUL, halves of surrogate pairs) errors the export with `SINK`.
 *
 * @throws TypeError for an unusable name, and for an unknown or wrong option
 * @see https://www.postgresql.org/docs/current/functions-json.html
 */
export function postgresTable(table: string, options: PostgresOptions = {}): Sink {
  if (isName(table) !== undefined) {
    throw new TypeError(`postgresTable: the table must be a name, got ${describe(table)}`);
  }
  checkOptions('postgresTable', options, CHECKS);
  checkNames(options);
  return postgresSink(table, options);
}

const CHECKS: Readonly<Record<string, Check>> = {
  // Its value may hold a password and is never shown.
  connection: () => undefined,
  schema: isName,
  columns: isTypedColumns,
  extra: isOneOf('error', 'ignore', 'collect'),
  create: isFlag,
  key: (value) => (isName(value) === undefined ? undefined : isColumns(value)),
  append: isFlag,
  job: isText,
  checkpointTable: isName,
};

/** Where the columns are known, so is whether they go with one another and with the key. */
function checkNames({ columns, key = [], extra }: PostgresOptions): void {
  if (columns === undefined) return;
  const names = columnNames(namesOf(columns));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new TypeError(
      `postgresTable: option 'columns' gives two columns the name ${describe(twice)}`,
    );
  }
  const all = extra === 'collect' ? [...names, '_extra'] : names;
  const stray = (typeof key === 'string' ? [key] : key).find((name) => !all.includes(name));
  if (stray === undefined) return;
  throw new TypeError(
    `postgresTable: option 'key' names ${describe(stray)}, which is none of the columns ${all.join(', ')}`,
  );
}

function isName(value: unknown): string | undefined {
  const fits = typeof value === 'string' && value !== '' && !value.includes('\0');
  return fits ? undefined : 'a name';
}

function isTypedColumns(value: unknown): string | undefined {
  if (Array.isArray(value)) return isColumns(value);
  const expected = 'an array of names, or an object of names and their types as SQL';
  if (typeof value !== 'object' || value === null) return expected;
  const fits = Object.values(value).every((type) => typeof type === 'string');
  return fits ? isColumns(Object.keys(value)) : expected;
}
