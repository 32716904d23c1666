import { VirtualAction, VirtualTimeScheduler } from 'rxjs';

/** A clock that stands still until it is advanced. */
export class ManualClock extends VirtualTimeScheduler {
  constructor() {
    super(VirtualAction, 0);
  }

  /** Lets `ms` pass and runs what is due in them, also what is scheduled on the way. */
  advance(ms: number): void {
    const target = this.frame + ms;
    this.maxFrames = target;
    this.flush();
    this.frame = target;
  }
}

/** Lets promises settle and the event loop go round; enough for anything that does not wait for time. */
export async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
}
