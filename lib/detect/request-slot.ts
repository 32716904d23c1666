import { readWhole } from '../strategy/read-values';
import type { SlotPlace } from '../strategy/slot';
import { wordsOf } from './words';

/** One place of a request that may hold a position or a size. */
export interface RequestSlot {
  readonly place: SlotPlace;
  /** The name, or a JSON pointer in a body. */
  readonly param: string;
  /** The name without the objects around it. */
  readonly name: string;
  readonly words: readonly string[];
  readonly value: unknown;
  /** The value, if it is a whole number, in digits or not. */
  readonly number: number | undefined;
}

export function slotOf(place: SlotPlace, param: string, name: string, value: unknown): RequestSlot {
  return { place, param, name, words: wordsOf(name), value, number: readWhole(value) };
}
