import { setTimeout as sleep } from 'node:timers/promises';

import { cleanedCause } from '../core/cleaned-cause';

import { isConnectionLoss } from './connection-loss';
import type { DatabaseEvent } from './worker-event';

/** Milliseconds between two tries. */
const PAUSE = 200;

/** Does what a database is needed for, again where its connection broke; tells once when it is lost, and once when it is back. */
export class Reach {
  readonly #emit: (event: DatabaseEvent) => void;
  #isLost = false;

  constructor(emit: (event: DatabaseEvent) => void) {
    this.#emit = emit;
  }

  /** @param signal ends the trying: then it rejects with what it met last */
  readonly again = async <R>(action: () => Promise<R>, signal: AbortSignal): Promise<R> => {
    for (;;) {
      try {
        const result = await action();
        this.#back();
        return result;
      } catch (error) {
        if (!isConnectionLoss(error)) throw error;
        this.#lost(error);
        if (signal.aborted) throw error;
        await sleep(PAUSE, undefined, { signal }).catch(() => undefined);
      }
    }
  };

  #lost(error: unknown): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#emit({ type: 'database', state: 'lost', message: cleanedCause(error).message });
  }

  #back(): void {
    if (!this.#isLost) return;
    this.#isLost = false;
    this.#emit({ type: 'database', state: 'back' });
  }
}
