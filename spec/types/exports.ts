import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { cursorPagination, paginate, type PaginationError } from 'paged-observable';
import {
  csvFile,
  exportTo,
  ndjsonFile,
  outputIn,
  postgresTable,
  sinkConformance,
  stdout,
  writable,
  type Checkpoint,
  type ConformanceRow,
  type ExportEvent,
  type ExportProgress,
  type ExportSummary,
  type Sink,
  type SinkSession,
  type SinkStart,
} from 'paged-observable/export';

import { read, transport, type User } from './fixtures';

/* What an export takes and tells, and what a sink is, judged by tsc. */

const users = paginate<User>(transport, '/users', { pagination: cursorPagination() });
declare const userSink: Sink<User>;
declare const idSink: Sink<string>;
declare const anySink: Sink;

// The rows of a list go into a sink that takes such rows, or any.
expectTypeOf(exportTo(users, userSink)).toEqualTypeOf<Observable<ExportEvent>>();
expectTypeOf(exportTo(users, anySink)).toEqualTypeOf<Observable<ExportEvent>>();
exportTo(users, userSink, { resume: true, overwrite: false, checkpoint: 'page' });
exportTo(users, anySink, { checkpoint: 10_000, signal: new AbortController().signal });
exportTo(users, anySink, { checkpoint: false, select: undefined });
// @ts-expect-error -- a user is no text
exportTo(users, idSink);
// @ts-expect-error -- a file name is no sink
exportTo(users, 'users.ndjson');
// @ts-expect-error -- there is no such option
exportTo(users, userSink, { resumes: true });
// @ts-expect-error -- a checkpoint comes after a page or after so many rows
exportTo(users, userSink, { checkpoint: 'row' });

// What is selected is what the sink takes.
exportTo(users, idSink, {
  select: (user) => {
    expectTypeOf(user).toEqualTypeOf<User>();
    return user.id;
  },
});
exportTo(users, anySink, { select: '/id' });
// @ts-expect-error -- an array of names is no row of that sink
exportTo(users, idSink, { select: (user) => [user.name] });

// Events are told apart by their type.
exportTo(users, anySink).subscribe((event) => {
  if (event.type === 'summary') {
    expectTypeOf(event).toEqualTypeOf<ExportSummary>();
    expectTypeOf(event.resumed).toEqualTypeOf<boolean>();
  } else {
    expectTypeOf(event).toEqualTypeOf<ExportProgress>();
    expectTypeOf(event.totalCount).toEqualTypeOf<number | undefined>();
    // @ts-expect-error -- known only in the end
    read(event.requests);
  }
});

// Sinks at hand take any rows.
expectTypeOf(ndjsonFile('users.ndjson', { gzip: true })).toEqualTypeOf<Sink>();
expectTypeOf(csvFile('users.csv', { columns: ['id'], extra: 'collect' })).toEqualTypeOf<Sink>();
expectTypeOf(
  postgresTable('users', { columns: { id: 'text' }, key: ['id'] }),
).toEqualTypeOf<Sink>();
expectTypeOf(stdout({ format: 'csv' })).toEqualTypeOf<Sink>();
expectTypeOf(writable(process.stderr, { end: false })).toEqualTypeOf<Sink>();
expectTypeOf(outputIn('folder', 'name')).toEqualTypeOf<string>();
// @ts-expect-error -- columns go with CSV
ndjsonFile('users.ndjson', { columns: ['id'] });
// @ts-expect-error -- no delimiter of CSV
csvFile('users.csv', { delimiter: ':' });
// @ts-expect-error -- standard output is never ended
stdout({ end: true });

// A sink of one's own: what may be left out, and what may not.
const nothing = () => Promise.resolve();
const session: SinkSession<User> = {
  begin: (start) => {
    expectTypeOf(start).toEqualTypeOf<SinkStart>();
    expectTypeOf(start.mode).toEqualTypeOf<'new' | 'overwrite' | 'resume'>();
    return nothing();
  },
  write: (rows) => {
    expectTypeOf(rows).toEqualTypeOf<readonly User[]>();
    return nothing();
  },
  commit: (checkpoint) => {
    expectTypeOf(checkpoint).toEqualTypeOf<Checkpoint>();
    return nothing();
  },
  finish: nothing,
  close: nothing,
};
expectTypeOf(session.damage).toEqualTypeOf<PaginationError | undefined>();
const own: Sink<User> = {
  name: 'own',
  settings: {},
  resumable: true,
  open: () => Promise.resolve(session),
};
exportTo(users, own);
// @ts-expect-error -- who commits must finish
const unfinished: SinkSession = { begin: nothing, write: nothing, commit: nothing, close: nothing };
// @ts-expect-error -- it must say whether it can be resumed
const unsaid: Sink = { name: 'own', settings: {}, open: () => Promise.resolve(unfinished) };
// @ts-expect-error -- sessions come later
const early: Sink<User> = { name: 'own', settings: {}, resumable: true, open: () => session };
// @ts-expect-error -- a sink of users takes no other rows
const wider: Sink = own;
// A sink of anything takes users.
const narrower: Sink<User> = anySink;
read([unsaid, early, wider, narrower]);

// The suite runs on a sink of its own rows.
declare const conformanceSink: Sink<ConformanceRow>;
sinkConformance(() =>
  Promise.resolve({ sink: () => conformanceSink, rows: () => Promise.resolve([]) }),
);
// @ts-expect-error -- its rows are no users
sinkConformance(() => Promise.resolve({ sink: () => own, rows: () => Promise.resolve([]) }));
