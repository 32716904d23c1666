import type { Json } from '../../../lib/core/json';
import { setAtPointer } from '../../../lib/protocol/json-pointer';
import type { DialectFile } from '../dialect-file';
import { isObject, partsOf, valueAt, withBodies } from './json-tools';
import { pick, seeded, shuffled } from './seeded';
import type { Transformation } from './transformation';

function records(count: number, make: (place: number) => Json): readonly Json[] {
  return Array.from({ length: count }, (_, place) => make(place));
}

/** Lists that stand beside the items of real replies; most are longer than a page. */
const SIDECARS: Readonly<Record<string, readonly Json[]>> = {
  facets: records(6, (n) => ({
    field: `f${String(n)}`,
    values: records(4, (v) => ({ value: v, count: v })),
  })),
  included: records(14, (n) => ({
    type: 'people',
    id: `p${String(n)}`,
    attributes: { name: 'A' },
  })),
  warnings: records(13, (n) => ({ code: `W${String(n)}`, message: 'deprecated parameter' })),
  errors: [],
  messages: [],
  tags: records(15, (n) => `tag-${String(n)}`),
  available_filters: records(12, (n) => ({ name: `filter${String(n)}`, type: 'string' })),
  sort_options: records(3, (n) => `option-${String(n)}`),
};

/** Puts lists into the body beside the items, before or after what is there. */
function beside(
  file: DialectFile,
  lists: readonly (readonly [string, Json])[],
  isFirst: boolean,
): DialectFile | undefined {
  const { parent } = partsOf(file.expect.itemsPointer);
  if (!file.pages.every(({ body }) => isObject(valueAt(body, parent)))) return undefined;
  return withBodies(file, (body) => {
    const object = valueAt(body, parent);
    if (!isObject(object)) return body;
    const more = lists.filter(([name]) => !Object.hasOwn(object, name));
    const members = [...(isFirst ? more : []), ...Object.entries(object), ...(isFirst ? [] : more)];
    const result = setAtPointer(body, parent, Object.fromEntries(members));
    return result.ok ? (result.document as Json) : body;
  });
}

/** Lists whose name says that they go with the items, beside the items and longer than they are. */
export const distractorArrays: Transformation = {
  name: 'distractor arrays',
  does: 'facets, included, warnings, tags, filters beside the items, most longer than a page',
  apply: (file, seed = '') => {
    const random = seeded(`arrays ${file.id} ${seed}`);
    // A list that the path names is no distractor.
    const apart = Object.entries(SIDECARS).filter(([name]) => !file.request.path.includes(name));
    const lists = shuffled(random, apart).slice(0, 4);
    return beside(file, lists, pick(random, [true, false]));
  },
};

/** Names of lists that nobody takes for anything else. */
const GENERIC = new Set([
  'data',
  'items',
  'results',
  'records',
  'entries',
  'values',
  'value',
  'list',
  'rows',
  'docs',
]);
const USERS = records(17, (n) => ({
  id: `u${String(n)}`,
  name: `User ${String(n)}`,
  username: `u${String(n)}`,
}));

/**
 * The records that the items refer to, beside them (users beside tweets) or in an object `includes`. Only where something
 * tells the two apart for a reader who does not know the API: the items have a name for items, or that of the path.
 */
export const distractorRecords: Transformation = {
  name: 'records beside the items',
  does: 'the users that the items refer to, more of them than items, as `users` or `includes.users`',
  apply: (file, seed = '') => {
    const { name } = partsOf(file.expect.itemsPointer);
    const isNamedByPath = file.request.path.toLowerCase().includes(name.toLowerCase().slice(0, -1));
    if (name === '' || name.toLowerCase() === 'users' || !(GENERIC.has(name) || isNamedByPath))
      return undefined;
    const random = seeded(`records ${file.id} ${seed}`);
    const list = pick(random, [
      ['users', USERS],
      ['includes', { users: USERS }],
    ] as const);
    return beside(file, [list], pick(random, [true, false]));
  },
};
