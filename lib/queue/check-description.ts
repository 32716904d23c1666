import {
  checkOptions,
  describe,
  isCount,
  isFlag,
  isOneOf,
  isText,
  type Check,
} from '../core/check-options';
import { field } from '../core/field';
import { csvFile } from '../export/files';
import { postgresTable } from '../export/postgres-table';
import { isPointerText } from '../protocol/json-pointer';

import { checkData } from './check-data';
import type { ExportDescription, RequestFilter, SinkDescription } from './export-description';
import { refuseCredentials } from './refuse-credentials';

/** Names of transports and folders are parts of the names of queues, of which pg-boss takes these characters. */
const NAME = /^[\w.-]{1,60}$/;

const WHERE = 'description';

export const isQueueName: Check = (value) =>
  typeof value === 'string' && NAME.test(value)
    ? undefined
    : 'a name of up to 60 letters, digits, dots, hyphens and underscores';

const any: Check = () => undefined;
const isList: Check = (value) =>
  Array.isArray(value) && value.length > 0 ? undefined : 'an array of one or more';

const DESCRIPTION: Readonly<Record<string, Check>> = {
  transport: isQueueName,
  request: any,
  pagination: any,
  filters: isList,
  lists: isList,
  walk: any,
  select: (value) =>
    typeof value === 'string' && isPointerText(value) ? undefined : 'a JSON pointer',
  sink: any,
  limit: any,
  onDrift: isOneOf('error', 'report'),
  maxTries: isCount,
};

const LIST: Readonly<Record<string, Check>> = {
  request: any,
  transport: isQueueName,
  pagination: any,
  filters: isList,
  name: isText,
};

const FILTER: Readonly<Record<string, Check>> = { name: isText, path: any, params: any, body: any };

/** What they must be, `paginate` says. */
const WALK: Readonly<Record<string, Check>> = Object.fromEntries(
  [
    ...['prefetch', 'concurrency', 'timeout', 'idleTimeout', 'overlap', 'onRepeat', 'emptyCursor'],
    ...['onExpired', 'key', 'retry', 'limits'],
  ].map((name) => [name, any]),
);

const isRate: Check = (value) =>
  typeof value === 'number' && value > 0 && Number.isFinite(value) ? undefined : 'a number above 0';

const LIMIT: Readonly<Record<string, Check>> = {
  name: isQueueName,
  perSecond: isRate,
  burst: isCount,
  concurrency: isCount,
};

/**
 * What can be told of a description without making its lists.
 * @throws TypeError naming what is wrong with it
 */
export function checkDescription(description: ExportDescription): void {
  checkData(WHERE, description);
  checkOptions(WHERE, description, DESCRIPTION);
  const { request, filters, lists, walk, sink, limit } = description;
  const given: Partial<ExportDescription> = description;
  const missing = (['transport', 'sink'] as const).find((name) => given[name] === undefined);
  if (missing !== undefined) throw new TypeError(`${WHERE}: it needs a '${missing}'`);
  if ((request === undefined) === (lists === undefined)) {
    throw new TypeError(
      `${WHERE}: expected 'request' or 'lists', got ${request === undefined ? 'none' : 'both'}`,
    );
  }
  if (lists !== undefined && filters !== undefined) {
    throw new TypeError(`${WHERE}: 'filters' go with 'request', or into each of the 'lists'`);
  }
  for (const [at, list] of (lists ?? [{ request, filters }]).entries()) {
    const where = lists === undefined ? WHERE : `${WHERE}: lists[${String(at)}]`;
    checkOptions(where, list, LIST);
    checkRequest(where, list.request);
    for (const [place, filter] of (list.filters ?? []).entries()) {
      checkFilter(`${where}: filters[${String(place)}]`, filter);
    }
  }
  checkOptions(`${WHERE}: walk`, walk, WALK);
  checkOptions(`${WHERE}: limit`, limit, LIMIT);
  if (limit !== undefined && !Object.hasOwn(limit, 'name')) {
    throw new TypeError(`${WHERE}: limit: it needs a 'name'`);
  }
  checkSink(sink);
}

function checkRequest(where: string, request: unknown): void {
  if (typeof request === 'string') {
    refuseCredentials(where, { url: request });
    return;
  }
  if (typeof request !== 'object' || request === null) {
    throw new TypeError(`${where}: expected a request or its URL, got ${describe(request)}`);
  }
  refuseCredentials(where, request);
}

function checkFilter(where: string, filter: RequestFilter): void {
  if (typeof filter !== 'object') {
    throw new TypeError(`${where}: expected an object, got ${describe(filter)}`);
  }
  checkOptions(where, filter, FILTER);
  refuseCredentials(where, filter);
}

function checkSink(sink: SinkDescription): void {
  const where = `${WHERE}: sink`;
  const kind = field(sink, 'kind');
  if (kind !== 'table' && kind !== 'files') {
    throw new TypeError(`${where}: expected the kind 'table' or 'files', got ${describe(kind)}`);
  }
  if (sink.kind === 'table') {
    const { table, numbered, schema, columns, extra, create, key, append, ...others } = sink;
    checkOptions(where, { ...others, numbered }, { kind: any, numbered: isFlag });
    postgresTable(table, { schema, columns, extra, create, key, append });
    return;
  }
  checkOptions(where, sink, {
    kind: any,
    folder: isQueueName,
    format: isOneOf('ndjson', 'csv'),
    gzip: isFlag,
    csv: any,
  });
  const { folder, format = 'ndjson', csv } = sink;
  if (isQueueName(folder) !== undefined) throw new TypeError(`${where}: it needs a 'folder'`);
  if (format === 'ndjson' && csv !== undefined) {
    throw new TypeError(`${where}: 'csv' goes with the format 'csv' only`);
  }
  if (format !== 'csv') return;
  csvFile('-', csv);
  // Each part would find columns of its own.
  if (csv?.columns === undefined)
    throw new TypeError(`${where}: the format 'csv' needs csv.columns`);
}
