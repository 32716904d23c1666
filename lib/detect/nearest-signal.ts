import type { List } from './body-view';
import type { Signal } from './signals';

/** Headers speak of the reply as a whole, and less nearly of its list than any field of the body. */
const OF_HEADERS = 100;

/**
 * Of fields that say different things, the one that is about this list: that in the object where the page's own place or size
 * stands, else the nearest to the list. `undefined` where as near ones contradict each other.
 */
export function nearestSignal<S extends Signal<unknown>>(
  found: readonly S[],
  list: List,
  anchors: ReadonlySet<string>,
): S | undefined {
  const anchored = found.filter(({ field }) => anchors.has(field.parent));
  const near = anchored.length > 0 ? anchored : found;
  const steps = near.map(({ field }) => stepsBetween(field.parent, list.parent));
  const least = Math.min(...steps);
  const nearest = near.filter((_, place) => steps[place] === least);
  const [first] = nearest;
  return nearest.every(({ value }) => value === first?.value) ? first : undefined;
}

/** How many members lie between two objects of a body. */
function stepsBetween(a: string, b: string): number {
  if (a.startsWith('$')) return OF_HEADERS;
  const from = a.split('/');
  const to = b.split('/');
  const apart = from.findIndex((token, place) => token !== to[place]);
  const common = apart < 0 ? from.length : apart;
  return from.length - common + (to.length - common);
}
