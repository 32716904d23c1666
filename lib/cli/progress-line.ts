/** The part of a terminal that is written to. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** How far a walk has come. */
export interface Reached {
  /** Items of this run. */
  readonly rows: number;
  readonly pages: number;
  /** Items of the list so far, those of resumed runs included, and of the whole list if known. */
  readonly items: number;
  readonly totalCount?: number | undefined;
}

const EVERY_MS = 200;
const CLEAR = '\r\x1b[2K';

/** One line on a terminal that tells how far a walk has come, and leaves nothing behind. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #read: () => Reached;
  readonly #text: typeof progressText;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #shown = false;

  /** @param read asked whenever the line is drawn */
  constructor(terminal: Terminal, read: () => Reached, text = progressText) {
    this.#terminal = terminal;
    this.#read = read;
    this.#text = text;
    if (terminal.isTTY !== true) return;
    this.#timer = setInterval(() => {
      this.draw();
    }, EVERY_MS).unref();
  }

  draw(): void {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    // A terminal without a size says 0.
    const { columns = 0 } = this.#terminal;
    const width = columns > 0 ? columns : 80;
    // One column is left free, or some terminals go on to the next line.
    this.#terminal.write(CLEAR + this.#text(this.#read(), seconds).slice(0, width - 1));
    this.#shown = true;
  }

  /** Takes the line away, until it is drawn again: to be called before something else is written. */
  clear(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#terminal.write(CLEAR);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.clear();
  }
}

export function progressText({ rows, pages, items, totalCount }: Reached, seconds: number): string {
  const rate = seconds > 0 ? Math.round(rows / seconds) : 0;
  const parts = [counted(rows, 'item'), counted(pages, 'page'), `${inGroups(rate)} items/s`];
  if (totalCount !== undefined && totalCount > 0) {
    const percent = Math.min(100, Math.floor((items / totalCount) * 100));
    parts.push(`${String(percent)} % of ${inGroups(totalCount)}`);
  }
  return parts.join('  ');
}

export function counted(count: number, noun: string): string {
  return `${inGroups(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function inGroups(count: number): string {
  return count.toLocaleString('en-US');
}
