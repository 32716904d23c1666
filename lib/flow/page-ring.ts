import {
  asyncScheduler,
  AsyncSubject,
  finalize,
  Observable,
  type SchedulerLike,
  Subscription,
  tap,
} from 'rxjs';

import type { Json } from '../core/json';
import type { Page } from '../core/page';
import type { PageReply } from '../core/page-reply';
import type { Step } from '../core/step';
import type { WalkOptions } from '../core/walk-options';

import type { PageOrder } from './page-order';

/** A page that may come, and where. */
export interface Guess extends Pick<Step, 'strategy' | 'pages'> {
  readonly position: number;
}

/** A request sent before its turn. */
interface Early {
  readonly reply: AsyncSubject<PageReply>;
  readonly sending: Subscription;
  /** When it came or failed. */
  overAt: number | undefined;
}

/**
 * The first attempts at the pages behind the one being read, of walks whose next positions can be told beforehand. At most
 * `concurrency` of them are on their way. They are guesses: the walk itself, page by page in order, decides which request
 * comes next, and takes the reply from here where it was sent already; a page that is not as long as was thought makes
 * the next position another one, and all guesses are aborted and made anew from there.
 */
export class PageRing {
  /** By position. */
  readonly #early = new Map<Json | undefined, Early>();
  readonly #concurrency: number;
  readonly #clock: SchedulerLike;
  readonly #caps: { readonly maxPages: number; readonly maxItems: number };
  /** Sends the first attempt at a page, on subscribe; nothing where it must not be sent now. */
  readonly #send: (guess: Guess) => Observable<PageReply> | undefined;
  /** What is to be asked for, in order. */
  #planned: readonly Guess[] = [];
  /** The position that the walk itself has come to. */
  #turn: Json | undefined;
  #longest = 0;
  #isFilling = false;

  constructor(
    { concurrency = 1, maxPages = Infinity, maxItems = Infinity, clock }: WalkOptions,
    send: (guess: Guess) => Observable<PageReply> | undefined,
  ) {
    this.#concurrency = concurrency;
    this.#clock = clock ?? asyncScheduler;
    this.#caps = { maxPages, maxItems };
    this.#send = send;
  }

  /**
   * Sends what may be asked for behind `page`.
   * @param room pages that the consumer's demand and `prefetch` allow behind it
   */
  plan(page: Page, room: number): void {
    this.#longest = Math.max(this.#longest, page.reading.items.length);
    const guesses = this.#guessesAfter(page, room + this.#concurrency - 1);
    // Behind what may be the last page nothing new is asked for unasked: a guess was already, and would be the second for nothing.
    this.#planned = this.#mayBeLast(page)
      ? guesses.filter(({ position }) => this.#early.has(position))
      : guesses;
    const positions = new Set<Json | undefined>(this.#planned.map(({ position }) => position));
    for (const [position, early] of this.#early) {
      if (!positions.has(position)) this.#drop(position, early);
    }
    this.#fill();
  }

  /** The reply of a step that was asked for already; nothing in it where that was not. */
  take({ position }: Step): Pick<PageOrder, 'sent' | 'sentUntil'> {
    const early = this.#early.get(position);
    this.#turn = position;
    return early === undefined ? {} : { sent: early.reply, sentUntil: () => early.overAt };
  }

  /** Aborts everything. */
  clear(): void {
    this.#planned = [];
    for (const [position, early] of this.#early) this.#drop(position, early);
  }

  #guessesAfter(page: Page, room: number): readonly Guess[] {
    const { step } = page.lookAhead();
    const { position: from } = page.reading;
    if (step === undefined || typeof step.position !== 'number' || typeof from !== 'number') {
      return [];
    }
    const { strategy, position, pages } = step;
    const move = position - from;
    const count = move > 0 && !page.isGap ? Math.min(room, this.#pagesLeft(page, step)) : 0;
    return Array.from({ length: count }, (_, index) => ({
      strategy,
      position: position + index * move,
      pages: pages + index,
    }));
  }

  /** Pages that are sure or likely to be there: where no total is known, none is guessed behind a page that may be the last. */
  #pagesLeft(page: Page, { position, pages, items }: Step): number {
    const { totalPages, totalCount } = page.reading;
    const size = page.reading.items.length;
    const capped = Math.min(
      this.#caps.maxPages - pages,
      Math.ceil((this.#caps.maxItems - items) / Math.max(1, size)),
    );
    const at = Number(position);
    // Numbers begin with 1 or with 0, and the walk began at the first page or did not.
    const byPages =
      totalPages === undefined ? Infinity : Math.min(totalPages - at + 1, totalPages - pages);
    const before = page.kind === 'offset' ? at : items;
    const byCount =
      totalCount === undefined ? Infinity : Math.ceil((totalCount - before) / Math.max(1, size));
    const known = Math.min(byPages, byCount);
    const likely = this.#mayBeLast(page) ? 1 : known;
    return Math.max(0, Math.min(capped, Math.max(1, likely))); // the next one is asked for in any case
  }

  /** Where no total is known, a page that is shorter than another. */
  #mayBeLast({ reading: { items, totalPages, totalCount } }: Page): boolean {
    const isShort = items.length < this.#longest || items.length === 0;
    return totalPages === undefined && totalCount === undefined && isShort;
  }

  #fill(): void {
    if (this.#isFilling) return;
    this.#isFilling = true;
    let guess;
    // Looked for anew each time: who hears of a request may leave, or ask for more.
    while ((guess = this.#nextToSend()) !== undefined) {
      const sent = this.#send(guess);
      if (sent === undefined) break;
      this.#start(guess.position, sent);
    }
    this.#isFilling = false;
  }

  #nextToSend(): Guess | undefined {
    if (this.#onTheirWay() >= this.#concurrency) return undefined;
    return this.#planned.find(
      ({ position }) => !this.#early.has(position) && position !== this.#turn,
    );
  }

  #start(position: number, sent: Observable<PageReply>): void {
    const reply = new AsyncSubject<PageReply>();
    const early: Early = { reply, sending: new Subscription(), overAt: undefined };
    this.#early.set(position, early);
    const over = () => {
      early.overAt = this.#clock.now();
    };
    const counted = sent.pipe(
      tap({ complete: over, error: over }),
      finalize(() => {
        this.#fill();
      }),
    );
    // Can be aborted before it is sent, as in the event that tells of it.
    const sending = new Observable<PageReply>((subscriber) => {
      early.sending.add(subscriber);
      counted.subscribe(subscriber);
    });
    sending.subscribe(reply);
  }

  /** One place is always of the page whose turn is next: a reply that is here already may be none, and that page asked for again. */
  #onTheirWay(): number {
    const next = this.#planned[0]?.position;
    let count = 1;
    for (const [position, { overAt }] of this.#early) {
      if (overAt === undefined && position !== next) count += 1;
    }
    return count;
  }

  #drop(position: Json | undefined, { sending }: Early): void {
    this.#early.delete(position);
    sending.unsubscribe();
  }
}
