import type { Command } from 'commander';

import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { isPaginationError } from '../core/pagination-error';
import { exportTo, type ExportOptions, type ExportSummary } from '../export';
import { isPointer } from '../strategy/selector';

import type { Failed } from './advice';
import { databaseAdvice } from './database-advice';
import { errorLine } from './error-line';
import { EXIT, exitCodeOf } from './exit-codes';
import type { ExportFlags } from './export-flags';
import { ExportProgressBar, spanOf } from './export-progress';
import { sinkOf } from './export-sink';
import { goOnCommand } from './go-on-command';
import type { Interrupts } from './interrupts';
import type { Output } from './output';
import { counted, inGroups } from './progress-line';
import { UsageMistake } from './usage-mistake';
import { visibleText } from './visible-text';
import { outputEnding } from './walk-ending';
import { preparedWalk } from './walk-list';

/** What the command says where the walk's own advice does not fit. */
const ADVICE = {
  CHECKPOINT_MISMATCH:
    '--resume goes on with the options of the run before, --overwrite begins anew',
  CHECKPOINT_CORRUPT: '--overwrite begins anew',
  LOCKED: 'wait until the other process is done',
};

const OF_ROWS =
  '--extra ignore leaves such fields out; to keep them, begin anew with --overwrite and --columns or --extra collect';

/** Where a document says which items there are. */
const OF_COLUMNS = `${OF_ROWS}; check what the document says of the items`;

/** Where the command speaks, and how it is stopped. */
export interface Around {
  readonly output: Output;
  readonly messages: Output;
  readonly interrupts: Interrupts;
}

/** Exports a list; gives the exit code once all is said. */
export async function exportList(
  url: string,
  flags: ExportFlags,
  command: Command,
  around: Around,
): Promise<number> {
  const { output, messages, interrupts } = around;
  const { resume = false, overwrite = false, checkpointEvery, select, quiet = false } = flags;
  if (select !== undefined && isPointer(select) !== undefined) {
    throw new UsageMistake('--select: expected a JSON pointer such as /id');
  }
  if (!flags.checkpoint && (resume || checkpointEvery !== undefined)) {
    throw new UsageMistake('--no-checkpoint does not go with --resume and --checkpoint-every');
  }
  const sink = sinkOf(flags);
  let reply: PageReply | undefined;
  const { request, paged } = await preparedWalk(
    url,
    { ...flags, resume: undefined },
    {},
    (latest) => {
      reply = latest;
    },
  );
  const { signal } = interrupts;
  const checkpoint: ExportOptions['checkpoint'] = flags.checkpoint
    ? (checkpointEvery ?? 'page')
    : false;
  const options = { resume, overwrite, checkpoint, signal };
  const events =
    select === undefined
      ? exportTo(paged, sink, options)
      : exportTo(paged, sink, { ...options, select });

  const progress = quiet ? undefined : new ExportProgressBar(process.stderr);
  messages.beforeWrite = () => progress?.clear();
  let summary: ExportSummary | undefined;
  try {
    await events.forEach((event) => {
      if (event.type === 'summary') summary = event;
      else progress?.move(event);
    });
    progress?.stop();
  } catch (error) {
    progress?.stop();
    const failed = { strategy: flags.strategy, flags, reply, advice: adviceFor(error, flags) };
    const line = `paged-observable: ${errorLine(error, request, failed)}`;
    return failure(error, line, { request, url, flags, command }, around);
  }
  if (summary !== undefined) tell(summary, flags, output, messages);
  return interrupts.exitCode ?? EXIT.done;
}

function adviceFor(error: unknown, flags: ExportFlags): Failed['advice'] {
  const { openapi, table, create } = flags;
  const ofTable = table === undefined ? undefined : databaseAdvice(error, { create });
  return {
    ...ADVICE,
    ...(isOfRow(error) && { BAD_SHAPE: openapi === undefined ? OF_ROWS : OF_COLUMNS }),
    ...(ofTable !== undefined && { SINK: ofTable }),
  };
}

/** Of a row that the output cannot take, and not of a page. */
function isOfRow(error: unknown): boolean {
  return isPaginationError(error) && error.code === 'BAD_SHAPE' && error.request === undefined;
}

interface Asked {
  readonly request: PageRequest;
  readonly url: string;
  readonly flags: ExportFlags;
  readonly command: Command;
}

function failure(
  error: unknown,
  line: string,
  { url, flags, command }: Asked,
  { output, messages, interrupts }: Around,
): number {
  const code = isPaginationError(error) ? error.code : undefined;
  const isToStdout = flags.out === '-';
  if (isToStdout && output.failure !== undefined) {
    const ending = outputEnding(output.failure);
    for (const said of ending.lines) messages.line(said);
    return ending.exitCode;
  }
  const isInterrupted = interrupts.exitCode !== undefined && code === 'ABORTED';
  if (!isInterrupted) messages.line(line);
  // Before its first row there is nothing to go on from: the same command begins anew.
  const goesOn =
    isPaginationError(error) && error.itemsEmitted > 0 && !isToStdout && flags.checkpoint;
  if (goesOn) {
    const why = isInterrupted ? 'interrupted' : 'stopped';
    const isStrict = isOfRow(error) && flags.extra !== 'ignore';
    const next = `${goOnCommand(command, url, undefined, { atLimit: false })}${isStrict ? ' --extra ignore' : ''}`;
    const blanks = next.includes('***') ? ' (with your own values for ***)' : '';
    const safe = counted(error.itemsEmitted, 'row');
    messages.line(
      `paged-observable: ${why} with ${safe} safe; to go on${isStrict ? ' without such fields' : ''}${blanks}:`,
    );
    messages.line(`  ${next}`);
  } else if (isInterrupted) {
    const written = isToStdout || !flags.checkpoint;
    messages.line(
      `paged-observable: interrupted${written ? '; what was written is not whole' : ' before the first row'}`,
    );
  }
  if (interrupts.exitCode !== undefined) return interrupts.exitCode;
  return code === undefined ? EXIT.failed : exitCodeOf(code);
}

function tell(summary: ExportSummary, flags: ExportFlags, output: Output, messages: Output): void {
  if (flags.json === true) {
    (flags.out === '-' ? messages : output).line(JSON.stringify(summary));
    return;
  }
  if (flags.quiet === true) return;
  messages.line(`paged-observable: ${visibleText(sentence(summary))}`);
}

function sentence(summary: ExportSummary): string {
  const { rows, newRows, pages, elapsedMs, endReason, resumed, requests } = summary;
  const to = summary.output;
  const all = `${counted(rows, 'row')}, ${counted(pages, 'page')}`;
  const atLimit = endReason === 'limit' ? ', up to the limit' : '';
  if (resumed && requests === 0) return `${to} was finished before: ${all}${atLimit}`;
  const seconds = elapsedMs / 1000;
  const rate = inGroups(Math.round(newRows / Math.max(seconds, 0.001)));
  const ofThem = resumed ? `, ${inGroups(newRows)} of them now` : '';
  return `exported ${all}${atLimit}${ofThem}, to ${to} in ${spanOf(seconds)} (${rate} rows/s)`;
}
