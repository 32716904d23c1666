import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';

import type { ExportDescription, LimitDescription, SinkDescription } from '../queue';

import { refuseDotted } from './export-sink';
import { jsonArgument } from './json-argument';
import type { JobsStartFlags } from './jobs-flags';
import { UsageMistake } from './usage-mistake';

const OF_LISTS = [
  ...(['pagination', 'dialect', 'items', 'xPagination', 'filters', 'select'] as const),
  ...(['table', 'schema', 'key', 'columns', 'create', 'append', 'to', 'format', 'gzip'] as const),
  ...(['rate', 'burst', 'inFlight', 'limitName', 'maxTries'] as const),
] satisfies (keyof JobsStartFlags)[];

/** What is to be exported, and under which name. */
export interface Described {
  readonly id: string;
  /** As it was given; the queue says what is wrong with it. */
  readonly description: ExportDescription;
}

/** The description in a file, or the one that a URL and options make. */
export function describedBy(list: string, flags: JobsStartFlags): Described {
  if (/^https?:\/\//i.test(list)) {
    const { id } = flags;
    if (id === undefined) throw new UsageMistake('--id: a list given by its URL needs a name');
    return { id, description: descriptionOf(list, flags) };
  }
  if (!existsSync(list) && !/\.json$/i.test(list)) {
    throw new UsageMistake(
      `<list>: there is no file ${list}; the first page of a list is given by its whole URL, http:// or https://`,
    );
  }
  const stray = OF_LISTS.find((name) => flags[name] !== undefined);
  if (stray !== undefined) {
    throw new UsageMistake(`${flagName(stray)} goes with a URL; the file says it by itself`);
  }
  const { id = basename(list, extname(list)) } = flags;
  // The queue checks it, and says what is wrong in a TypeError.
  return { id, description: jsonArgument('<list>', `@${list}`) as ExportDescription };
}

function descriptionOf(url: string, flags: JobsStartFlags): ExportDescription {
  const { transport, filters, select, maxTries } = flags;
  return {
    transport,
    request: url,
    pagination: pagingOf(flags),
    sink: sinkOf(flags),
    limit: limitOf(flags),
    select,
    maxTries,
    filters:
      filters === undefined
        ? undefined
        : (jsonArgument('--filters', filters) as ExportDescription['filters']),
  };
}

function pagingOf(flags: JobsStartFlags): ExportDescription['pagination'] {
  const { pagination, dialect, xPagination, items } = flags;
  const given = [pagination, dialect, xPagination].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw new UsageMistake('--pagination, --dialect and --x-pagination: give one of them');
  }
  if (items !== undefined && dialect === undefined) {
    throw new UsageMistake('--items goes with --dialect');
  }
  if (dialect !== undefined) return { dialect, items };
  if (xPagination !== undefined) {
    const value = jsonArgument('--x-pagination', xPagination);
    return { xPagination: value } as ExportDescription['pagination'];
  }
  if (pagination === undefined) return undefined;
  const strategy = jsonArgument('--pagination', pagination);
  return { strategy } as ExportDescription['pagination'];
}

function sinkOf(flags: JobsStartFlags): SinkDescription {
  const { table, to, schema, create, append, format, gzip } = flags;
  const [key, columns] = [flags.key?.split(','), flags.columns?.split(',')];
  if ((table === undefined) === (to === undefined)) {
    throw new UsageMistake('expected --table with a name, or --to with a folder name, one of them');
  }
  if (table !== undefined) {
    refuse(flags, ['format', 'gzip'], 'goes with --to');
    refuseDotted(flags);
    return { kind: 'table', table, schema, create, append, key, columns };
  }
  refuse(flags, ['schema', 'key', 'create', 'append'], 'goes with --table');
  if (columns !== undefined && format !== 'csv') {
    throw new UsageMistake('--columns goes with --table and with --format csv');
  }
  const csv = format === 'csv' ? { columns } : undefined;
  return { kind: 'files', folder: to ?? '', format, gzip, csv };
}

function limitOf(flags: JobsStartFlags): LimitDescription | undefined {
  const { rate, burst, inFlight, transport, limitName = transport } = flags;
  if (rate === undefined && inFlight === undefined) {
    refuse(flags, ['burst', 'limitName'], 'goes with --rate and --in-flight');
    return undefined;
  }
  return { name: limitName, perSecond: rate, burst, concurrency: inFlight };
}

function refuse(
  flags: JobsStartFlags,
  names: readonly (keyof JobsStartFlags)[],
  why: string,
): void {
  const stray = names.find((name) => flags[name] !== undefined);
  if (stray !== undefined) throw new UsageMistake(`${flagName(stray)} ${why}`);
}

function flagName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
