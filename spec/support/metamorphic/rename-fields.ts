import { resolvePointer } from '../../../lib/protocol/json-pointer';
import type { DialectFile } from '../dialect-file';
import {
  isArray,
  isObject,
  leavesOf,
  mapBody,
  partsOf,
  inside,
  valueAt,
  withBodies,
  wordsOf,
} from './json-tools';
import type { LeafRule } from './paging/leaf-rule';
import { isLink } from './paging/link-text';
import { PageModel } from './paging/page-model';
import { USUAL, type Vocabulary } from './names';
import { type FieldNames, renameFields, renamePointer } from './paging/rename';
import { pick, seeded } from './seeded';
import type { Transformation } from './transformation';

/** Containers of paging by any of these names. */
const CONTAINERS: readonly (readonly string[])[] = [
  ['paging', 'pagination', 'page_info', 'pageInfo'],
  ['links', '_links'],
];

/** Names that stand for two things at their API, or for a parameter that is nowhere else to be seen. */
function isFixed(model: PageModel, pointer: string, says: LeafRule['says']): boolean {
  const { name } = partsOf(pointer);
  const isSent = [...(model.requests.slots[0]?.keys() ?? [])];
  if (says === 'page')
    return (
      !isSent.some((slot) => model.requests.rules.get(slot)?.kind === 'number') &&
      name !== 'page' &&
      !/current/i.test(name)
    );
  return (
    says === 'offset' ||
    says === 'next' ||
    says === 'prev' ||
    says === 'lastItem' ||
    says === 'remaining'
  );
}

/** The new name of each member that says something about the paging. */
function newNames(file: DialectFile, { fields }: Vocabulary, seed: string): FieldNames {
  const random = seeded(`names ${file.id} ${seed}`);
  const model = new PageModel(file);
  const names = new Map<string, string>();
  const choose = (pointer: string, words: readonly string[] | undefined) => {
    const { parent } = partsOf(pointer);
    const isTaken = (name: string) =>
      file.pages.some(({ body }) => resolvePointer(body, inside(parent, name)).found) ||
      [...names].some(([old, chosen]) => partsOf(old).parent === parent && chosen === name);
    const free = (words ?? []).filter((name) => !isTaken(name));
    if (free.length > 0) names.set(pointer, pick(random, free));
  };

  for (const [pointer, { says }] of model.rules) {
    // One page alone does not tell what its numbers are.
    const isKnown = pointer.startsWith('/') && file.pages.length > 1;
    if (isKnown && !isFixed(model, pointer, says)) choose(pointer, fields[says]);
  }
  const bodies = file.pages.map(({ body }) => body);
  for (const pointer of bodies.flatMap((body) => [...leavesOf(body, file.expect.itemsPointer)])) {
    const [place, value] = pointer;
    const isNext =
      wordsOf(partsOf(place).name)[0] === 'next' && typeof value === 'string' && isLink(value);
    if (isNext && file.request.method === 'GET' && !names.has(place)) choose(place, fields.link);
  }
  for (const body of bodies) {
    mapBody(body, file.expect.itemsPointer, (value, pointer) => {
      const family = CONTAINERS.find((all) => all.includes(partsOf(pointer).name));
      if (isObject(value) && family !== undefined && !names.has(pointer)) choose(pointer, family);
      return value;
    });
  }
  const { itemsPointer } = file.expect;
  const isMember = isObject(valueAt(bodies[0] ?? null, partsOf(itemsPointer).parent));
  if (itemsPointer !== '' && isMember) choose(itemsPointer, fields.items);
  return names;
}

/** The members of links in an array: rel or relation, href, url or uri. */
function renameLinkArrays(file: DialectFile, seed: string): DialectFile {
  const random = seeded(`links ${file.id} ${seed}`);
  const [rel, href] = [pick(random, ['rel', 'relation']), pick(random, ['href', 'url', 'uri'])];
  return withBodies(file, (body) => {
    const mapped = mapBody(body, file.expect.itemsPointer, (value) => {
      if (
        !isArray(value) ||
        !value.some((one) => isObject(one) && ('rel' in one || 'relation' in one))
      )
        return value;
      const links = value.map((link) => {
        if (!isObject(link)) return link;
        const members = Object.entries(link).map(([name, one]) => {
          if (name === 'rel' || name === 'relation') return [rel, one] as const;
          return [name === 'href' || name === 'url' || name === 'uri' ? href : name, one] as const;
        });
        return Object.fromEntries(members);
      });
      return links;
    });
    return mapped ?? null;
  });
}

/** The envelope's fields by other names: the items, totals, sizes, flags, links, and what holds them. */
export function withFieldNames(
  file: DialectFile,
  vocabulary: Vocabulary,
  seed: string,
): DialectFile | undefined {
  const names = newNames(file, vocabulary, seed);
  if (names.size === 0) return undefined;
  const renamed = withBodies(file, (body) => renameFields(body, names));
  const itemsPointer = renamePointer(file.expect.itemsPointer, names);
  return renameLinkArrays({ ...renamed, expect: { ...file.expect, itemsPointer } }, seed);
}

export const renamedFields: Transformation = {
  name: 'fields renamed',
  does: 'items, totals, sizes, flags, next links and their containers by other usual names',
  apply: (file, seed = '') => withFieldNames(file, USUAL, seed),
};
