import type { Terminal } from './progress-line';

/** Lines on a terminal that are drawn over again. */
export class LiveBlock {
  readonly #terminal: Terminal & { readonly rows?: number | undefined };
  #drawn = 0;

  constructor(terminal: Terminal & { readonly rows?: number | undefined }) {
    this.#terminal = terminal;
  }

  /** How many lines there is room for; one is left for the cursor. */
  get height(): number {
    const { rows = 0 } = this.#terminal;
    return Math.max(rows > 0 ? rows - 1 : 23, 3);
  }

  draw(lines: readonly string[]): void {
    const { columns = 0 } = this.#terminal;
    const width = (columns > 0 ? columns : 80) - 1;
    const shown = lines.slice(0, this.height).map((line) => line.slice(0, width));
    this.#terminal.write(`${this.#back()}${shown.map((line) => `${line}\n`).join('')}`);
    this.#drawn = shown.length;
  }

  /** Takes the lines away. */
  clear(): void {
    this.#terminal.write(this.#back());
    this.#drawn = 0;
  }

  #back(): string {
    return this.#drawn === 0 ? '' : `\x1b[${String(this.#drawn)}A\x1b[0J`;
  }
}
