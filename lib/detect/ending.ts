import { firstNames, isUnder, isWithin } from './body-view';
import type { Evidence } from './detection';
import type { Field, List } from './body-view';
import { arrayRels } from './find-link-arrays';
import { CONTAINERS, OTHER_COUNTS } from './rank-lists';
import { readWhole } from '../strategy/read-values';
import { openTokens } from './find-tokens';
import { pagingRels } from './find-link-header';
import { partialReply } from './partial-reply';
import type { Sight } from './sight';
import { USUAL_SIZES } from './usual-sizes';
import type { Signals } from './signals';

/** What a reply shows of what comes after its page. */
export interface Ending {
  /** Signs that there is more, in words. */
  readonly more: readonly Evidence[];
  /** Signs that there is no more. */
  readonly over: readonly Evidence[];
  /** What says that the reply is not the whole answer; it is among `more`. */
  readonly partial: Evidence | undefined;
}

export function readEnding(sight: Sight, list: List, signals: Signals): Ending {
  const more: Evidence[] = [];
  const over: Evidence[] = [];
  const { hasMore, totalCount, totalPages } = signals;
  if (hasMore?.value === true)
    more.push(sign('a flag says that there is more', hasMore.field.pointer));
  if (hasMore?.value === false)
    over.push(sign('a flag says that there is no more', hasMore.field.pointer));

  const count = list.value.length;
  const before = itemsBefore(sight, signals);
  if (totalCount !== undefined && before !== undefined) {
    const rest = totalCount.value - before - count;
    const { pointer } = totalCount.field;
    if (rest > 0) more.push(sign(`the total is ${String(rest)} above what came`, pointer));
    else if (hasMore?.value !== true) over.push(sign('the total is reached', pointer));
  }
  const page = pageOf(sight, signals);
  if (totalPages !== undefined && page !== undefined) {
    const { pointer } = totalPages.field;
    if (page < totalPages.value) more.push(sign('there are further pages', pointer));
    else over.push(sign('this is the last page', pointer));
  }
  if (signals.noNext !== undefined) {
    over.push(sign('what would lead on is empty', signals.noNext.pointer));
  }
  const rest = remaining(sight);
  if (rest !== undefined) more.push(sign('the reply says how many items remain', rest.pointer));
  const partial = partialReply(sight, list);
  if (partial !== undefined) more.push(partial);
  const [token] = openTokens(sight, list);
  if (token !== undefined) more.push(sign('an object says where the list goes on', token.pointer));
  const rels = [...pagingRels(sight), ...arrayRels(sight), ...memberRels(sight, list)];
  const isLinked = rels.some((rel) =>
    ['prev', 'previous', 'first', 'last', 'current'].includes(rel),
  );
  if (isLinked && !rels.includes('next')) {
    over.push(sign('there are links to other pages and none to a next one', 'links'));
  }
  const asked = sight.size;
  const isShort = asked !== undefined && count < asked && !USUAL_SIZES.has(count);
  if (
    isShort &&
    !isLinked &&
    !rels.includes('next') &&
    (rels.includes('self') || hasNoLinks(sight))
  ) {
    over.push(sign('the page is short, and among its links is none to a next one', 'links'));
  }
  if (asked !== undefined && count >= asked && count > 0) {
    more.push(sign('the page is as full as was asked for', 'items'));
  } else if (asked === undefined && signals.size === count && count > 0) {
    more.push(sign('the page is full', 'items'));
  } else if (asked === undefined && USUAL_SIZES.has(count)) {
    more.push(sign(`exactly ${String(count)} items came, which is a usual size of pages`, 'items'));
  } else if (asked !== undefined && USUAL_SIZES.has(count) && asked > count) {
    more.push(
      sign(
        `exactly ${String(count)} items came, which may be the most that the server gives`,
        'items',
      ),
    );
  }
  if (/\/\d{1,3}\/?$/.test(sight.request.path)) {
    more.push(sign('the path ends with a number, which may be that of a page', '$request.path'));
  }
  return { more, over, partial };
}

/** The items before this page; `undefined` where that cannot be known. */
function itemsBefore({ request, size: asked }: Sight, signals: Signals): number | undefined {
  const { offset, page } = request;
  // Where counting begins at 1 there is one item less before it, and who asks for one page too many loses nothing.
  if (offset?.number !== undefined) return Math.max(0, offset.number - 1);
  const size = asked ?? signals.size;
  if (page?.number !== undefined) {
    const [echo] = signals.offsets;
    if (echo !== undefined && !echo.field.words.includes('index')) return echo.value;
    if (page.number <= 1) return 0;
    return size === undefined ? undefined : (page.number - 1) * size;
  }
  const isMidway = request.slots.some(
    ({ words, value }) =>
      ['cursor', 'after', 'marker'].includes(words.at(-1) ?? '') &&
      typeof value === 'string' &&
      value !== '' &&
      value !== '*',
  );
  return isMidway ? undefined : 0;
}

function pageOf({ request }: Sight, signals: Signals): number | undefined {
  if (request.offset !== undefined) return undefined;
  const number = request.page?.number;
  const [echo] = signals.pages;
  if (number === undefined) return echo?.value === 0 ? 1 : (echo?.value ?? 1);
  return number === 0 ? 1 : number;
}

/** Members of an object of links: `links: { first, prev }`. */
function memberRels({ body }: Sight, list: List): readonly string[] {
  return body.objects
    .filter(
      ({ words, pointer }) =>
        ['links', 'link', 'pages', 'paging', 'pagination'].includes(words.join(' ')) &&
        !isWithin(pointer, list.pointer),
    )
    .flatMap(({ value }) =>
      firstNames(value, 50)
        .filter((name) => {
          const one = value[name];
          return typeof one === 'string' || (typeof one === 'object' && one !== null);
        })
        .map((name) => name.toLowerCase()),
    );
}

/** `remainingItemCount: 3` */
function remaining({ body }: Sight): Field | undefined {
  return body.scalars.find(
    (field) =>
      field.words.includes('remaining') &&
      !isUnder(field, OTHER_COUNTS) &&
      field.words.some((word) => OF_ITEMS.has(word)) &&
      (readWhole(field.value) ?? 0) > 0,
  );
}

const OF_ITEMS = new Set([
  'item',
  'items',
  'count',
  'records',
  'results',
  'rows',
  'entries',
  'pages',
]);

/** An empty list of links among what is said about the page. */
function hasNoLinks({ body }: Sight): boolean {
  return body.lists.some(
    ({ words, value, above }) =>
      value.length === 0 &&
      words.join(' ') === 'links' &&
      above.at(-1)?.some((word) => CONTAINERS.has(word)) === true,
  );
}

function sign(found: string, at: string): Evidence {
  return { found, at, weight: 0.5 };
}
