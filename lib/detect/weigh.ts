import { isSameRequest } from './is-same-request';
import type { List } from './body-view';
import type { Way } from './complete-lead';
import type { Detection } from './detection';
import type { Ending } from './ending';
import type { Sight } from './sight';
import type { Signals } from './signals';
import { readSuspicions } from './suspicions';

export interface Weighed {
  readonly sight: Sight;
  readonly list: List;
  readonly signals: Signals;
  /** The likeliest first. */
  readonly ways: readonly Way[];
  readonly ending: Ending;
  readonly threshold: number;
}

type Verdict = Pick<
  Detection,
  'verdict' | 'confidence' | 'description' | 'next' | 'candidates' | 'problem'
>;

/** Ways that are nearer than this and lead to different requests contradict each other. */
const CLOSE = 0.15;

/** Weaker ways are not worth a word. */
export const FAINT = 0.2;

/** Decides by all that was seen; in doubt it does not know. */
export function weigh(weighed: Weighed): Verdict {
  const { sight, list, ways, ending, signals, threshold } = weighed;
  const candidates = ways.map(({ description, confidence }) => ({ description, confidence }));
  const unknown = (problem: string): Verdict => ({
    verdict: 'unknown',
    confidence: Math.min(0.5, ways[0]?.confidence ?? 0),
    candidates,
    problem,
  });
  const single = (confidence: number): Verdict => ({
    verdict: 'single',
    confidence,
    description: { kind: 'single', items: list.pointer },
    candidates,
  });
  const leading = ways.filter(({ next }) => next !== undefined);
  const serious = leading.filter(({ confidence }) => confidence >= FAINT);
  const [best] = serious;
  const counted = ways.find(({ isFirm, description: { kind } }) => isFirm && isCounter(kind));

  const surelyMore = ending.more.filter(({ at }) => at !== 'items' && !at.startsWith('$request'));
  if (signals.hasMore?.value === false) {
    const [against] = surelyMore;
    if (against === undefined) return ended(counted, single(0.95), candidates);
    return unknown(`a flag says that there is no more, and yet ${against.found}`);
  }
  // An explicit end counts more than a counter that could be counted on.
  if (ending.over.length > 0 && surelyMore.length === 0) {
    if (serious.every(({ description: { kind } }) => isCounter(kind))) {
      return ended(counted, single(0.92), candidates);
    }
  }
  if (best !== undefined && best.confidence >= threshold) {
    const rival = serious.find((way) => contradicts(way, best, threshold));
    if (rival === undefined) {
      return {
        verdict: 'paged',
        confidence: best.confidence,
        description: best.description,
        next: best.next,
        candidates,
      };
    }
    return unknown('there are several ways on, which lead to different requests');
  }
  // Firm counters that give no next request have come to the end.
  if (counted !== undefined && best === undefined) {
    if (ending.partial !== undefined) return unknown(ending.partial.found);
    if (list.value.length > 0 || ending.more.length === 0) {
      return ended(counted, single(0.9), candidates);
    }
    return unknown(`the page is empty, and yet ${ending.more[0]?.found ?? ''}`);
  }
  const [faint] = serious;
  if (faint !== undefined && !isCounter(faint.description.kind)) {
    return unknown(
      `there is more, and it is not sure how to ask for it: ${faint.evidence[0]?.found ?? ''}${faint.doubt === undefined ? '' : `, but ${faint.doubt}`}`,
    );
  }
  if (ending.over.length > 0) {
    const [against] = surelyMore;
    if (against !== undefined) {
      return unknown(`${ending.over[0]?.found ?? ''}, and yet ${against.found}`);
    }
    return single(0.9);
  }
  const [sign] = ending.more;
  if (sign !== undefined) {
    const doubt = ways.find((way) => way.doubt !== undefined)?.doubt;
    return unknown(
      doubt === undefined
        ? `${sign.found}, and nothing says how to ask for the next page`
        : `${sign.found}, and it is not sure how to ask for the next page: ${doubt}`,
    );
  }
  const [doubt] = readSuspicions(sight, list, signals);
  if (doubt !== undefined) {
    return unknown(`${doubt.found} (${doubt.at}), and nothing says that this is all`);
  }
  return sight.body.isCut
    ? unknown('the reply holds more beside the items than is looked at')
    : single(0.7);
}

function ended(way: Way | undefined, single: Verdict, candidates: Verdict['candidates']): Verdict {
  if (way === undefined || way.next !== undefined) return single;
  const { description, confidence } = way;
  return { verdict: 'paged', confidence, description, candidates };
}

function isCounter(kind: string): boolean {
  return kind === 'number' || kind === 'offset' || kind === 'contentRange';
}

/** Whether another way speaks against the best one: nearly as likely, or a token that nobody knows where to send. */
function contradicts(way: Way, best: Way, threshold: number): boolean {
  if (best.isFirm || isSameRequest(way.next, best.next)) return false;
  if (best.confidence - way.confidence < CLOSE) return true;
  const isOpen = !isCounter(way.description.kind) && way.confidence < threshold;
  const isOtherLink = way.description.kind === 'link' && !way.isFirm;
  return isOpen && (isCounter(best.description.kind) || isOtherLink) && way.confidence >= FAINT;
}
