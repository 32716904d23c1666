import type { DialectFile } from '../dialect-file';
import { leavesOf, partsOf, withBodies } from './json-tools';
import { PageModel } from './paging/page-model';
import { renameFields, renameParameter } from './paging/rename';
import { pick, seeded } from './seeded';
import { USUAL, type Vocabulary } from './names';
import { isSpelledLike } from './spelling';
import type { Transformation } from './transformation';

/** Names in the query, or at the top of a body that is not the text of a query language. */
function isSimple(file: DialectFile, slot: string): boolean {
  if (slot.startsWith('query/')) return /^query\/[A-Za-z_]+$/.test(slot);
  return (
    /^body\/[A-Za-z_]+$/.test(slot) &&
    file.family !== 'cursor-graphql' &&
    file.family !== 'link-array'
  );
}

const isCapital = (name: string): boolean => /^[A-Z]/.test(name);
const nameOf = (slot: string): string => slot.slice(slot.indexOf('/') + 1);

/** The names of the parameters of all requests, those inside a body too. */
function namesOf({ request, expect }: DialectFile): Set<string> {
  const requests = [request, ...expect.next].filter((one) => one !== null);
  return new Set(
    requests.flatMap(({ query, body }) => {
      const inBody = body === undefined ? [] : [...leavesOf(body, undefined).keys()];
      return [...Object.keys(query), ...inBody.flatMap((pointer) => pointer.split('/').slice(1))];
    }),
  );
}

/** The sizes and counters that the first request has, by other names; what a reply echoes keeps its name. */
export function withParameterNames(
  file: DialectFile,
  { limits, pages, offsets }: Vocabulary,
  seed: string,
): DialectFile | undefined {
  const random = seeded(`parameters ${file.id} ${seed}`);
  const model = new PageModel(file);
  // What alone tells that a list is paged, and by what, keeps its name.
  if (!file.detectable || !(model.hasWay || model.hasCounter)) return undefined;
  const echoed = new Set(
    file.pages
      .flatMap(({ body }) => [...leavesOf(body, file.expect.itemsPointer).keys()])
      .map((p) => partsOf(p).name),
  );
  let renamed = file;
  for (const [slot, { kind }] of model.requests.rules) {
    if (model.requests.slots[0]?.has(slot) !== true || !isSimple(file, slot)) continue;
    const words =
      kind === 'limit' ? limits : kind === 'number' ? pages : kind === 'offset' ? offsets : [];
    const taken = [...namesOf(renamed)];
    const others = taken.filter((name) => name !== nameOf(slot));
    // What a reply echoes under the same name stays.
    const free = words.filter(
      (name) =>
        isCapital(name) === isCapital(nameOf(slot)) &&
        isSpelledLike(name, others) &&
        !taken.includes(name) &&
        !echoed.has(name),
    );
    if (free.length > 0) renamed = renameParameter(renamed, nameOf(slot), pick(random, free));
  }
  return renamed === file ? undefined : renamed;
}

export const renamedParameters: Transformation = {
  name: 'parameters renamed',
  does: 'the size, page or offset that the first request has by other usual names, in links too',
  apply: (file, seed = '') => withParameterNames(file, USUAL, seed),
};

/** A token's field and its parameter by another usual pair of names. */
export function withTokenNames(
  file: DialectFile,
  { tokens: pairs }: Vocabulary,
  seed: string,
): DialectFile | undefined {
  if (file.strategy !== 'cursor' || !file.detectable) return undefined;
  const model = new PageModel(file);
  const tokens = [...model.requests.rules].filter(([, { kind }]) => kind === 'token');
  const [slot] = tokens[0] ?? [];
  if (slot === undefined || tokens.length > 1 || !isSimple(file, slot)) return undefined;
  const value = model.requests.slots[1]?.get(slot);
  const found = [...leavesOf(file.pages[0]?.body ?? null, file.expect.itemsPointer)].filter(
    ([, leaf]) => leaf === value,
  );
  const [pointer] = found[0] ?? [];
  if (pointer === undefined || found.length > 1) return undefined;
  const { parent, name } = partsOf(pointer);
  // Only a pair that is one of these already: what an API spells its own way is told by its other parameters.
  if (!isPair(name, nameOf(slot))) return undefined;
  const siblings = new Set(
    file.pages
      .flatMap(({ body }) => [...leavesOf(body, undefined).keys()])
      .filter((p) => partsOf(p).parent === parent)
      .map((p) => partsOf(p).name),
  );
  const taken = [...namesOf(file)];
  const others = taken.filter((one) => one !== nameOf(slot));
  const free = pairs.filter(
    ([field, param]) =>
      isSpelledLike(param, others) &&
      isTold(param, others) &&
      field !== name &&
      !siblings.has(field) &&
      (param === nameOf(slot) || !taken.includes(param)),
  );
  if (free.length === 0) return undefined;
  const [field, param] = pick(seeded(`tokens ${file.id} ${seed}`), free);
  const bodies = withBodies(file, (body) => renameFields(body, new Map([[pointer, field]])));
  return renameParameter(bodies, nameOf(slot), param);
}

export const renamedTokens: Transformation = {
  name: 'tokens renamed',
  does: 'a cursor and its parameter by another pair of names: `nextPageToken` and `pageToken`, `marker` ...',
  apply: (file, seed = '') => withTokenNames(file, USUAL, seed),
};

function isPair(field: string, param: string): boolean {
  return field === param || field.toLowerCase().replace(/^next_?/, '') === param.toLowerCase();
}

/** `next_page_token` goes back as `page_token`, `page-token`, `pagetoken` or as it is: only other parameters tell. */
function isTold(param: string, others: readonly string[]): boolean {
  return param !== 'page_token' || others.some((name) => name.includes('_'));
}
