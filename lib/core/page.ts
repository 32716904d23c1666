import { EMPTY, type Observable } from 'rxjs';

import { describe } from './check-options';
import type { Json } from './json';
import type { PageReply } from './page-reply';
import type { PageRequest } from './page-request';
import type { Kind, Progress } from './paged-response';
import type { PageLinks, PageReading } from './pagination-strategy';
import { digestItems } from './resume-token';
import type { Step } from './step';

/** What a page asks of the walk it came from, always lazily. */
export interface PageContext {
  /** The step after the whole page, or `undefined` at the end of the list; throws what the walk errors with there. */
  advance(page: Page): Step | undefined;
  /** The token of a step. */
  token(step: Step): string;
  /** The one page of a step, as a walk of its own. */
  pageAt(step: Step): Observable<Page>;
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
  readonly fraction: number | undefined;
  /** The last page with items, behind which a page number without items may close the list. */
  readonly previous?: Page | undefined;
}

/** A reply understood. Fields that cost something are computed when asked for; none of them throws. */
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
  #next: { readonly step?: Step | undefined; readonly error?: unknown } | undefined;

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

  get totalPages(): number | undefined {
    const { totalPages, totalCount, limit } = this.#parts.reading;
    if (totalPages !== undefined) return totalPages;
    if (totalCount === undefined || limit === undefined || limit <= 0) return undefined;
    return Math.ceil(totalCount / limit);
  }

  get hasNextPage(): boolean {
    const { step, error } = this.#lookAhead();
    return step !== undefined || error !== undefined || this.rest > 0;
  }

  get progress(): Progress {
    const { fraction, step } = this.#parts;
    return {
      pages: step.pages + 1,
      items: step.items + this.items.length,
      totalCount: this.totalCount,
      fraction,
    };
  }

  get resumeToken(): string {
    return this.#parts.context.token(this.stepAfter(this.items.length));
  }

  resumeTokenAfter(count: number): string {
    if (!Number.isInteger(count) || count < 0 || count > this.items.length) {
      throw new TypeError(
        `resumeTokenAfter: expected a whole number from 0 to ${String(this.items.length)}, got ${describe(count)}`,
      );
    }
    return this.#parts.context.token(this.stepAfter(count));
  }

  nextPage(): Observable<never> {
    // Each kind narrows this to its own page; the strategy of a walk gives pages of one kind only.
    if (!this.hasNextPage) return EMPTY;
    return this.#parts.context.pageAt(this.stepAfter(this.items.length)) as Observable<never>;
  }

  /** The metadata, without the headers that were sent. */
  toJSON(): Record<string, unknown> {
    const { method, url, params, path } = this.request;
    const own = Object.fromEntries(Object.entries(this).filter(([name]) => name !== 'body'));
    return {
      ...own,
      ...this.positions(),
      totalPages: this.totalPages,
      hasNextPage: this.hasNextPage,
      progress: this.progress,
      request: { method, url, params, path },
    };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): Record<string, unknown> {
    return this.toJSON();
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

  /** @internal Items that were read but lie beyond a cap. */
  get rest(): number {
    const { reading, step } = this.#parts;
    return reading.items.length - step.taken - this.items.length;
  }

  /** @internal The next step, computed once; throws what the walk errors with. */
  nextStep(): Step | undefined {
    const { step, error } = this.#lookAhead();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a strategy of the caller's may throw anything
    if (error !== undefined) throw error;
    return step;
  }

  /** @internal Where a walk goes on after the first `count` items. */
  stepAfter(count: number): Step {
    const { step, reading, previous } = this.#parts;
    if (count === 0 && step.taken === 0 && this.items.length > 0) return step;
    const taken = step.taken + count;
    if (taken === reading.items.length) {
      const next = this.#lookAhead().step;
      if (next !== undefined) return next;
      if (taken === 0 && previous !== undefined) return previous.#within(previous.items.length);
    }
    return this.#within(count);
  }

  /** @internal Where a walk goes on that this page ended: a page of a number may be filled up later. */
  lastStep(): Step {
    const isOpen = this.kind === 'number' && this.items.length > 0;
    return isOpen ? this.#within(this.items.length) : this.stepAfter(this.items.length);
  }

  /** In this very page, after the first `count` items. */
  #within(count: number): Step {
    const { step, reading } = this.#parts;
    const taken = step.taken + count;
    return {
      strategy: step.strategy,
      position: step.position,
      taken,
      digest: digestItems(reading.items.slice(0, taken)),
      pages: step.pages,
      items: step.items + count,
    };
  }

  /** The fields that only this kind has. */
  protected abstract positions(): Record<string, unknown>;

  protected get position(): Json | undefined {
    return this.#parts.step.position ?? this.#parts.reading.position;
  }

  protected get limitAsked(): number | undefined {
    return this.#parts.reading.limit;
  }

  protected get nextPosition(): Json | undefined {
    return this.#lookAhead().step?.position;
  }

  protected get links(): PageLinks {
    return this.#parts.reading.links?.() ?? {};
  }

  #lookAhead(): { readonly step?: Step | undefined; readonly error?: unknown } {
    if (this.#next === undefined) {
      try {
        this.#next = { step: this.#parts.context.advance(this) };
      } catch (error) {
        this.#next = { error };
      }
    }
    return this.#next;
  }
}
