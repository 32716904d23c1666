import { isRecord } from '../protocol/is-record';
import { stemOf, wordsOf } from './words';

/** What is looked at of one body at most: a page of any size costs the same. */
const MOST_MEMBERS = 2_000;
const DEEPEST = 8;
const WIDEST = 120;
/** Of an object with more members, which is a map by id, so many are looked at. */
const OF_A_MAP = 20;

/** One value of a body outside its lists. */
export interface Field<V = unknown> {
  /** JSON pointer, or `$response.headers#/name`. */
  readonly pointer: string;
  readonly name: string;
  readonly words: readonly string[];
  /** The words of the objects it stands in, outermost first. */
  readonly above: readonly (readonly string[])[];
  /** The pointer of the object it stands in. */
  readonly parent: string;
  readonly value: V;
}

export type Scalar = string | number | boolean | null;
export type List = Field<readonly unknown[]>;
export type ObjectField = Field<Readonly<Record<string, unknown>>>;

/** A body taken apart: what stands outside the lists, and the lists. Outer values come first. */
export interface BodyView {
  readonly scalars: readonly Field<Scalar>[];
  readonly objects: readonly ObjectField[];
  readonly lists: readonly List[];
  /** Whether the body has more outside its lists than was looked at. */
  readonly isCut: boolean;
}

export interface ScanOptions {
  /** Whether lists of one record are looked into: GraphQL nests lists in them. */
  readonly intoSingles: boolean;
}

/** Walks a body breadth first, bounded in number and depth; the items of lists are not walked. */
export function viewBody(body: unknown, { intoSingles }: ScanOptions): BodyView {
  const scalars: Field<Scalar>[] = [];
  const objects: ObjectField[] = [];
  const lists: List[] = [];
  const queue: Field[] = [{ pointer: '', name: '', words: [], above: [], parent: '', value: body }];
  let budget = MOST_MEMBERS;
  let isCut = false;
  for (let at = 0; at < queue.length; at++) {
    const field = queue[at];
    if (field === undefined) break;
    const { value } = field;
    if (isScalar(value)) {
      scalars.push({ ...field, value });
      continue;
    }
    if (isList(value)) lists.push({ ...field, value });
    else if (isRecord(value)) objects.push({ ...field, value });
    if (field.above.length >= DEEPEST) {
      isCut = true;
      continue;
    }
    const names = membersOf(value, intoSingles);
    const most = Math.min(names.length > WIDEST ? OF_A_MAP : WIDEST, budget);
    if (names.length > most) isCut = true;
    for (const name of names.slice(0, most)) {
      budget--;
      queue.push(memberOf(field, name));
    }
  }
  return { scalars, objects, lists, isCut };
}

/** The names of what is looked at inside a value. */
function membersOf(value: unknown, intoSingles: boolean): readonly string[] {
  if (isRecord(value)) return firstNames(value, WIDEST + 1);
  if (!isList(value)) return [];
  // Some send [metadata, items].
  if (value.length === 2 && isRecord(value[0]) && isList(value[1])) return ['0', '1'];
  return intoSingles && value.length === 1 && isRecord(value[0]) ? ['0'] : [];
}

function memberOf(parent: Field, name: string): Field {
  const { value } = parent;
  return {
    pointer: `${parent.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    name,
    words: wordsOf(name),
    above: parent.pointer === '' ? [] : [...parent.above, parent.words],
    parent: parent.pointer,
    value: typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined,
  };
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The names of the first members of an object. They are not all listed, as a map by id may have any number of them. */
export function firstNames(value: object, most: number): readonly string[] {
  const names: string[] = [];
  for (const name in value) {
    if (names.length === most) break;
    if (Object.hasOwn(value, name)) names.push(name);
  }
  return names;
}

/** The own member of a value, if it is an object that has it. */
export function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Whether any object above a field has one of these words in its name. */
export function isUnder({ above }: Field, words: ReadonlySet<string>): boolean {
  return above.some((names) => names.some((word) => words.has(stemOf(word))));
}

/** Whether a pointer is, or leads into, what another points to. */
export function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}
