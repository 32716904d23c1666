/** A name as SQL, whatever it holds; NUL is refused by the server. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A column and its type; none where the table has it. */
export interface TableColumn {
  readonly name: string;
  readonly type?: string | undefined;
}

export function createTableSql(
  table: string,
  columns: readonly TableColumn[],
  key: readonly string[],
): string {
  const lines = columns.map(({ name, type = 'jsonb' }) => `${quoteName(name)} ${type}`);
  if (key.length > 0) lines.push(`primary key (${key.map(quoteName).join(', ')})`);
  return `create table if not exists ${table} (${lines.join(', ')})`;
}

/** Columns that tell the part of an export that a row is of, and its place in it. */
export const PLACE = ['_part', '_row'] as const;

/**
 * Inserts the rows of one JSON text, typed as the table's own columns are; in their order.
 * @param numbered whether there are columns of the place, and two more values: the part and the place of the first row
 * @param first the number of the first value
 * @param only a condition of the whole, so that it can stand in a larger statement
 */
export function insertSql(
  table: string,
  columns: readonly string[],
  key: readonly string[],
  numbered = false,
  { first = 1, only }: { readonly first?: number; readonly only?: string } = {},
): string {
  const [json, part, row] = [`$${String(first)}`, `$${String(first + 1)}`, `$${String(first + 2)}`];
  const names = columns.map(quoteName).join(', ');
  const rows = `json_populate_recordset(null::${table}, ${json}::json)`;
  const all = numbered
    ? `insert into ${table} (${names}, ${PLACE.join(', ')}) select ${names}, ${part}, ${row} + ordinality - 1 from ${rows} with ordinality`
    : `insert into ${table} (${names}) select ${names} from ${rows}`;
  const insert = only === undefined ? all : `${all} where ${only}`;
  if (key.length === 0) return insert;
  const others = [...columns, ...(numbered ? PLACE : [])]
    .filter((name) => !key.includes(name))
    .map(quoteName);
  const change =
    others.length === 0
      ? 'do nothing'
      : `do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  return `${insert} on conflict (${key.map(quoteName).join(', ')}) ${change}`;
}

/** The type of a column that holds these values; `jsonb` takes whatever comes. */
export function typeOf(values: readonly unknown[]): string {
  const types = new Set(
    values.filter((value) => value !== null && value !== undefined).map(kindOf),
  );
  const [type = 'jsonb', ...others] = types;
  return others.length === 0 ? type : 'jsonb';
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  // A whole number may be followed by one with a fraction.
  return typeof value === 'number' ? 'numeric' : 'jsonb';
}

export const CHECKPOINT_TABLE_SQL = (table: string) =>
  `create table if not exists ${table} (job text primary key, state text not null, changed_at timestamptz not null default now())`;

export const STORE_SQL = (table: string) =>
  `insert into ${table} (job, state) values ($1, $2) on conflict (job) do update set state = excluded.state, changed_at = now()`;
