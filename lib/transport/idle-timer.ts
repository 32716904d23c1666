import { PaginationError } from '../core/pagination-error';

/** Bounds the pauses of a body: every byte that comes starts the time anew. */
export class IdleTimer {
  readonly #ms: number;
  readonly #abort: (error: PaginationError) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds that it was started for. */
  #running: number | undefined;
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
    const ms = this.#ms + late;
    if (ms === this.#running && canBeginAgain(this.#timer)) {
      this.#timer.refresh();
      return;
    }
    this.stop();
    if (ms > LONGEST_TIMER) return;
    this.#running = ms;
    this.#timer = setTimeout(() => {
      this.error = new PaginationError('TIMEOUT', `The body paused for ${String(ms)} ms`);
      this.#abort(this.error);
    }, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined; // refreshed, it would run again
  }
}

const LONGEST_TIMER = 2 ** 31 - 1;

/** Timers of Node can begin anew, which costs less than another one; those of browsers are numbers. */
function canBeginAgain(timer: unknown): timer is { refresh(): unknown } {
  return typeof timer === 'object' && timer !== null && 'refresh' in timer;
}
