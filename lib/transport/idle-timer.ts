import { PaginationError } from '../core/pagination-error';

/** Bounds the pauses of a body: every byte that comes starts the time anew. */
export class IdleTimer {
  readonly #ms: number;
  readonly #abort: (error: PaginationError) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Set once the time was up. */
  error: PaginationError | undefined;

  /** @param abort ends the request; what it then throws gives way to `error` */
  constructor(ms: number, abort: (error: PaginationError) => void) {
    this.#ms = ms;
    this.#abort = abort;
  }

  /**
   * Bytes came, or the headers did.
   * @param late milliseconds by which that may be told too late
   */
  restart(late = 0): void {
    this.stop();
    const ms = this.#ms + late;
    if (ms > LONGEST_TIMER) return;
    this.#timer = setTimeout(() => {
      this.error = new PaginationError('TIMEOUT', `The body paused for ${String(ms)} ms`);
      this.#abort(this.error);
    }, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

const LONGEST_TIMER = 2 ** 31 - 1;
