import { startWorker, type WorkerEvent } from '../queue';

import { EXIT } from './exit-codes';
import type { Around } from './export-list';
import { jobPlaces } from './job-places';
import type { JobsWorkFlags } from './jobs-flags';
import { counted } from './progress-line';
import { visibleText } from './visible-text';

/** After a signal, in milliseconds, until pages that do not end are given up; their leases run out. */
const GRACE = 4500;

/** Works until it is stopped, or with `untilDone` until nothing is left to do. */
export async function work(flags: JobsWorkFlags, around: Around): Promise<number> {
  const { output, messages, interrupts } = around;
  const { json = false, quiet = false, concurrency, lease, untilDone, name } = flags;
  const { transports, sinks } = await jobPlaces(flags);
  interrupts.signal.addEventListener('abort', () => {
    setTimeout(() => process.exit(interrupts.exitCode ?? EXIT.readerGone), GRACE).unref();
  });
  const tell = (event: WorkerEvent): void => {
    if (json) {
      if (event.type !== 'part-walk') output.line(JSON.stringify(event));
      output.flush();
      return;
    }
    const line = quiet ? undefined : lineOf(event);
    if (line !== undefined) messages.line(`paged-observable: ${visibleText(line)}`);
    messages.flush();
  };
  const worker = await startWorker({
    ...{ transports, sinks, concurrency, lease, untilDone, name },
    signal: interrupts.signal,
    events: { next: tell },
  });
  await worker.done;
  return interrupts.exitCode ?? EXIT.done;
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
      return `${partOf(event)} ${next}: ${error.code}: ${error.message}`;
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
      const why = event.message === undefined ? '' : `: ${event.message}`;
      return event.state === 'lost' ? `the database is away${why}` : 'the database is back';
    }
    case 'part-page':
    case 'part-walk':
    case 'worker-stopped':
      return undefined;
  }
}

function partOf(event: { readonly export: string; readonly part: number }): string {
  return `part ${String(event.part)} of ${event.export}`;
}
