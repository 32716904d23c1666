import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { List } from './body-view';
import { completeLead } from './complete-lead';
import type { Way } from './complete-lead';
import type { Detection, Evidence } from './detection';
import { readEnding } from './ending';
import { FINDERS } from './finders';
import { isClear, rankLists } from './rank-lists';
import type { RankedList } from './rank-lists';
import { severalLists } from './several-lists';
import { look } from './sight';
import type { Sight } from './sight';
import { readSignals } from './signals';
import type { Signals } from './signals';
import { partOfWhat, whatIsIt } from './what-is-it';
import { FAINT, weigh } from './weigh';

interface DetectSettings {
  readonly threshold?: number | undefined;
  /** JSON pointer to the items, where they are known. */
  readonly items?: string | undefined;
}

/** Below this confidence a way is not taken. */
export const THRESHOLD = 0.6;

/**
 * What the first request of a list and its reply show of how the list is paged. Pure, and never throws, whatever the reply is. What
 * it looks at is bounded, so that a page of any size costs the same.
 */
export function detect(
  request: PageRequest,
  reply: PageReply,
  { threshold = THRESHOLD, items }: DetectSettings = {},
): Detection {
  try {
    return examine(look(request, reply), threshold, items);
  } catch (error) {
    const problem = `the reply cannot be looked at: ${error instanceof Error ? error.message : 'it throws'}`;
    return { verdict: 'unknown', confidence: 0, evidence: [], candidates: [], problem };
  }
}

function examine(sight: Sight, threshold: number, items: string | undefined): Detection {
  const what = whatIsIt(sight.reply.body);
  if (what !== undefined) return noList(what);
  const lists = rankLists(sight);
  const ranked = items === undefined ? lists : lists.filter(({ list }) => list.pointer === items);
  const [best] = ranked;
  if (best === undefined) {
    return noList(items === undefined ? 'an object without a list' : `no list at ${items}`);
  }
  const { list } = best;
  const signals = readSignals(sight, list);
  const ways = waysOn(sight, list, signals);
  const ending = readEnding(sight, list, signals);
  const isPaged =
    ways.length > 0 || signals.hasMore !== undefined || signals.totalCount !== undefined;
  if (!isPaged && items === undefined) {
    const isNamed = best.isNamed || sight.size !== undefined;
    const part = partOfWhat(list, sight.body, isNamed);
    if (part !== undefined) return noList(part);
  }
  if (items === undefined && !best.isKnown && leadsElsewhere(ways[0], sight)) {
    const part = partOfWhat(list, sight.body, best.isNamed);
    if (part !== undefined) return noList(part);
  }
  const several = severalLists(ranked, sight, isPaged);
  if (several !== undefined) return noList(several);
  const seen = { ...seenOf(list, signals), evidence: evidenceOf(best, signals, ways) };
  if (!isClear(ranked, isPaged)) return unclear(ranked, ways, seen);
  return { ...seen, ...weigh({ sight, list, signals, ways, ending, threshold }) };
}

/** Whether the way is a link to another path, as one record has to the next record. */
function leadsElsewhere(way: Way | undefined, { request }: Sight): boolean {
  if (way?.description.kind !== 'link' || way.next === undefined) return false;
  return pathOf(way.next.url) !== pathOf(request.path);
}

function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
}

/** All ways to the next page, the likeliest first; faint ones only where there is no other. */
function waysOn(sight: Sight, list: List, signals: Signals): readonly Way[] {
  const ways = FINDERS.flatMap((find) => find(sight, list, signals))
    .flatMap((lead) => completeLead(lead, sight, list, signals) ?? [])
    .sort((a, b) => b.confidence - a.confidence);
  const serious = ways.filter(({ confidence }) => confidence >= FAINT);
  return serious.length === 0 ? ways : serious;
}

type Seen = Pick<
  Detection,
  'itemsPointer' | 'itemCount' | 'totalCount' | 'totalPages' | 'evidence'
>;

function seenOf(list: List, { totalCount, totalPages }: Signals): Omit<Seen, 'evidence'> {
  return {
    itemsPointer: list.pointer,
    itemCount: list.value.length,
    ...(totalCount !== undefined && { totalCount: totalCount.value }),
    ...(totalPages !== undefined && { totalPages: totalPages.value }),
  };
}

function evidenceOf(
  { list, reasons }: RankedList,
  signals: Signals,
  ways: readonly Way[],
): readonly Evidence[] {
  const items = {
    found: `a list of ${String(list.value.length)}${reasons.length === 0 ? '' : `, ${reasons.join(', ')}`}`,
    at: list.pointer,
    weight: 0.5,
  };
  return [items, ...signals.evidence, ...ways.flatMap(({ evidence }) => evidence)];
}

function noList(what: string): Detection {
  return {
    verdict: 'unknown',
    confidence: 0,
    evidence: [],
    candidates: [],
    problem: `the reply holds no list: it is ${what}`,
    isNoList: true,
  };
}

function unclear(ranked: readonly RankedList[], ways: readonly Way[], seen: Seen): Detection {
  const [best] = ranked;
  const near = ranked.filter(({ score }) => (best?.score ?? 0) - score < 0.9);
  const names = near.map(({ list }) => (list.pointer === '' ? 'the body' : list.pointer));
  return {
    ...seen,
    verdict: 'unknown',
    confidence: 0.3,
    candidates: ways.map(({ description, confidence }) => ({ description, confidence })),
    problem: `several lists may be the items: ${names.join(', ')}`,
  };
}
