import type { Observable } from 'rxjs';

import type { Passing } from './anchor';
import { anchorBehind } from './anchor-behind';
import type { PageReply } from './page-reply';
import type { PageRequest } from './page-request';
import type { Kind, PageStream } from './paged-response';
import type { PageReading } from './pagination-strategy';
import { digestItems } from './resume-token';
import type { RowPlace, Step } from './step';

/** What a page asks of the walk it came from, always lazily. */
export interface PageContext {
  /** The step after the whole page, or `undefined` at the end of the list; throws what the walk errors with there. */
  advance(page: Page): Step | undefined;
  /** The step after the first `count` items handed on, `taken` of those read, where the walk has a way of its own to tell it. */
  within?(page: Page, taken: number, count: number): Step | undefined;
  /** Whether the page size adapts. */
  readonly isSized?: boolean;
  /** The token of a step. */
  token(step: Step): string;
  /** The one page of a step, as a walk of its own; `after` the page that leads there, if any. */
  pageAt(step: Step, after: Page | undefined): Observable<Page>;
  /** The pages from a step on before a page, up to so many items or else one page, as a walk of its own. */
  pagesAt(step: Step, items: number | undefined, page: Page): PageStream<Page>;
}

/** What a page is made of. */
export interface PageParts<T> {
  readonly context: PageContext;
  /** Where the walk stood before this page. */
  readonly step: Step;
  readonly request: PageRequest;
  readonly reply: PageReply;
  readonly reading: PageReading;
  /** The items handed on: those read, without those taken before and those beyond a cap, as the schema gives them. */
  readonly items: readonly T[];
  /** Where in the reading each of those items stands, if repeats were left out. */
  readonly places?: readonly number[] | undefined;
  /** Their keys, along with `places`. */
  readonly keys?: readonly string[] | undefined;
  /** Where they stand among the rows handed on, of walks that overlap. */
  readonly rowPlace?: RowPlace | undefined;
  /** Items that were read but lie beyond a cap. */
  readonly rest: number;
  /** Rows may have been missed before this page: it is not handed on, and the walk steps back. */
  readonly isGap?: true | undefined;
  /** The page lies before the place to go on at, and is passed over; this is what then is left of the way. */
  readonly passing?: Passing | undefined;
  readonly fraction: number | undefined;
  /** The last page with items, behind which a page number without items may close the list. */
  readonly previous?: Page | undefined;
}

/** The step after a page, none at the end of the list, or what was thrown in its place. */
interface LookAhead {
  readonly step?: Step | undefined;
  readonly failure?: { readonly error: unknown };
}

/** A reply understood, as the walk sees it: where it stands, and what comes after it. */
export abstract class Page<T = unknown> {
  abstract readonly kind: Kind;
  readonly items: readonly T[];
  readonly body: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: PageRequest;
  readonly index: number;
  readonly totalCount: number | undefined;
  readonly #parts: PageParts<T>;
  #next: LookAhead | undefined;

  constructor(parts: PageParts<T>) {
    this.#parts = parts;
    this.items = parts.items;
    this.body = parts.reply.body;
    this.status = parts.reply.status;
    this.headers = parts.reply.headers;
    this.request = parts.request;
    this.index = parts.step.pages;
    this.totalCount = parts.reading.totalCount;
  }

  get hasNextPage(): boolean {
    const { step, failure } = this.lookAhead();
    return step !== undefined || failure !== undefined || this.rest > 0;
  }

  /** What the page is made of; no field, which would be shown. */
  protected get parts(): PageParts<T> {
    return this.#parts;
  }

  /** @internal The page's own step. */
  get step(): Step {
    return this.#parts.step;
  }

  /** @internal */
  get reading(): PageReading {
    return this.#parts.reading;
  }

  /** @internal The URL that answered. */
  get url(): string {
    return this.#parts.reply.url;
  }

  /** @internal */
  get reply(): PageReply {
    return this.#parts.reply;
  }

  /** @internal What is still to be passed over behind this page, which is passed over itself. */
  get passing(): Passing | undefined {
    return this.#parts.passing;
  }

  /** @internal Items that were read but lie beyond a cap. */
  get rest(): number {
    return this.#parts.rest;
  }

  /** @internal */
  get isGap(): boolean {
    return this.#parts.isGap === true;
  }

  /** @internal Where its items stand among the rows handed on, as far as that is known. */
  get rowPlace(): RowPlace | undefined {
    return this.#parts.rowPlace;
  }

  /** @internal Nothing in it is new: it is not handed on, and is no page of the walk. */
  get isRepeat(): boolean {
    const { step, reading, passing } = this.#parts;
    const isKnown = this.items.length === 0 && reading.items.length > 0 && step.taken === 0;
    return this.isGap || isKnown || passing !== undefined;
  }

  /** @internal Keys of the items, where the walk has them. */
  get keys(): readonly string[] | undefined {
    return this.#parts.keys;
  }

  /** @internal The next step, computed once; throws what the walk errors with. */
  nextStep(): Step | undefined {
    const { step, failure } = this.lookAhead();
    if (failure !== undefined) throw failure.error;
    return step;
  }

  /** @internal Where a walk goes on after the first `count` items. */
  stepAfter(count: number): Step {
    const { step, reading, previous } = this.#parts;
    if (count === 0 && step.taken === 0 && this.items.length > 0) return step;
    const taken = this.#takenOf(count);
    if (taken === reading.items.length) {
      const next = this.lookAhead().step;
      if (next !== undefined) return next;
      if (taken === 0 && previous !== undefined) return previous.stepWithin(previous.items.length);
    }
    return this.stepWithin(count);
  }

  /** @internal Where a walk goes on that this page ended: a page of a number may be filled up later. */
  lastStep(): Step {
    const isOpen = this.kind === 'number' && this.items.length > 0;
    return isOpen ? this.stepWithin(this.items.length) : this.stepAfter(this.items.length);
  }

  /** @internal A place in this page, which is asked for once more. */
  stepWithin(count: number): Step {
    const { context, step, reading } = this.#parts;
    const taken = this.#takenOf(count);
    const own = context.within?.(this, taken, count);
    if (own !== undefined) return own;
    return {
      strategy: step.strategy,
      position: step.position,
      taken,
      digest: digestItems(reading.items.slice(0, taken)),
      pages: step.pages,
      items: step.items + count,
      ...(step.anchor && {
        anchor: anchorBehind(step.anchor, reading.items.slice(step.taken, taken)),
      }),
    };
  }

  /** Items of the reading that are done with once `count` were handed on. */
  #takenOf(count: number): number {
    const { step, reading, places, rest } = this.#parts;
    if (places === undefined) return step.taken + count;
    if (count === this.items.length && rest === 0) return reading.items.length;
    const last = count === 0 ? undefined : places[count - 1];
    return last === undefined ? step.taken : last + 1;
  }

  /** @internal What comes after this page, found out once. */
  lookAhead(): LookAhead {
    if (this.#next === undefined) {
      try {
        this.#next = { step: this.#parts.context.advance(this) };
      } catch (error) {
        this.#next = { failure: { error } };
      }
    }
    return this.#next;
  }
}
