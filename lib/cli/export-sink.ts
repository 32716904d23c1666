import { csvFile, jsonFile, ndjsonFile, postgresTable, stdout, type Sink } from '../export';

import type { ExportFlags } from './export-flags';
import { UsageMistake } from './usage-mistake';

type Format = NonNullable<ExportFlags['format']>;

const ENDINGS: Readonly<Record<string, Format>> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'json',
  csv: 'csv',
};
const OF_CSV = ['delimiter'] as const;
const OF_TABLES = ['schema', 'key', 'create', 'append'] as const;
const OF_FILES = ['format', 'gzip', ...OF_CSV] as const;

/** The sink that the options name; `Sink<unknown>` takes whatever rows come. */
export function sinkOf(flags: ExportFlags): Sink {
  const { out, table } = flags;
  if ((out === undefined) === (table === undefined)) {
    throw new UsageMistake('expected --out with a file, or --table with a name, one of them');
  }
  return asUsage(() => (table === undefined ? fileOf(out ?? '', flags) : tableOf(table, flags)));
}

function tableOf(table: string, flags: ExportFlags): Sink {
  refuse(flags, OF_FILES, 'goes with --out');
  refuseDotted(flags);
  const { schema, create, append, extra } = flags;
  const [key, columns] = [flags.key?.split(','), flags.columns?.split(',')];
  const connection = process.env['DATABASE_URL'];
  return postgresTable(table, { connection, schema, key, create, append, columns, extra });
}

function fileOf(out: string, flags: ExportFlags): Sink {
  refuse(flags, OF_TABLES, 'goes with --table');
  const isStdout = out === '-';
  if (isStdout && flags.resume === true) {
    throw new UsageMistake('--resume: standard output has no checkpoint');
  }
  const gzip = flags.gzip ?? isGzipNamed(out);
  const format = flags.format ?? (isStdout ? 'ndjson' : formatOf(out));
  const { extra, neutralise } = flags;
  const columns = flags.columns?.split(',');
  const delimiter = flags.delimiter === 'tab' ? ('\t' as const) : flags.delimiter;
  if (format === 'csv') {
    const csv = { columns, extra, delimiter, neutralise, gzip };
    return isStdout ? stdout({ format, ...csv }) : csvFile(out, csv);
  }
  refuse(flags, ['columns', 'extra', ...OF_CSV], 'goes with CSV and --table');
  if (isStdout) return stdout({ format, gzip });
  return format === 'json' ? jsonFile(out, { gzip }) : ndjsonFile(out, { gzip });
}

function formatOf(out: string): Format {
  const format = formatNamed(out);
  if (format !== undefined) return format;
  throw new UsageMistake(
    '--out: expected a name that ends in .ndjson, .jsonl, .json or .csv, or --format',
  );
}

/** The format that the name of a file says, compressed or not; none where it says nothing. */
export function formatNamed(path: string): Format | undefined {
  const ending = /\.([^./\\]+)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** Whether the name of a file says that it is compressed. */
export function isGzipNamed(path: string): boolean {
  return /\.gz$/i.test(path);
}

/** A dot parts schema and table nearly everywhere; here each has an option. */
export function refuseDotted({ table = '', schema }: Pick<ExportFlags, 'table' | 'schema'>): void {
  const at = table.indexOf('.');
  if (at < 0 || schema !== undefined) return;
  const [before, after] = [table.slice(0, at), table.slice(at + 1)];
  throw new UsageMistake(
    `--table: expected a name, got ${table}: give --schema ${before} --table ${after}, or also the schema of a table whose name has the dot`,
  );
}

function refuse(flags: ExportFlags, names: readonly (keyof ExportFlags)[], why: string): void {
  const stray = names.find((name) => flags[name] !== undefined);
  if (stray !== undefined) throw new UsageMistake(`--${stray} ${why}`);
}

/** Sinks name their options as code does. */
function asUsage(make: () => Sink): Sink {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageMistake(
      error.message.replace(/^\w+: (?:option '(\w+)')?/, (_, option: string | undefined) =>
        option === undefined ? '' : `--${option}`,
      ),
    );
  }
}
