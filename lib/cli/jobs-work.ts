import { startWorker, type ExportEnded, type UnservedParts, type WorkerEvent } from '../queue';

import { withoutCode } from './error-line';
import { EXIT } from './exit-codes';
import type { Around } from './export-list';
import { jobPlaces, type JobPlaces } from './job-places';
import type { JobsWorkFlags } from './jobs-flags';
import { counted } from './progress-line';
import { asOneLine, visibleText } from './visible-text';

/** Works until it is stopped, or with `untilDone` until nothing is left to do. An export that ended as failed is exit code 1. */
export async function work(flags: JobsWorkFlags, around: Around): Promise<number> {
  const { output, messages, interrupts } = around;
  const { json = false, quiet = false, concurrency, lease, untilDone, name } = flags;
  const places = await jobPlaces(flags);
  let waiting: readonly UnservedParts[] = [];
  const failed: string[] = [];
  const tell = (event: WorkerEvent): void => {
    if (event.type === 'parts-unserved') waiting = event.waiting;
    if (hasEndedBadly(event)) failed.push(event.export);
    if (json) {
      if (event.type !== 'part-walk') output.line(JSON.stringify(event));
      output.flush();
      return;
    }
    // What the exit code speaks of is told in any case.
    const isTold = !quiet || event.type === 'parts-unserved' || hasEndedBadly(event);
    for (const line of isTold ? linesOf(event, places) : [])
      messages.line(`paged-observable: ${visibleText(line)}`);
    messages.flush();
  };
  const worker = await startWorker({
    ...places,
    ...{ concurrency, lease, untilDone, name },
    signal: interrupts.signal,
    events: { next: tell },
  });
  await worker.done;
  if (interrupts.exitCode !== undefined) return interrupts.exitCode;
  if (failed.length > 0) return EXIT.failed;
  // What it was to do is not done, and may never be.
  return waiting.length > 0 ? EXIT.tryLater : EXIT.done;
}

function hasEndedBadly(event: WorkerEvent): event is ExportEnded {
  return event.type === 'export-ended' && event.state === 'failed';
}

function linesOf(event: WorkerEvent, places: JobPlaces): readonly string[] {
  if (event.type === 'parts-unserved') return event.waiting.map((one) => unservedLine(one, places));
  const line = lineOf(event);
  return line === undefined ? [] : [line];
}

/** What this worker would have to be given. */
function unservedLine(of: UnservedParts, { transports, sinks }: JobPlaces): string {
  const { exports, parts, transport, folder } = of;
  const needs = [
    ...(Object.hasOwn(transports, transport)
      ? []
      : [
          `the transport ${transport} (--transport ${transport} --base-url URL, and its credentials with -H or --header-file)`,
        ]),
    ...(folder === undefined || Object.hasOwn(sinks, folder)
      ? []
      : [`the folder ${folder} (--folder ${folder}=PATH)`]),
  ];
  const names = exports.slice(0, 3).join(', ') + (exports.length > 3 ? ' and others' : '');
  const wait = parts === 1 ? 'waits' : 'wait';
  return `${counted(parts, 'part')} of ${names} ${wait} for a worker with ${needs.join(' and ')}`;
}

/** What a person wants to read of what happens; pages come too often for that. */
function lineOf(event: WorkerEvent): string | undefined {
  switch (event.type) {
    case 'part-started': {
      const { rows } = event;
      return `${partOf(event)} begun${rows > 0 ? ` again after ${counted(rows, 'row')}` : ''}`;
    }
    case 'part-done':
      return `${partOf(event)} done: ${counted(event.rows, 'row')}, ${counted(event.pages, 'page')}`;
    case 'part-failed': {
      const { error, setAside, tries, waitMs } = event;
      const next = setAside
        ? `set aside after ${counted(tries, 'try').replace(/trys$/, 'tries')}`
        : `tried again${waitMs === undefined ? '' : ` in ${String(Math.ceil(waitMs / 1000))} s`}`;
      return `${partOf(event)} ${next}: ${error.code}: ${asOneLine(withoutCode(error.message))}`;
    }
    case 'part-left':
      return `${partOf(event)} left: ${event.reason}`;
    case 'part-drift':
      return `${partOf(event)}: ${event.message}`;
    case 'parts-freed':
      return `${counted(event.parts.length, 'part')} of workers that were not heard of in the queue again`;
    case 'export-ended':
      return `${event.export} ${event.state}: ${counted(event.rows, 'row')}`;
    case 'database': {
      const why = event.message === undefined ? '' : `: ${asOneLine(event.message)}`;
      return event.state === 'lost' ? `the database is away${why}` : 'the database is back';
    }
    case 'part-page':
    case 'parts-unserved':
    case 'part-walk':
    case 'worker-stopped':
      return undefined;
  }
}

function partOf(event: { readonly export: string; readonly part: number }): string {
  return `part ${String(event.part)} of ${event.export}`;
}
