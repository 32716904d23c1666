import type { Page } from '../core/page';
import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { PaginationError } from '../core/pagination-error';
import type { KnownRows, Step } from '../core/step';
import type { WalkOptions } from '../core/walk-options';

import { isOnTheWay } from './anchored';
import { overlapped, stepToKnown } from './drift';
import { offsetOf } from './row-memory';
import type { WalkPlan } from './walk-plan';
import type { WalkMemory } from './walk-memory';

/** Keys that a resume token holds at most of the rows before it, and of those behind; 25 characters each. */
const LONGEST_TAIL = 256;

/**
 * The step after a page, or `undefined` where the list ends: the one place that decides it from what the strategy read.
 *
 * @throws PaginationError `PROTOCOL` where the reply says that there is more and not how to get it; whatever the strategy throws.
 */
export function stepAfter(
  page: Page,
  memory: WalkMemory,
  { options: { emptyCursor = 'end', overlap = 0 }, request }: Pick<WalkPlan, 'options' | 'request'>,
): Step | undefined {
  const { reading, step } = page;
  if (page.isGap) return stepToKnown(page, memory, overlap);
  const position = reading.next();
  const strategy = reading.strategy ?? step.strategy;
  const none =
    position === undefined ||
    (position === '' && reading.kind === 'cursor' && emptyCursor === 'end');
  if (none) {
    if (reading.hasMore === true) {
      throw new PaginationError(
        'PROTOCOL',
        `The reply says that there are more pages, but gives ${missing(reading.kind)}`,
      );
    }
    return undefined;
  }
  if (isTotalReached(page, strategy, request)) return undefined;
  // Written out: V8 makes a new hidden class for each object that is copied and then gets another property.
  const pages = step.pages + (page.isRepeat ? 0 : 1);
  const items = step.items + page.items.length;
  // Items that are to be passed over are counted, and a row that comes twice would count twice.
  if (overlap === 0 || isOnTheWay(page.passing)) {
    return { strategy, position, taken: 0, digest: undefined, pages, items };
  }
  return {
    strategy,
    taken: 0,
    digest: undefined,
    pages,
    items,
    position: overlapped(page, Number(position), memory, overlap),
    rows: knownRows(page, page.reading.items.length, page.items.length, memory, overlap),
  };
}

/**
 * The step after the first `count` items handed on from a page, which stand among the first `taken` of those read, as a
 * place to look for known rows at; `undefined` where the walk does not overlap.
 */
export function stepWithin(
  page: Page,
  taken: number,
  count: number,
  memory: WalkMemory,
  { overlap = 0 }: WalkOptions,
): Step | undefined {
  const { reading, step } = page;
  if (overlap === 0 || reading.kind !== 'offset') return undefined;
  const isWhole = taken === reading.items.length;
  return {
    strategy: reading.strategy ?? step.strategy,
    position: Math.max(0, offsetOf(reading) + taken - overlap),
    taken: 0,
    digest: undefined,
    pages: step.pages + (isWhole && !page.isRepeat ? 1 : 0),
    items: step.items + count,
    rows: knownRows(page, taken, count, memory, overlap),
  };
}

/**
 * What is known of the rows before the end of what was handed on. After a step back that end may lie behind more rows
 * handed on earlier than a token can hold: then a resume begins where they end.
 */
function knownRows(
  { reading, step, rowPlace }: Page,
  taken: number,
  count: number,
  { rows: { size } }: WalkMemory,
  overlap: number,
): KnownRows {
  const isFar = rowPlace === undefined || rowPlace.ahead.length > LONGEST_TAIL;
  if (isFar && step.rows !== undefined) return { ...step.rows, size };
  const { before = [], fresh = [], ahead = [] } = rowPlace ?? {};
  const end = offsetOf(reading) + taken;
  const tail = [...before, ...fresh.slice(0, count)].slice(-Math.min(overlap, LONGEST_TAIL));
  return { at: Math.max(0, end - overlap), end, size, keys: [...tail, ...ahead] };
}

/**
 * A total ends a number or offset walk when exactly that many items came, or came before its end where the position tells
 * that. One that is exceeded was wrong, and the walk goes on to an empty page.
 */
function isTotalReached(
  { reading, step, items }: Page,
  strategy: PaginationStrategy,
  request: PageRequest,
): boolean {
  // A page that says itself that there is more contradicts its total, and the walk asks.
  if (reading.totalCount === undefined || reading.hasMore === true) return false;
  if (reading.kind !== 'number' && reading.kind !== 'offset') return false;
  const isPlaced = reading.kind === 'offset' && strategy.countsFromZero?.(request) === true;
  const came = isPlaced
    ? Number(reading.position ?? 0) + reading.items.length
    : step.items + items.length;
  return came === reading.totalCount;
}

function missing(kind: string): string {
  return kind === 'link' ? 'no link to the next one' : 'no way to ask for the next one';
}
