import { isRecord } from '../protocol/is-record';
import { firstNames } from './body-view';
import type { Finder } from './lead';
import { siblingName } from './sibling-name';
import { wordsOf } from './words';

/** Items looked at. */
const SAMPLE = 20;

/** Items that each carry a cursor of their own: that of the last one leads on. */
export const findItemCursors: Finder = ({ request, size }, { value }) => {
  const names = cursorNames(value[0]);
  const name = names.find((one) => isOwnCursor(value, one));
  if (name === undefined) return [];
  const slot = request.slots.find(
    ({ words }) => ['cursor', 'after'].includes(words.at(-1) ?? '') && words.length <= 2,
  );
  const place = slot?.place ?? (request.hasBody ? 'body' : 'params');
  const styled = siblingName(request, wordsOf(name), name, { withSign: false });
  const param = slot?.param ?? (place === 'body' ? `${request.bodyParent}/${styled}` : styled);
  const isFull = size !== undefined && value.length >= size;
  const confidence = slot !== undefined ? 0.85 : isFull && !request.isGraphql ? 0.75 : 0.1;
  return [
    {
      description: {
        kind: 'cursor',
        ...(place !== 'params' && { in: place }),
        param,
        next: { lastItem: `/${name}` },
      },
      confidence,
      isFirm: slot !== undefined,
      evidence: [
        { found: 'every item has a cursor of its own', at: `items/-1/${name}`, weight: confidence },
      ],
    },
  ];
};

export function cursorNames(item: unknown): readonly string[] {
  return isRecord(item) ? firstNames(item, 100).filter((name) => /^_?cursor$/i.test(name)) : [];
}

/** Texts, none of them twice. */
export function isOwnCursor(items: readonly unknown[], name: string): boolean {
  const cursors = items.slice(0, SAMPLE).map((item) => (isRecord(item) ? item[name] : undefined));
  return (
    cursors.every((one) => typeof one === 'string') && new Set(cursors).size === cursors.length
  );
}
