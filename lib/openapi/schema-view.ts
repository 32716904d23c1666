import { isObject, listOf, member, membersOf } from './json-view';
import type { Located, References } from './references';

/** What a schema says at its outside, its references followed and its `allOf` merged. */
export interface SchemaView {
  /** The types it allows, `null` left out; none where it does not say. */
  readonly types: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Located>;
  readonly required: ReadonlySet<string>;
  readonly items: Located | undefined;
  readonly additional: Located | undefined;
  /** The members of a union of several. */
  readonly alternatives: readonly Located[];
  readonly default: unknown;
}

/** Where a pointer leads in a schema: `no` where values of that schema cannot have it, `maybe` where it does not say. */
export type Fit =
  { readonly fits: 'yes'; readonly schema: Located } | { readonly fits: 'maybe' | 'no' };

/** Levels of `allOf` and unions looked into. */
const DEEPEST = 24;

const NO: Fit = { fits: 'no' };
const MAYBE: Fit = { fits: 'maybe' };

const UNKNOWN: SchemaView = {
  types: new Set(),
  properties: new Map(),
  required: new Set(),
  items: undefined,
  additional: undefined,
  alternatives: [],
  default: undefined,
};

/** Looks at the schemas of a document; each is looked at once. */
export class Schemas {
  readonly #views = new Map<unknown, SchemaView>();

  constructor(readonly references: References) {}

  view(schema: Located, depth = 0): SchemaView {
    const node = this.references.follow(schema);
    if (node === undefined || !isObject(node.value) || depth > DEEPEST) return UNKNOWN;
    const known = this.#views.get(node.value);
    if (known !== undefined) return known;
    this.#views.set(node.value, UNKNOWN); // met again within itself it says nothing new
    const view = this.#look(node, depth);
    this.#views.set(node.value, view);
    return view;
  }

  /** Follows names into a schema, through unions where only one member has them. */
  walk(schema: Located, tokens: readonly string[], depth = 0): Fit {
    const [token, ...rest] = tokens;
    if (token === undefined) return { fits: 'yes', schema };
    if (depth > DEEPEST) return MAYBE;
    const view = this.view(schema);
    if (view.alternatives.length > 0) {
      return oneOf(view.alternatives.map((one) => this.walk(one, tokens, depth + 1)));
    }
    const { types, properties, items, additional } = view;
    const property = properties.get(token) ?? additional;
    if (property !== undefined) return this.walk(property, rest, depth + 1);
    if (items !== undefined && /^\d+$/.test(token)) return this.walk(items, rest, depth + 1);
    const mayHold = types.size === 0 || types.has('object');
    return mayHold && properties.size === 0 && items === undefined ? MAYBE : NO;
  }

  /** The schema of the elements, where the schema at `tokens` is one of arrays. */
  itemsAt(schema: Located, tokens: readonly string[]): Fit {
    const found = this.walk(schema, tokens);
    return found.fits === 'yes' ? this.#itemsOf(found.schema, 0) : found;
  }

  #itemsOf(schema: Located, depth: number): Fit {
    const view = this.view(schema);
    if (view.alternatives.length > 0 && depth < DEEPEST) {
      return oneOf(view.alternatives.map((one) => this.#itemsOf(one, depth + 1)));
    }
    if (view.items !== undefined) return { fits: 'yes', schema: view.items };
    if (view.types.has('array')) return MAYBE;
    return view.types.size === 0 && view.properties.size === 0 ? MAYBE : NO;
  }

  #look(node: Located, depth: number): SchemaView {
    const { file, value } = node;
    const at = (one: unknown): Located => ({ file, value: one });
    const own = ownView(node);
    const parts = listOf(member(value, 'allOf')).map((part) => this.view(at(part), depth + 1));
    const merged = parts.length === 0 ? own : merge([own, ...parts]);
    const union = [...listOf(member(value, 'oneOf')), ...listOf(member(value, 'anyOf'))].filter(
      (part) => member(part, 'type') !== 'null',
    );
    const [only] = union;
    if (only === undefined) return merged;
    if (union.length === 1) return merge([merged, this.view(at(only), depth + 1)]);
    return merged.properties.size > 0 ? merged : { ...merged, alternatives: union.map(at) };
  }
}

function ownView({ file, value }: Located): SchemaView {
  const type = member(value, 'type');
  const types = (Array.isArray(type) ? type : [type]).filter(
    (one): one is string => typeof one === 'string' && one !== 'null',
  );
  const items = member(value, 'items');
  const additional = member(value, 'additionalProperties');
  return {
    types: new Set(types),
    properties: new Map(
      membersOf(member(value, 'properties')).map(([name, one]) => [name, { file, value: one }]),
    ),
    required: new Set(
      listOf(member(value, 'required')).filter((name): name is string => typeof name === 'string'),
    ),
    items: isObject(items) ? { file, value: items } : undefined,
    additional: isObject(additional) ? { file, value: additional } : undefined,
    alternatives: [],
    default: member(value, 'default') ?? member(value, 'const'),
  };
}

/** Several at once; where they differ, the first that says something. */
function merge(views: readonly SchemaView[]): SchemaView {
  const first = <V>(pick: (view: SchemaView) => V | undefined): V | undefined =>
    views.map(pick).find((one) => one !== undefined);
  const properties = new Map<string, Located>();
  for (const view of views) {
    for (const [name, schema] of view.properties) {
      if (!properties.has(name)) properties.set(name, schema);
    }
  }
  return {
    types: first(({ types }) => (types.size > 0 ? types : undefined)) ?? new Set(),
    properties,
    required: new Set(views.flatMap(({ required }) => [...required])),
    items: first(({ items }) => items),
    additional: first(({ additional }) => additional),
    alternatives: first(({ alternatives: all }) => (all.length > 0 ? all : undefined)) ?? [],
    default: first((view) => view.default),
  };
}

/** Of a union: the one member that fits; nothing is known where several do. */
function oneOf(fits: readonly Fit[]): Fit {
  const found = fits.filter(({ fits }) => fits === 'yes');
  if (found.length === 1 && found[0] !== undefined) return found[0];
  return fits.every(({ fits }) => fits === 'no') ? NO : MAYBE;
}

/** The one array of a schema: itself, else its only array property, else the only one a level deeper. */
export function findItemsPointer(schemas: Schemas, schema: Located): readonly string[] | undefined {
  if (isArray(schemas, schema)) return [];
  const names = [...schemas.view(schema).properties];
  const arrays = names.filter(([, property]) => isArray(schemas, property));
  if (arrays.length > 0) return arrays.length === 1 ? arrays.map(([name]) => name) : undefined;
  const deeper = names.flatMap(([name, property]) =>
    [...schemas.view(property).properties]
      .filter(([, inner]) => isArray(schemas, inner))
      .map(([inner]) => [name, inner]),
  );
  return deeper.length === 1 ? deeper[0] : undefined;
}

function isArray(schemas: Schemas, schema: Located): boolean {
  const { types, items } = schemas.view(schema);
  return items !== undefined || types.has('array');
}
