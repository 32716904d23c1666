import { isRecord } from '../protocol/is-record';
import { readWhole } from '../strategy/read-values';
import { firstNames, isWithin } from './body-view';
import type { Field, List } from './body-view';
import type { Evidence } from './detection';
import { isMissing } from './rest-signs';
import type { Sight } from './sight';
import { wordsOf } from './words';

/** Flags of a search that stopped before it was through: whatever its total says, it is of what it had by then. */
const STOPPED =
  /^(?:is )?(?:incomplete(?: results?)?|results? incomplete|partial results?|timed out|terminated early)$/;
/** Where an answer says in words how it went. */
const REMARKS = /^(?:remark|remarks|warning|warnings|notice|note)$/;
const TROUBLE =
  /\b(?:runtime error|timed out|truncated|incomplete|partial results|limit exceeded)\b/i;

/** Where a reply says of itself that it is not the whole answer. */
export function partialReply({ body: { scalars } }: Sight, list: List): Evidence | undefined {
  const field = scalars.find(
    (one) => !isWithin(one.pointer, list.pointer) && (isStopped(one) || isRemark(one)),
  );
  if (field === undefined) return undefined;
  const found = `${field.name} says that the answer is not complete`;
  return { found, at: field.pointer, weight: 0.5 };
}

function isStopped({ words, above, value }: Field): boolean {
  if (value === true) return STOPPED.test(words.join(' '));
  const isFailed = words.join(' ') === 'failed' && above.at(-1)?.includes('shards') === true;
  return isFailed && (readWhole(value) ?? 0) > 0;
}

function isRemark({ words, value }: Field): boolean {
  return REMARKS.test(words.join(' ')) && typeof value === 'string' && TROUBLE.test(value);
}

const SAMPLES = 20;
const MEMBERS = 50;

/** A flag that only the last item has, as `_more_changes: true`: it is of the list, and not of the item. */
export function lastItemFlag({ value, pointer }: List): Evidence | undefined {
  const last = value.at(-1);
  if (!isRecord(last)) return undefined;
  const others = [...value.slice(0, SAMPLES), value.at(-2)].filter((one) => one !== last);
  const name = firstNames(last, MEMBERS).find((key) => {
    const flag = last[key];
    if ((flag !== true && flag !== 1) || !isMissing(wordsOf(key))) return false;
    // One item alone may be so itself.
    if (value.length === 1) return key.startsWith('_') || key === 'partial';
    return !others.some((one) => isRecord(one) && Object.hasOwn(one, key));
  });
  if (name === undefined) return undefined;
  const found = `only the last item has ${name}, which may say that there is more`;
  return { found, at: `${pointer}/-1/${name}`, weight: 0.3 };
}
