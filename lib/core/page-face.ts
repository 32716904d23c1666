import { EMPTY, type Observable } from 'rxjs';

import { describe } from './check-options';
import type { Json } from './json';
import { maskLinks } from './mask-reply';
import { Page } from './page';
import type { PageStream, Progress } from './paged-response';
import type { PageLinks, PreviousPosition } from './pagination-strategy';
import { redactRequest } from './redact';
import { scrub, secretsIn, secretsOf } from './secrets';

/** A page as its consumer sees it. Fields that cost something are computed when asked for; none of them throws. */
export abstract class PageFace<T = unknown> extends Page<T> {
  get totalPages(): number | undefined {
    const { totalPages, totalCount, limit } = this.parts.reading;
    if (totalPages !== undefined) return totalPages;
    if (totalCount === undefined || limit === undefined || limit <= 0) return undefined;
    if (this.parts.context.isSized === true) return undefined; // the limit changes from page to page
    return Math.ceil(totalCount / limit);
  }

  get hasPreviousPage(): boolean {
    return this.#previous() !== undefined;
  }

  get progress(): Progress {
    const { fraction, step } = this.parts;
    return {
      pages: step.pages + 1,
      items: step.items + this.items.length,
      totalCount: this.totalCount,
      fraction,
    };
  }

  get resumeToken(): string {
    return this.parts.context.token(this.stepAfter(this.items.length));
  }

  resumeTokenAfter(count: number): string {
    if (!Number.isInteger(count) || count < 0 || count > this.items.length) {
      throw new TypeError(
        `resumeTokenAfter: expected a whole number from 0 to ${String(this.items.length)}, got ${describe(count)}`,
      );
    }
    return this.parts.context.token(this.stepAfter(count));
  }

  nextPage(): Observable<never> {
    // Each kind narrows this to its own page; the strategy of a walk gives pages of one kind only.
    if (!this.hasNextPage) return EMPTY;
    const step = this.stepAfter(this.items.length);
    const after = step === this.lookAhead().step ? this : undefined; // else what is left of this one
    return this.parts.context.pageAt(step, after) as Observable<never>;
  }

  previousPage(): PageStream<never> {
    const { step, reading, context } = this.parts;
    const strategy = reading.strategy ?? step.strategy;
    const start = { taken: 0, digest: undefined, pages: 0, items: 0 };
    const { position, items } = this.#previous() ?? { items: 0 };
    return context.pagesAt({ ...start, strategy, position }, items, this) as PageStream<never>;
  }

  /** The metadata, as it may be logged: without the headers that were sent, cookies and what may be a credential. */
  toJSON(): Record<string, unknown> {
    const secrets = [...secretsIn(this.parts.reply), ...secretsOf(this.request)];
    const own = Object.fromEntries(Object.entries(this).filter(([name]) => name !== 'body'));
    const headers = Object.entries(this.headers)
      .filter(([name]) => name !== 'set-cookie')
      .map(([name, value]) => [name, maskLinks(scrub(value, secrets))]);
    return {
      ...own,
      headers: Object.fromEntries(headers),
      ...shownPositions(this.positions(), secrets),
      totalPages: this.totalPages,
      hasNextPage: this.hasNextPage,
      progress: this.progress,
      request: redactRequest(this.request),
    };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): Record<string, unknown> {
    return this.toJSON();
  }

  #previous(): PreviousPosition | undefined {
    const { step, reading, places } = this.parts;
    this.lookAhead(); // a choice of strategies is made by it
    const before = places?.[0] ?? step.taken;
    if (before > 0) return { position: step.position, items: before };
    const previous = reading.previous?.();
    // Some servers link their first page to itself.
    const own = [step.position, this.url];
    return previous?.position !== undefined && own.includes(previous.position)
      ? undefined
      : previous;
  }

  /** The fields that only this kind has. */
  protected abstract positions(): Record<string, unknown>;

  protected get position(): Json | undefined {
    return this.parts.step.position ?? this.parts.reading.position;
  }

  protected get limitAsked(): number | undefined {
    return this.parts.reading.limit;
  }

  protected get nextPosition(): Json | undefined {
    return this.lookAhead().step?.position;
  }

  protected get links(): PageLinks {
    return this.parts.reading.links?.() ?? {};
  }
}

/** Links may be signed, and repeat what was sent. */
function shownPositions(
  positions: Record<string, unknown>,
  secrets: readonly string[],
): Record<string, unknown> {
  const entries = Object.entries(positions).map(([name, value]) => [
    name,
    typeof value === 'string' ? maskLinks(scrub(value, secrets)) : value,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
