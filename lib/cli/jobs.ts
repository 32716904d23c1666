import { isPaginationError } from '../core/pagination-error';
import { openQueue, type ExportQueue } from '../queue';

import { errorLine } from './error-line';
import { EXIT, exitCodeOf } from './exit-codes';
import type { Around } from './export-list';
import { jobPlaces } from './job-places';
import { describedBy } from './jobs-description';
import type { JobsMergeFlags, JobsRetryFlags, JobsStartFlags, JobsStatusFlags } from './jobs-flags';
import { mergeExport } from './jobs-merge';
import { listExports, showStatus } from './jobs-status';
import { exportLine } from './parts-table';
import { counted } from './progress-line';
import { UsageMistake } from './usage-mistake';
import { visibleText } from './visible-text';

export { work } from './jobs-work';

const ADVICE = {
  PROTOCOL: 'say how the list is paged with --pagination, --dialect or --x-pagination',
  CHECKPOINT_MISMATCH: 'give it another --id',
};

/** Plans an export and puts it into the queue; once more for the same one changes nothing. */
export async function start(list: string, flags: JobsStartFlags, around: Around): Promise<number> {
  const { id, description } = describedBy(list, flags);
  const { transports } = await jobPlaces(flags);
  return withQueue(async (queue) => {
    const { partitions } = flags;
    const { output, messages } = around;
    try {
      const status = await asUsage(() => queue.start(description, { id, partitions, transports }));
      const { notes } = status;
      for (const note of notes) messages.line(`paged-observable: ${visibleText(note)}`);
      output.line(flags.json === true ? JSON.stringify(status) : exportLine(status));
      return EXIT.done;
    } catch (error) {
      if (!isPaginationError(error)) throw error;
      // Of the request that asks for a list's total.
      const failed = { strategy: undefined, flags: {}, reply: undefined, advice: ADVICE };
      const line = errorLine(error, error.request ?? { url: '' }, failed);
      messages.line(`paged-observable: ${line}`);
      return exitCodeOf(error.code);
    }
  });
}

export async function status(
  id: string | undefined,
  flags: JobsStatusFlags,
  around: Around,
): Promise<number> {
  if (id === undefined && flags.wait === true) {
    throw new UsageMistake('--wait goes with the name of an export');
  }
  return withQueue((queue) =>
    id === undefined ? listExports(queue, flags, around) : showStatus(queue, id, flags, around),
  );
}

export async function retry(id: string, flags: JobsRetryFlags, around: Around): Promise<number> {
  return withQueue(async (queue) => {
    if ((await queue.status(id)) === undefined) return missing(id, around);
    const count = await asUsage(() => queue.retry(id, flags.part));
    around.output.line(`${visibleText(id)}: ${counted(count, 'part')} in the queue again`);
    return EXIT.done;
  });
}

export async function cancel(id: string, around: Around): Promise<number> {
  return withQueue(async (queue) => {
    const ended = await queue.cancel(id);
    if (ended === undefined) return missing(id, around);
    around.output.line(exportLine(ended));
    return EXIT.done;
  });
}

export async function remove(id: string, around: Around): Promise<number> {
  return withQueue(async (queue) => {
    const found = await queue.status(id);
    if (found === undefined) return missing(id, around);
    const isGone = await queue.remove(id);
    const name = visibleText(id);
    if (isGone) {
      around.output.line(`${name}: forgotten; its rows and files stay`);
      return EXIT.done;
    }
    const why =
      found.parts.running > 0
        ? `${name} has parts that workers are at; cancel it, and try again when they have stopped`
        : `${name} is running; cancel it first`;
    around.messages.line(`paged-observable: ${why}`);
    return EXIT.tryLater;
  });
}

export async function merge(id: string, flags: JobsMergeFlags, around: Around): Promise<number> {
  return withQueue(async (queue) => {
    const found = await queue.status(id);
    return found === undefined ? missing(id, around) : mergeExport(queue, found, flags, around);
  });
}

async function withQueue(use: (queue: ExportQueue) => Promise<number>): Promise<number> {
  const queue = await openQueue();
  try {
    return await use(queue);
  } finally {
    await queue.close();
  }
}

function missing(id: string, { messages }: Around): number {
  messages.line(`paged-observable: there is no export of the name ${visibleText(id)}`);
  return EXIT.failed;
}

/** What is wrong with a description is a mistake of who gave it. */
/** The queue names its arguments as code does. */
function onCommandLine(message: string): string {
  return message
    .replace(/^retry: /, '--part: ')
    .replace(
      /^planExport: (.*): 'transports' has no (.+)$/,
      '$1: there is no transport $2 here; set one up with --transport $2 and --base-url, with --config, or in the environment',
    );
}

async function asUsage<R>(act: () => Promise<R>): Promise<R> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageMistake(onCommandLine(error.message));
  }
}
