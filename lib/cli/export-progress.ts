import type { ExportProgress } from '../export';

import { counted, inGroups, ProgressLine, type Reached, type Terminal } from './progress-line';

const BAR = 20;
/** Between two lines where nobody looks on, in milliseconds. */
const LINE_EVERY = 10_000;

/** Tells how far an export has come: a bar on a terminal, else a line now and then. */
export class ExportProgressBar {
  readonly #terminal: Terminal;
  readonly #line: ProgressLine;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #reached: Reached | undefined;

  constructor(terminal: Terminal, every = LINE_EVERY) {
    this.#terminal = terminal;
    const nothing = { rows: 0, pages: 0, items: 0 };
    this.#line = new ProgressLine(terminal, () => this.#reached ?? nothing, barText);
    if (terminal.isTTY === true) return;
    this.#timer = setInterval(() => {
      this.#tell();
    }, every).unref();
  }

  move({ newRows, pages, rows, totalCount }: ExportProgress): void {
    this.#reached = { rows: newRows, pages, items: rows, totalCount };
  }

  /** Before something else is written. */
  clear(): void {
    this.#line.clear();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#line.stop();
  }

  #tell(): void {
    if (this.#reached === undefined) return;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    this.#terminal.write(`paged-observable: ${partsOf(this.#reached, seconds).join(', ')}\n`);
  }
}

/** With a bar where the total is known. */
export function barText(reached: Reached, seconds: number): string {
  const parts = partsOf(reached, seconds).join('  ');
  const { items, totalCount } = reached;
  if (totalCount === undefined || totalCount <= 0) return parts;
  const full = Math.floor(Math.min(1, items / totalCount) * BAR);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${parts}`;
}

/** Rows and pages of the output, the rate of this run, and where the total is known the time left at that rate. */
function partsOf({ rows, pages, items, totalCount }: Reached, seconds: number): readonly string[] {
  const rate = seconds > 0 ? rows / seconds : 0;
  const parts = [
    counted(items, 'row'),
    counted(pages, 'page'),
    `${inGroups(Math.round(rate))} rows/s`,
  ];
  if (totalCount === undefined || totalCount <= 0) return parts;
  const percent = Math.min(100, Math.floor((items / totalCount) * 100));
  parts.push(`${String(percent)} % of ${inGroups(totalCount)}`);
  if (rate > 0 && items < totalCount) parts.push(`${spanOf((totalCount - items) / rate)} left`);
  return parts;
}

/** Seconds as a person says them. */
export function spanOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0
    ? `${String(hours)} h ${String(minutes)} min`
    : `${String(minutes)} min ${String(whole % 60)} s`;
}
