import type { Passing } from '../core/anchor';
import type { PageReading } from '../core/pagination-strategy';
import type { RowPlace, Step } from '../core/step';
import { hashText } from '../protocol/hash';

import { isOnTheWay } from './anchored';
import { checkOverlapping } from './check-overlap';
import { isGap } from './drift';
import { pickFresh } from './fresh-items';
import { offsetOf } from './row-memory';
import type { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';

/** The items of a reading that are to be handed on. */
export interface PickedItems {
  readonly items: readonly unknown[];
  readonly places?: readonly number[];
  readonly keys?: readonly string[];
  /** Key of the last item that was handed on before. */
  readonly lastKnown?: string | undefined;
  /** Keys of the items of this page that were handed on before a resume. */
  readonly takenKeys?: readonly string[];
  readonly rest: number;
  readonly isGap?: true;
  /** Items left out because they were handed on before, without those asked for again on purpose. */
  readonly duplicates?: number;
}

/** Leaves out what was handed on before, by its place in the page or its key, and what lies beyond the cap. */
export function pickItems(
  { options }: WalkPlan,
  memory: WalkMemory,
  reading: PageReading,
  step: Step,
): PickedItems {
  const { key, maxItems = Infinity, overlap = 0 } = options;
  const { items } = reading;
  const room = maxItems - step.items;
  if (key === undefined) {
    const end = Math.min(items.length, step.taken + room);
    const isWhole = step.taken === 0 && end === items.length;
    return { items: isWhole ? items : items.slice(step.taken, end), rest: items.length - end };
  }
  if (overlap > 0) checkOverlapping(reading);
  const { all, lastKnown, ...fresh } = pickFresh(reading, step, key, memory.keys);
  let { places, keys } = fresh;
  let asked = 0;
  if (overlap > 0) {
    memory.rows.see(reading);
    if (isGap(reading, lastKnown >= 0, memory)) {
      return { items: [], places: [], keys: [], rest: 0, isGap: true };
    }
    // What stands before a known row was put in behind the position, or handed on before a resume.
    const behind = places.filter((place) => place < lastKnown).length;
    places = places.slice(behind);
    keys = keys.slice(behind);
    asked = Math.max(0, memory.rows.end - offsetOf(reading));
  }
  const dropped = items.length - step.taken - places.length;
  const handed = places.slice(0, room);
  return {
    items: handed.map((place) => items[place]),
    places: handed,
    keys: keys.slice(0, room),
    ...(lastKnown >= 0 && { lastKnown: all[lastKnown] }),
    ...(step.taken > 0 && { takenKeys: all.slice(0, step.taken) }),
    rest: places.length - handed.length,
    duplicates: Math.max(0, dropped - asked),
  };
}

/** Only once the page is accepted: one that fails is asked for again. Says where its items stand among those handed on. */
export function rememberKeys(
  { options }: WalkPlan,
  memory: WalkMemory,
  reading: PageReading,
  { pages }: Step,
  { keys, takenKeys = [], lastKnown = takenKeys.at(-1), duplicates = 0 }: PickedItems,
  passing: Passing | undefined,
): RowPlace | undefined {
  if (keys === undefined) return undefined;
  const { overlap = 0, prefetch = 0 } = options;
  memory.addKeys(pages, keys, prefetch + 1);
  memory.duplicates += duplicates;
  if (overlap === 0 || isOnTheWay(passing)) return undefined;
  memory.rows.accept(reading, keys.length > 0);
  if (takenKeys.length > 0) memory.rows.order.recall(takenKeys.map(hashText));
  const last = lastKnown === undefined ? undefined : hashText(lastKnown);
  return memory.rows.order.place(last, keys.map(hashText), overlap);
}
