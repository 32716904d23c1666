import type { Terminal } from './progress-line';
import { cutToWidth, textWidth } from './text-width';

/** Lines on a terminal that are drawn over again. */
export class LiveBlock {
  readonly #terminal: Terminal & { readonly rows?: number | undefined };
  #drawn: readonly string[] = [];

  constructor(terminal: Terminal & { readonly rows?: number | undefined }) {
    this.#terminal = terminal;
  }

  /** How many lines there is room for; one is left for the cursor. */
  get height(): number {
    const { rows = 0 } = this.#terminal;
    return Math.max(rows > 0 ? rows - 1 : 23, 3);
  }

  /** Columns of a line; one is left free, or some terminals go on to the next line. */
  get width(): number {
    return this.#columns - 1;
  }

  draw(lines: readonly string[]): void {
    const { width } = this;
    const shown = lines.slice(0, this.height).map((line) => cutToWidth(line, width));
    this.#terminal.write(`${this.#back()}${shown.map((line) => `${line}\n`).join('')}`);
    this.#drawn = shown;
  }

  /** Takes the lines away. */
  clear(): void {
    this.#terminal.write(this.#back());
    this.#drawn = [];
  }

  /** A terminal without a size says 0. */
  get #columns(): number {
    const { columns = 0 } = this.#terminal;
    return columns > 1 ? columns : 80;
  }

  /** A window that was made narrower since breaks the lines that were drawn. */
  #back(): string {
    const columns = this.#columns;
    const rows = this.#drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / columns)),
      0,
    );
    return rows === 0 ? '' : `\x1b[${String(rows)}A\x1b[0J`;
  }
}
