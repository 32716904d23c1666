import { isRecord } from '../protocol/is-record';
import { firstNames } from './body-view';
import type { Finder } from './lead';
import type { RequestSlot } from './request-slot';
import { wordsOf } from './words';

/** What identifies an item, the likeliest first. */
const KEYS = ['id', '_id', 'uuid', 'guid', 'key', 'uid'];

/** Parameters that hold the key of the item before the page. */
const BOUNDARIES = new Set([
  ...['after', 'starting after', 'start after', 'after id', 'last id', 'since id', 'from id'],
  ...[
    'exclusive start key',
    'start after id',
    'last seen',
    'last key',
    'greater than id',
    'id after',
  ],
]);

/** Lists that go on behind the last item: its key is the next position. Only a request that does so already names the parameter. */
export const findLastItems: Finder = ({ request, size }, { value }, { hasMore }) => {
  const last = value.at(-1);
  const key = isRecord(last) ? keyOf(last) : undefined;
  const isOpen = hasMore?.value === true || (hasMore === undefined && value.length === size);
  if (key === undefined || !isOpen) return [];
  const slot = request.slots.find(isBoundary);
  const confidence = slot === undefined ? 0.15 : hasMore === undefined ? 0.65 : 0.8;
  return [
    {
      description: {
        kind: 'lastItem',
        ...(slot !== undefined && slot.place !== 'params' && { in: slot.place }),
        param: slot?.param ?? 'after',
        ...(key !== 'id' && { field: `/${key}` }),
      },
      confidence,
      isFirm: slot !== undefined,
      evidence: [
        {
          found: `the last item has a key that the next page may begin after${slot === undefined ? ', by a parameter that is not known' : ''}`,
          at: `items/-1/${key}`,
          weight: confidence,
        },
      ],
    },
  ];
};

/** The name of what identifies an item: one of the usual ones, else the first that ends so: `orderId`. */
function keyOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const names = firstNames(item, 50).filter((name) => isKey(item[name]));
  const usual = KEYS.find((key) => names.includes(key));
  return usual ?? names.find((name) => KEYS.includes(wordsOf(name).at(-1) ?? ''));
}

function isKey(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** A time is no key: it filters. */
function isBoundary({ words, value }: RequestSlot): boolean {
  const isTime = /^\d{4}-\d\d-\d\d/.test(String(value));
  return BOUNDARIES.has(words.join(' ')) && isKey(value) && !isTime;
}
