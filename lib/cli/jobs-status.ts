import { setTimeout as sleep } from 'node:timers/promises';

import type { ExportQueue, ExportStatus, PartState } from '../queue';

import { EXIT } from './exit-codes';
import type { Around } from './export-list';
import type { JobsStatusFlags } from './jobs-flags';
import { LiveBlock } from './live-block';
import { exportLine, exportLines, partLines, type PartView } from './parts-table';
import { RateMeter } from './rate-meter';

/** Between two looks, in milliseconds. */
const LOOK_EVERY = 500;
/** Between two lines where nobody looks on, in milliseconds. */
const LINE_EVERY = 10_000;
/** What is shown first where there is no room for all parts. */
const FIRST: readonly PartState[] = ['failed', 'running', 'waiting', 'cancelled', 'done'];

const ENDED: readonly ExportStatus['state'][] = ['done', 'failed', 'cancelled'];

/** Lines for all exports. */
export async function listExports(
  queue: ExportQueue,
  { json = false }: JobsStatusFlags,
  { output }: Around,
): Promise<number> {
  const all = await queue.list();
  for (const status of all) output.line(json ? JSON.stringify(status) : exportLine(status));
  if (all.length === 0 && !json) output.line('no exports');
  return EXIT.done;
}

/**
 * How far an export is and each of its parts: once, or until it ends with `wait`, and on a terminal. A failed or cancelled
 * export that was waited for is exit code 1.
 */
export async function showStatus(
  queue: ExportQueue,
  id: string,
  flags: JobsStatusFlags,
  around: Around,
): Promise<number> {
  const { json = false, wait = false, once = false } = flags;
  const { output, messages, interrupts } = around;
  const isLive = process.stdout.isTTY && !json && !once;
  const view = new StatusView(queue, id);
  const live = isLive ? new LiveBlock(process.stdout) : undefined;
  let told = performance.now();
  for (;;) {
    const seen = await view.look();
    if (seen === undefined) {
      messages.line(`paged-observable: there is no export of the name ${id}`);
      return EXIT.failed;
    }
    const isOver = ENDED.includes(seen.status.state);
    const goesOn = (wait || isLive) && !isOver && !interrupts.signal.aborted;
    if (!goesOn) {
      live?.clear();
      for (const line of json ? jsonLines(seen) : textLines(seen)) output.line(line);
      if (interrupts.exitCode !== undefined) return interrupts.exitCode;
      return wait && seen.status.state !== 'done' ? EXIT.failed : EXIT.done;
    }
    if (live !== undefined) {
      live.draw(shortened(seen, live));
    } else if (performance.now() - told >= LINE_EVERY) {
      told = performance.now();
      output.line(json ? JSON.stringify(seen.status) : exportLine(seen.status, seen.rate));
      output.flush();
    }
    await sleep(LOOK_EVERY, undefined, { signal: interrupts.signal }).catch(() => undefined);
  }
}

interface Seen {
  readonly status: ExportStatus;
  readonly parts: readonly PartView[];
  readonly rate: number | undefined;
}

/** An export that is looked at again and again. */
class StatusView {
  readonly #queue: ExportQueue;
  readonly #id: string;
  readonly #meter = new RateMeter();

  constructor(queue: ExportQueue, id: string) {
    this.#queue = queue;
    this.#id = id;
  }

  async look(): Promise<Seen | undefined> {
    const status = await this.#queue.status(this.#id);
    if (status === undefined) return undefined;
    const parts = await this.#queue.parts(this.#id);
    const at = performance.now();
    return {
      status,
      rate: this.#meter.rate('', status.rows, at),
      parts: parts.map((part) => {
        const { index, rows, startedAt, changedAt } = part;
        const ran = (changedAt.getTime() - (startedAt ?? changedAt).getTime()) / 1000;
        // At the first look its whole time is all there is to go by.
        const rate =
          this.#meter.rate(String(index), rows, at) ?? (ran > 0 ? rows / ran : undefined);
        return { ...part, rate };
      }),
    };
  }
}

function textLines({ status, parts, rate }: Seen): readonly string[] {
  return [exportLine(status, rate), ...partLines(parts)];
}

function jsonLines({ status, parts }: Seen): readonly string[] {
  return [status, ...parts].map((value) => JSON.stringify(value));
}

/** As many parts as there is room for, those first that say most; in the order of the plan. */
function shortened(
  { status, parts, rate }: Seen,
  { height, width }: Pick<LiveBlock, 'height' | 'width'>,
): readonly string[] {
  const head = exportLines(status, rate, width);
  // Besides them the heads of the columns, and how many more there are.
  const room = Math.max(height - head.length - 2, 1);
  if (parts.length <= room + 1) return [...head, ...partLines(parts, width)];
  const chosen = FIRST.flatMap((state) => parts.filter((part) => part.state === state))
    .slice(0, room)
    .sort((a, b) => a.index - b.index);
  const more = parts.length - chosen.length;
  return [...head, ...partLines(chosen, width), `and ${String(more)} parts more`];
}
