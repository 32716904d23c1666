import { filter, from, Observable, type ObservableInput, type Subscription } from 'rxjs';

import { pageChain, type Gate, type PageSteps } from './page-chain';

export interface PageObserver<P> {
  /** A page, at most one for each `more()`. */
  page(page: P): void;
  error(error: unknown): void;
  /** `paced` when the notifier's completion ended it and not the list. */
  complete(paced: boolean): void;
}

export interface PageFlowSettings {
  /** Pages fetched ahead of demand. */
  readonly prefetch: number;
  readonly pacedBy?: ObservableInput<unknown> | undefined;
  /** Gives the event loop a turn before `callback`; returns the cancel. */
  readonly turn: (callback: () => void) => () => void;
}

/**
 * The one path from the page chain to a consumer. Demand is counted in pages: `more()` says that the page in hand is
 * consumed (the first call starts the walk), and never more than `asked + prefetch` pages are requested.
 *
 * A loop, `#pump`, does everything: it opens the chain's gate, hands on pages and ends the walk. Calls from within
 * (a synchronous reply, a consumer that asks for more inside `page`) only change the counts it looks at.
 */
export class PageFlow<P> {
  readonly #steps: PageSteps<P>;
  readonly #observer: PageObserver<P>;
  readonly #settings: PageFlowSettings;
  readonly #ready: P[] = [];
  #asked = 0;
  #requested = 0;
  /** The page that came last, and how many came that are handed on. */
  #last: P | undefined;
  #received = 0;
  /** Pages that are not handed on and not consumed yet: how many came before each that are. */
  readonly #unseen: number[] = [];
  #announced: { readonly page: P; readonly room: number } | undefined;
  #delivered = 0;
  /** Pages the notifier has let through; all of them without one. */
  #allowed = Infinity;
  #gate: Gate<P> | undefined;
  #end: { readonly failed: boolean; readonly error?: unknown } | undefined;
  #pumping = false;
  #stopped = false;
  #pacingOver = false;
  /** A request was sent since the last page came or the last turn was taken. */
  #sent = false;
  /** The page to be delivered next has been put off by a turn already. */
  #hasTurned = false;
  #cancelTurn: (() => void) | undefined;
  #chain: Subscription | undefined;
  #pacing: Subscription | undefined;

  constructor(steps: PageSteps<P>, settings: PageFlowSettings, observer: PageObserver<P>) {
    this.#steps = steps;
    this.#settings = settings;
    this.#observer = observer;
  }

  /** The consumer wants a page beyond those it has had. */
  more(): void {
    this.#asked++;
    this.#passUnseen();
    if (this.#asked === 1) this.#start();
    this.#pump();
  }

  /** Leaves: aborts what is on its way; nothing is notified any more. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#ready.length = 0;
    this.#gate = undefined;
    this.#cancelTurn?.();
    this.#chain?.unsubscribe();
    this.#pacing?.unsubscribe();
  }

  #start(): void {
    const { pacedBy } = this.#settings;
    if (pacedBy !== undefined) this.#startPacing(pacedBy);
    const pages = pageChain(this.#steps, (gate) => {
      this.#gate = gate;
      this.#pump();
    });
    // Taken by an operator: V8 inlines the calls of an observer that is subscribed, as the walk's consumer is, only while
    // the process has hardly any others.
    const taken = pages.pipe(
      filter((page) => {
        this.#take(page);
        return false;
      }),
    );
    // Known before its first request, so that who leaves in the event of that one has it not sent.
    const chain = new Observable<P>((subscriber) => {
      this.#chain = subscriber;
      taken.subscribe(subscriber);
    });
    chain.subscribe({
      error: (error: unknown) => {
        this.#finishChain({ failed: true, error });
      },
      complete: () => {
        this.#finishChain({ failed: false });
      },
    });
  }

  #take(page: P): void {
    this.#sent = false;
    this.#last = page;
    if (this.#steps.shown(page)) {
      this.#received++;
      this.#ready.push(page);
    } else {
      // Nobody will see it: it is consumed with the page before.
      this.#unseen.push(this.#received);
      this.#passUnseen();
    }
  }

  /** The request of an unseen page makes room for another when the consumer asks beyond the page before it. */
  #passUnseen(): void {
    let passed = 0;
    for (const before of this.#unseen) if (before < this.#asked) passed++;
    if (passed === 0) return;
    this.#unseen.splice(0, passed);
    this.#requested -= passed;
  }

  #startPacing(notifier: ObservableInput<unknown>): void {
    this.#allowed = 1;
    const pacing = from(notifier).subscribe({
      next: () => {
        if (this.#allowed > this.#delivered) return; // a page is on its way
        this.#allowed++;
        this.#pump();
      },
      error: (error: unknown) => {
        this.#endWith(() => {
          this.#observer.error(error);
        });
      },
      complete: () => {
        this.#pacingOver = true;
        this.#pump();
      },
    });
    this.#pacing = pacing;
    if (this.#stopped) pacing.unsubscribe();
  }

  #finishChain(end: { readonly failed: boolean; readonly error?: unknown }): void {
    this.#end = end;
    this.#pump();
  }

  #pump(): void {
    if (this.#pumping || this.#cancelTurn !== undefined) return;
    this.#pumping = true;
    // With prefetch ask first, so that requests overlap with the consumer's work; without it emit first, so that a
    // consumer which leaves causes no request.
    const ahead = this.#settings.prefetch > 0;
    while (!this.#stopped) {
      this.#announce();
      if (ahead && this.#openGate()) continue;
      if (ahead && this.#takeTurn()) break;
      if (!this.#deliver() && !this.#openGate() && !this.#finish()) break;
    }
    this.#pumping = false;
  }

  /** Says what may be asked for behind the last page, before its turn. */
  #announce(): void {
    const page = this.#last;
    if (this.#steps.ahead === undefined || page === undefined || this.#end !== undefined) return;
    const room =
      Math.min(this.#asked, this.#allowed) +
      this.#settings.prefetch -
      this.#received -
      this.#unseen.length;
    if (this.#announced?.page === page && this.#announced.room === room) return;
    this.#announced = { page, room };
    this.#steps.ahead(page, room);
  }

  /** Lets the next request go if there is demand for it; says whether anything happened. */
  #openGate(): boolean {
    const gate = this.#gate;
    if (gate === undefined) return false;
    const { prefetch } = this.#settings;
    if (gate.fetch === undefined) {
      if (this.#requested >= this.#asked + prefetch) return false;
      let fetch;
      try {
        fetch = gate.prepare();
      } catch (error) {
        this.#gate = undefined;
        gate.subscriber.error(error);
        return true;
      }
      if (fetch === undefined) {
        this.#gate = undefined;
        // Known before the chain says so: the fetch of the last page may still be about to complete.
        this.#end = { failed: false };
        gate.subscriber.complete();
        return true;
      }
      gate.fetch = fetch;
    }
    if (this.#requested >= Math.min(this.#asked, this.#allowed) + prefetch) return false;
    this.#gate = undefined;
    this.#requested++;
    this.#sent = true;
    gate.fetch.subscribe(gate.subscriber);
    return true;
  }

  /** Puts off the delivery by one turn of the event loop if a request has just been sent. */
  #takeTurn(): boolean {
    if (!this.#sent || this.#hasTurned || !this.#canDeliver()) return false;
    this.#cancelTurn = this.#settings.turn(() => {
      this.#cancelTurn = undefined;
      this.#hasTurned = true;
      this.#pump();
    });
    return true;
  }

  #canDeliver(): boolean {
    return this.#ready.length > 0 && this.#delivered < Math.min(this.#asked, this.#allowed);
  }

  #deliver(): boolean {
    if (!this.#canDeliver()) return false;
    const page = this.#ready.shift();
    if (page === undefined) return false;
    this.#delivered++;
    this.#hasTurned = false;
    this.#observer.page(page);
    return true;
  }

  /** Ends the walk once everything before the end was handed on and the consumer wants to know what follows. */
  #finish(): boolean {
    if (this.#asked <= this.#delivered) return false;
    const end = this.#ready.length === 0 ? this.#end : undefined;
    // A page fetched ahead that failed matters only once the notifier asks for it.
    if (end !== undefined && (!end.failed || this.#allowed > this.#delivered)) {
      this.#endWith(() => {
        if (end.failed) this.#observer.error(end.error);
        else this.#observer.complete(false);
      });
      return true;
    }
    if (!this.#pacingOver || this.#delivered < this.#allowed) return false;
    this.#endWith(() => {
      this.#observer.complete(true);
    });
    return true;
  }

  #endWith(notify: () => void): void {
    if (this.#stopped) return;
    this.stop();
    notify();
  }
}
