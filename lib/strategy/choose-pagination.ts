import { checkArgument, type Check } from '../core/check-options';
import { isStrategy } from '../core/is-strategy';
import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { Kind } from '../core/paged-response';
import type { PageReading, PaginationStrategy, StatusMeaning } from '../core/pagination-strategy';

/**
 * Several strategies in order of preference. Page 1 is read by the first that can prepare the request; the first that can
 * continue from it is the strategy for the rest of the walk, and when that one ends the walk ends.
 *
 * @throws TypeError if there is no strategy or something else among them; `start` throws one if none can prepare the request.
 */
export function choosePagination<T = unknown, K extends Kind = Kind>(
  strategies: readonly PaginationStrategy<T, K>[],
): PaginationStrategy<T, K> {
  checkArgument('choosePagination', strategies, isStrategies);
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
    // One that is loaded when it is needed is needed from the first reply on.
    ...(choices.some((one) => 'load' in one) && { load: () => loadedChoice(choices) }),
    id: `choice(${choices.map(({ id }) => id).join(' | ')})`,
    start: (request) => firstFor(request).start(request),
    at: (request, position) => firstFor(request).at(request, position),
    read: (request, reply) => {
      const first = firstFor(request).read(request, reply);
      return choiceOf(first, applying(request), request, reply);
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

async function loadedChoice<T, K extends Kind>(
  choices: readonly PaginationStrategy<T, K>[],
): Promise<PaginationStrategy<T, K>> {
  return choosePagination(await Promise.all(choices.map(async (one) => one.load?.() ?? one)));
}

const isStrategies: Check = (value) =>
  Array.isArray(value) && value.every(isStrategy) ? undefined : 'an array of strategies';

/** The reading of page 1, which finds out who continues. */
function choiceOf<T, K extends Kind>(
  first: PageReading<T, K>,
  candidates: readonly PaginationStrategy<T, K>[],
  request: PageRequest,
  reply: PageReply,
): PageReading<T, K> {
  let chosen: PaginationStrategy<T, K> | undefined;
  /** What the strategy that goes on has read; where none does, the first. */
  let continued = first;

  function next(): Json | undefined {
    const failures: unknown[] = [];
    const empty: PaginationStrategy<T, K>[] = [];
    for (const [index, strategy] of candidates.entries()) {
      try {
        const reading = index === 0 ? first : strategy.read(request, reply);
        const position = reading.next();
        if (position === '') empty.push(strategy);
        if (position === undefined || position === '') continue;
        chosen = reading.strategy ?? strategy;
        continued = reading;
        return position;
      } catch (error) {
        failures.push(error); // who cannot read the page cannot continue; another may
      }
    }
    // What an empty cursor means is not decided here.
    chosen = empty[0];
    if (chosen !== undefined) return '';
    // A walk does not end because a strategy failed.
    if (failures.length > 0) throw failures[0];
    return undefined;
  }

  return {
    ...first,
    get strategy() {
      return chosen;
    },
    next,
    previous: () => continued.previous?.(),
  };
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
