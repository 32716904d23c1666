import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { Kind } from '../core/paged-response';
import type { PageReading, PaginationStrategy, StatusMeaning } from '../core/pagination-strategy';

/**
 * Several strategies in order of preference. Page 1 is read by the first that can prepare the request; the first that can
 * continue from it is the strategy for the rest of the walk, and when that one ends the walk ends.
 *
 * @throws TypeError if there is no strategy; `start` throws one if none can prepare the request.
 */
export function choosePagination<T = unknown, K extends Kind = Kind>(
  strategies: readonly PaginationStrategy<T, K>[],
): PaginationStrategy<T, K> {
  if (strategies.length === 0) {
    throw new TypeError('choosePagination: expected one strategy or more, got an empty array');
  }
  const choices = strategies.flatMap((strategy) => strategy.choices ?? [strategy]);
  const applying = (request: PageRequest): readonly PaginationStrategy<T, K>[] =>
    choices.filter((strategy) => strategy.applies?.(request) !== false);
  const firstFor = (request: PageRequest): PaginationStrategy<T, K> => {
    const [first] = applying(request);
    if (first !== undefined) return first;
    const ids = choices.map(({ id }) => id).join(', ');
    throw new TypeError(`None of the strategies can prepare the request: ${ids}`);
  };

  return {
    id: `choice(${choices.map(({ id }) => id).join(' | ')})`,
    start: (request) => firstFor(request).start(request),
    at: (request, position) => firstFor(request).at(request, position),
    read: (request, reply) => {
      const first = firstFor(request).read(request, reply);
      return new Choice(first, applying(request), request, reply).reading;
    },
    sized: (request, size) => firstFor(request).sized?.(request, size) ?? request,
    sizeOf: (request) => firstFor(request).sizeOf?.(request),
    applies: (request) => applying(request).length > 0,
    statuses: mergedStatuses(choices),
    choices,
    restore: (id) => {
      for (const choice of choices) {
        const restored = choice.restore?.(id);
        if (restored !== undefined) return restored;
      }
      return undefined;
    },
  };
}

/** The reading of page 1, which finds out who continues. */
class Choice<T, K extends Kind> {
  readonly reading: PageReading<T, K>;
  private chosen: PaginationStrategy<T, K> | undefined;
  /** What the strategy that goes on has read; where none does, the first. */
  private continued: PageReading<T, K>;

  constructor(
    private readonly first: PageReading<T, K>,
    private readonly candidates: readonly PaginationStrategy<T, K>[],
    private readonly request: PageRequest,
    private readonly reply: PageReply,
  ) {
    this.continued = first;
    const chosen = (): PaginationStrategy<T, K> | undefined => this.chosen;
    this.reading = {
      ...first,
      get strategy() {
        return chosen();
      },
      next: () => this.next(),
      previous: () => this.continued.previous?.(),
    };
  }

  private next(): Json | undefined {
    const failures: unknown[] = [];
    const empty: PaginationStrategy<T, K>[] = [];
    for (const [index, strategy] of this.candidates.entries()) {
      try {
        const reading = index === 0 ? this.first : strategy.read(this.request, this.reply);
        const position = reading.next();
        if (position === '') empty.push(strategy);
        if (position === undefined || position === '') continue;
        this.chosen = reading.strategy ?? strategy;
        this.continued = reading;
        return position;
      } catch (error) {
        failures.push(error); // who cannot read the page cannot continue; another may
      }
    }
    // What an empty cursor means is not decided here.
    this.chosen = empty[0];
    if (this.chosen !== undefined) return '';
    // A walk does not end because a strategy failed.
    if (failures.length > 0) throw failures[0];
    return undefined;
  }
}

function mergedStatuses(
  choices: readonly PaginationStrategy[],
): Readonly<Record<number, StatusMeaning>> {
  const merged: Record<number, StatusMeaning> = {};
  for (const { statuses = { 410: 'expired' } } of choices) {
    Object.assign(merged, { ...statuses, ...merged }); // the first to name a status decides
  }
  return merged;
}
