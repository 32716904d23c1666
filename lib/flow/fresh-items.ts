import type { PageReading } from '../core/pagination-strategy';
import type { Step } from '../core/step';
import type { WalkOptions } from '../core/walk-options';

import { keyReader } from '../core/item-keys';
import type { KeyWindow } from './key-window';

/** The items of a page that were not handed on before: their places in the page and their keys. */
export interface FreshItems {
  readonly places: readonly number[];
  readonly keys: readonly string[];
  /** The keys of all items. */
  readonly all: readonly string[];
  /** Place of the last item that was handed on before; -1 where there is none. */
  readonly lastKnown: number;
}

/**
 * Picks the items of a page that are new to the walk by their keys. Repeats come from rows inserted before the position
 * of an offset walk, from `overlap`, from a list walked anew.
 */
export function pickFresh(
  { items }: PageReading,
  { taken }: Step,
  key: NonNullable<WalkOptions['key']>,
  window: KeyWindow,
): FreshItems {
  const places: number[] = [];
  const keys: string[] = [];
  const own = new Set<string>();
  const all = items.map(keyReader(key));
  let lastKnown = -1;
  for (const [place, text] of all.entries()) {
    if (place < taken) {
      window.add(text); // a walk that was resumed in the page does not know them
    } else if (window.has(text)) {
      lastKnown = place;
    } else if (!own.has(text)) {
      own.add(text);
      places.push(place);
      keys.push(text);
    }
  }
  return { places, keys, all, lastKnown };
}
