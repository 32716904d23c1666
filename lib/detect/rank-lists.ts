import { isRecord } from '../protocol/is-record';
import { firstNames, isList, isUnder, isWithin } from './body-view';
import type { Field, List } from './body-view';
import {
  isCurrentOffset,
  isCurrentPage,
  isLastName,
  isMoreName,
  isPageTotal,
  totalRank,
} from './reply-names';
import type { Sight } from './sight';
import { isBareToken, isLastKey, isNextName } from './token-names';
import { stemOf, wordsOf } from './words';

/** A list of a body that may be the items. */
export interface RankedList {
  readonly list: List;
  readonly score: number;
  /** Whether it is called as the path is, or as items are. */
  readonly isNamed: boolean;
  /** Whether its name says that it is the items, or the one resource of the path. */
  readonly isKnown: boolean;
  readonly isOfRecords: boolean;
  /** What speaks for it and against it. */
  readonly reasons: readonly string[];
}

/** Names of items that say nothing about what they are. */
const GENERIC = new Set([
  ...['data', 'item', 'result', 'record', 'entry', 'list', 'value', 'row', 'element', 'object'],
  ...['resource', 'hit', 'doc', 'document', 'content', 'collection', 'node', 'edge', 'feature'],
  ...['entity', 'children', 'payload', 'response', 'match', 'datum', 'member', 'embedded'],
]);

/** Lists that go with the items. */
export const BESIDE = new Set([
  ...['facet', 'aggregation', 'agg', 'included', 'include', 'error', 'warning', 'link', 'meta'],
  ...[
    'breadcrumb',
    'suggestion',
    'metadata',
    'debug',
    'hint',
    'notice',
    'aggregate',
    'schema',
    'filter',
    'sort',
    'available',
    'criteria',
  ],
]);

/** Lists that may go with the items, or be them. */
const MAYBE_BESIDE = new Set([
  ...['tag', 'message', 'user', 'label', 'column', 'field', 'header', 'option'],
  ...['permission', 'category', 'rel', 'author', 'view', 'bucket', 'notification', 'reference'],
  ...['profile', 'related', 'relationship', 'attachment', 'ad', 'rule'],
]);

/** Segments of a path that name no resource. */
const VERBS = new Set([
  ...[
    'search',
    'list',
    'query',
    'get',
    'find',
    'all',
    'json',
    'select',
    'index',
    'api',
    'v',
    'rest',
  ],
]);

/** Lists of a reply, the likeliest first. */
export function rankLists(sight: Sight): readonly RankedList[] {
  const beside = pagingParents(sight);
  const resources = resourcesOf(sight.request.path);
  const ranked = sight.body.lists.map((list) => rank(list, sight, beside, resources));
  return ranked.sort((a, b) => b.score - a.score);
}

function rank(
  list: List,
  sight: Sight,
  beside: ReadonlySet<string>,
  resources: readonly ReadonlySet<string>[],
): RankedList {
  const reasons: string[] = [];
  let score = 0;
  const add = (points: number, reason?: string): void => {
    score += points;
    if (reason !== undefined) reasons.push(reason);
  };
  const { value, words, pointer } = list;
  const stems = words.map(stemOf);
  const first = value.slice(0, 10).find((item) => item !== null);
  add(isRecord(first) ? 2 : isList(first) ? -1 : value.length > 0 ? 0.3 : 0);
  if (isRecord(first)) add(firstNames(first, 8).length * 0.15);
  add(Math.min(1.5, Math.log2(1 + value.length) * 0.3));
  if (isLinks(value)) add(-8, 'a list of links');

  const match = resources.findIndex((resource) => resource.has(stems.at(-1) ?? ''));
  const isWhole = match >= 0 && stems.every((stem) => resources[match]?.has(stem) === true);
  const isTexts = value.length > 0 && !isRecord(first);
  const isSide = isTexts && stems.some((stem) => MAYBE_BESIDE.has(stem));
  if (match === 0) add(isSide ? 2 : isWhole ? 3.5 : 2.5, 'named in the path');
  else if (match > 0) add(1.5, 'named in the path');
  else if (stems.some((stem) => BESIDE.has(stem))) add(-5, 'named as something beside the items');
  else if (stems.some((stem) => MAYBE_BESIDE.has(stem))) add(-2, 'named as something beside them');
  const isGeneric = stems.length > 0 && stems.every((stem) => GENERIC.has(stem));
  if (isGeneric) add(2, 'named as items are');
  if (isUnder(list, BESIDE)) add(-5, 'under something beside the items');

  add(-0.4 * list.above.length);
  if (beside.has(list.parent)) add(1.5, 'beside fields of paging');
  else if ([...beside].some((parent) => isWithin(list.parent, parent))) add(0.7);

  const { size } = sight;
  if (size !== undefined && value.length === size) add(2, 'as many items as asked for');
  if (size !== undefined && value.length > size) add(-3, 'more items than asked for');
  const nested = nestingOf(list, sight, beside);
  if (nested === 'around') add(-7, 'it holds the list');
  if (nested === 'inside') add(-7, 'it belongs to an item');
  if (pointer === '' && nested === undefined) add(1, 'the body itself');
  const isKnown = match >= 0 || isGeneric || pointer === '';
  return { list, score, isNamed: match === 0, isKnown, isOfRecords: isRecord(first), reasons };
}

/**
 * Of lists in lists, the inner one is looked for where the outer one has two members and is no list, or where fields of paging
 * stand within its one record; else the inner one belongs to an item.
 */
function nestingOf(
  { pointer }: List,
  { body: { lists } }: Sight,
  beside: ReadonlySet<string>,
): 'around' | 'inside' | undefined {
  const isAround = (outer: List): boolean =>
    outer.value.length === 2 ||
    [...beside].some((parent) => parent.startsWith(`${outer.pointer}/0/`));
  for (const other of lists) {
    if (other.pointer === pointer) continue;
    if (isWithin(other.pointer, pointer)) {
      const own = lists.find((list) => list.pointer === pointer);
      if (own !== undefined && isAround(own)) return 'around';
    } else if (isWithin(pointer, other.pointer) && !isAround(other)) return 'inside';
  }
  return undefined;
}

/** Lists that are named as something beside the items are further behind. */
export const BESIDE_MARGIN = 4;

/** Whether the best list is surely the one. */
export function isClear(ranked: readonly RankedList[], isPaged: boolean): boolean {
  const [best, second] = ranked;
  if (best === undefined) return false;
  // Two kinds of records beside each other, and nothing says of which of them the pages are.
  const isOneOfSeveral =
    isPaged &&
    !best.isKnown &&
    ranked.some(
      (other) =>
        other !== best &&
        other.isOfRecords &&
        other.list.parent === best.list.parent &&
        best.score - other.score < BESIDE_MARGIN,
    );
  if (isOneOfSeveral) return false;
  return second === undefined || best.score - second.score >= 0.9 || isSameList(best, second);
}

/** GraphQL gives the same items as `nodes` and within `edges`. */
function isSameList({ list: a }: RankedList, { list: b }: RankedList): boolean {
  const names = new Set([a.name, b.name]);
  const edges = a.name === 'edges' ? a : b;
  const isRelay = edges.value
    .slice(0, 10)
    .every((edge) => isRecord(edge) && Object.hasOwn(edge, 'node'));
  return a.parent === b.parent && names.has('nodes') && names.has('edges') && isRelay;
}

/** Records that are links: `rel` or `relation`, and `href`, `url` or `uri`. */
export function isLinks(items: readonly unknown[]): boolean {
  return (
    items.length > 0 &&
    items
      .slice(0, 10)
      .every(
        (item) =>
          isRecord(item) &&
          ['rel', 'relation'].some((name) => typeof item[name] === 'string') &&
          ['href', 'url', 'uri'].some((name) => Object.hasOwn(item, name)),
      )
  );
}

/** The objects that hold fields of paging, and those around them: `meta.pagination.next` speaks of lists beside `meta`. */
function pagingParents({ body, request }: Sight): ReadonlySet<string> {
  const parents = new Set<string>();
  const add = ({ parent, above }: Field): void => {
    parents.add(parent);
    const container = above.at(-1) ?? [];
    if (!container.some((word) => CONTAINERS.has(stemOf(word)))) return;
    const outer = parent.slice(0, parent.lastIndexOf('/'));
    parents.add(outer);
    const next = above.at(-2)?.some((word) => CONTAINERS.has(stemOf(word))) === true;
    if (next) parents.add(outer.slice(0, outer.lastIndexOf('/')));
  };
  for (const field of [...body.scalars, ...body.objects]) {
    if (!isUnder(field, OTHER_COUNTS) && isPaging(field, request.pathStems)) add(field);
  }
  return parents;
}

/** Objects that hold what is said about a page. */
export const CONTAINERS = new Set([
  ...[
    'meta',
    'metadata',
    'paging',
    'pagination',
    'page',
    'link',
    'info',
    'cursor',
    'next',
    'pages',
  ],
  ...['paginate', 'pager', 'summary', 'envelope', 'additional', 'resultset', 'attr', 'context'],
]);

/** Objects whose counts are of something else. */
export const OTHER_COUNTS = new Set([
  ...['shard', 'rate', 'quota', 'limit', 'constraint', 'facet', 'aggregation', 'usage', 'timing'],
]);

function isPaging({ words, value }: Field, stems: ReadonlySet<string>): boolean {
  if (isNextName(words) || isBareToken(words) || isLastKey(words)) return true;
  if (typeof value === 'boolean') return isMoreName(words) || isLastName(words);
  if (typeof value !== 'number' && !(typeof value === 'string' && /^\d{1,15}$/.test(value))) {
    return false;
  }
  return (
    totalRank(words, stems) > 0 ||
    isPageTotal(words) ||
    isCurrentPage(words) ||
    isCurrentOffset(words, stems)
  );
}

/** The stems of the words of each segment that names a resource, the last first. */
export function resourcesOf(path: string): readonly ReadonlySet<string>[] {
  return path
    .replace(/\.\w{2,5}$/, '')
    .split('/')
    .reverse()
    .filter((segment) => segment !== '' && !/^[\d.:]+$/.test(segment))
    .map((segment) => new Set(wordsOf(segment).map(stemOf)))
    .filter((stems) => ![...stems].every((stem) => VERBS.has(stem)));
}
