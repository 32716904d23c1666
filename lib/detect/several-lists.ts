import { isUnder, isWithin } from './body-view';
import type { BodyView, List } from './body-view';
import { BESIDE, BESIDE_MARGIN, resourcesOf } from './rank-lists';
import type { RankedList } from './rank-lists';
import { isLastName, isMoreName } from './reply-names';
import type { Sight } from './sight';
import { isNextName } from './token-names';

/**
 * Says of what several lists a reply is made, where one of them walked as the list would lose what the others hold; `undefined`
 * where one is the list.
 */
export function severalLists(
  ranked: readonly RankedList[],
  { body, request }: Sight,
  isPaged: boolean,
): string | undefined {
  const [best, ...others] = ranked;
  if (best === undefined) return undefined;
  const paged = others.filter((other) => isApart(best, other) && isPagedItself(other.list, body));
  if (paged.length > 0 && isPagedItself(best.list, body)) {
    return `several lists, each with pages of its own: ${named([best, ...paged])}`;
  }
  if (isPaged || best.isKnown || !best.isOfRecords) return undefined;
  // A path that names nothing cannot say that it is for something else.
  if (resourcesOf(request.path).length === 0) return undefined;
  const equal = others.filter(
    (other) =>
      other.isOfRecords &&
      other.list.parent === best.list.parent &&
      best.score - other.score < BESIDE_MARGIN,
  );
  return equal.length === 0 ? undefined : `a report of several lists: ${named([best, ...equal])}`;
}

/** Whether two lists of records stand in objects beside each other. */
function isApart({ list: best }: RankedList, { list, isOfRecords }: RankedList): boolean {
  return (
    isOfRecords &&
    !isWithin(list.parent, best.parent) &&
    !isWithin(best.parent, list.parent) &&
    !isUnder(list, BESIDE)
  );
}

/** Whether what stands around a list, and around no other, says whether it has a next page. */
function isPagedItself({ parent, pointer }: List, { scalars }: BodyView): boolean {
  return scalars.some(
    ({ words, parent: own, pointer: place }) =>
      isWithin(own, parent) &&
      !isWithin(place, pointer) &&
      (isMoreName(words) || isLastName(words) || isNextName(words)),
  );
}

function named(lists: readonly RankedList[]): string {
  return lists.map(({ list }) => list.pointer).join(', ');
}
