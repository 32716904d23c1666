import type { Writable } from 'node:stream';

/** Lines are handed on in pieces of this size, in characters: one system call for many lines. */
const PIECE = 64 * 1024;

/** Standard output with backpressure: who writes asks `isBehind` first and waits for `ready`. */
export class Output {
  /** What the stream failed with: `EPIPE` when its reader has gone. */
  failure: NodeJS.ErrnoException | undefined;
  /** Called before anything is written: a progress line on the same terminal must be out of the way. */
  beforeWrite: (() => void) | undefined;
  readonly #stream: Writable;
  #pending = '';
  #waiting: (() => void)[] = [];

  constructor(stream: Writable, failed: () => void = () => undefined) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (this.failure !== undefined) return;
      this.failure = error;
      this.#wake();
      failed();
    });
    stream.on('drain', () => {
      this.#wake();
    });
  }

  get isBehind(): boolean {
    return this.failure === undefined && this.#stream.writableNeedDrain;
  }

  /** Resolves when the reader has caught up, or is gone. */
  ready(): Promise<void> {
    if (!this.isBehind) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  line(text: string): void {
    this.text(`${text}\n`);
  }

  text(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= PIECE) this.flush();
  }

  /** Hands on what has been gathered. */
  flush(): void {
    const text = this.#pending;
    this.#pending = '';
    if (text === '' || this.failure !== undefined) return;
    this.beforeWrite?.();
    this.#stream.write(text);
  }

  /** Resolves when every byte has left the process, or cannot. */
  async end(): Promise<void> {
    this.flush();
    if (this.failure !== undefined) return;
    // The callback of a write comes after those of all earlier ones, and also when the stream fails.
    await new Promise<void>((resolve) => {
      this.#stream.write('', () => {
        resolve();
      });
    });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
