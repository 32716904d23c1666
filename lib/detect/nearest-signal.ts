import { isWithin } from './body-view';
import type { BodyView, Field, List } from './body-view';
import { BESIDE, CONTAINERS } from './rank-lists';
import { stemOf } from './words';

/** Headers speak of the reply as a whole, and less nearly of its list than any field of the body. */
const OF_HEADERS = 100;

/**
 * Of fields that say different things, the one that is about this list: that in the object where the page's own place or size
 * stands, else the nearest to the list. `undefined` where as near ones contradict each other.
 */
export function nearestSignal<S extends { readonly value: unknown; readonly field: Field }>(
  found: readonly S[],
  list: List,
  body: BodyView,
  anchors: ReadonlySet<string>,
): S | undefined {
  const own = found.filter(({ field }) => !isOfAnother(field, list, body));
  const about = own.length > 0 ? own : found;
  const anchored = about.filter(({ field }) => anchors.has(field.parent));
  const near = anchored.length > 0 ? anchored : about;
  const steps = near.map(({ field }) => stepsBetween(field.parent, list.parent));
  const least = Math.min(...steps);
  const nearest = near.filter((_, place) => steps[place] === least);
  const [first] = nearest;
  return nearest.every(({ value }) => value === first?.value) ? first : undefined;
}

/** Whether a field stands beside another list of items, or in an object beside it, where this list is not. */
export function isOfAnother({ parent, above }: Field, list: List, { lists }: BodyView): boolean {
  if (parent.startsWith('$')) return false;
  const outer = parent.slice(0, parent.lastIndexOf('/'));
  return [parent, outer].some((holder, place) => {
    if (holder === '' || isWithin(list.pointer, holder)) return false;
    const name = above.at(-1 - place) ?? [];
    if (name.some((word) => CONTAINERS.has(stemOf(word)))) return false;
    return lists.some(
      (other) => other.parent === holder && !other.words.some((word) => BESIDE.has(stemOf(word))),
    );
  });
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
