import { writeSync } from 'node:fs';
import { numberPagination, paginate } from 'paged-observable';
import { exportTo, type Sink } from 'paged-observable/export';
import { fetchTransport } from 'paged-observable/fetch';

import { csvRows } from '../../lib/export/csv-rows';
import { fileSink } from '../../lib/export/file-sink';
import { jsonRows, ndjsonRows } from '../../lib/export/json-rows';
import { postgresSink } from '../../lib/export/postgres-sink';

/*
 * An export as a process of its own. It writes a line for every step that is done, and stops for ever, with nothing in its
 * way but SIGKILL, at the n-th of the step it is told: whoever reads that line knows that it was reached and not passed.
 */
export interface ExportJob {
  readonly url: string;
  readonly output: string;
  readonly sink: 'ndjson' | 'csv' | 'json' | 'gzip' | 'postgres';
  /** Of PostgreSQL. */
  readonly connection?: string | undefined;
  readonly prefetch: number;
  readonly concurrency?: number | undefined;
  readonly checkpoint: 'page' | number;
  readonly stopAt?: { readonly step: string; readonly count: number } | undefined;
}

const job = JSON.parse(process.argv[2] ?? '') as ExportJob;
const seen = new Map<string, number>();

function onStep(step: string): void {
  const count = (seen.get(step) ?? 0) + 1;
  seen.set(step, count);
  writeSync(1, `${step}\n`);
  const { stopAt } = job;
  if (stopAt === undefined || stopAt.step !== step || stopAt.count !== count) return;
  writeSync(1, 'stopped\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function sinkOf({ sink, output, connection }: ExportJob): Sink {
  switch (sink) {
    case 'ndjson':
      return fileSink(output, ndjsonRows, {}, onStep);
    case 'json':
      return fileSink(output, jsonRows, {}, onStep);
    case 'gzip':
      return fileSink(output, ndjsonRows, { gzip: true }, onStep);
    case 'csv':
      return fileSink(output, csvRows({}), {}, onStep);
    case 'postgres':
      return postgresSink(output, { connection, create: true }, onStep);
  }
}

const { url, prefetch, concurrency, checkpoint } = job;
const pagination = numberPagination({ items: '/rows', totalPages: '/pages' });
const rows = paginate(fetchTransport(), url, { pagination, prefetch, concurrency });
exportTo(rows, sinkOf(job), { resume: true, checkpoint }).subscribe({
  next: ({ type }) => {
    writeSync(1, `${type}\n`);
  },
  error: (error: unknown) => {
    writeSync(1, `error ${String(error)}\n`);
    process.exitCode = 1;
  },
});
