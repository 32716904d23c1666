import { isObject, listOf, member, membersOf, present, textOf } from '../openapi/json-view';
import { referenceOf, targetOf, type Located, type References } from '../openapi/references';
import { formatPointer } from '../protocol/json-pointer';
import { commentText, lineText } from './comment-text';
import type { PlainSchema } from './plain-schema';
import { withoutCircles } from './schema-circles';
import { typeName, uniqueNames, type ToName } from './names';

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/**
 * Gathers the schemas that types are needed for, with all that they refer to, and reduces them to what makes a type. Nothing of the
 * document comes out but types, names of properties, enumerated values, and texts made fit for comments.
 */
export class SchemaProjection {
  readonly #references: References;
  readonly #schemas = new Map<string, PlainSchema>();
  readonly #wanted: ToName[] = [];
  readonly #open: (readonly [key: string, node: Located])[] = [];
  #isReducing = false;

  constructor(references: References) {
    this.#references = references;
  }

  /** The key of a type for a schema: that of the schema it refers to, else one of its own under the wanted name. */
  add(key: string, wanted: string, schema: Located): string {
    const shared = this.#shared(schema);
    if (shared !== undefined) return shared;
    this.#enter(key, wanted, schema);
    return key;
  }

  /** A type made of properties that are schemas themselves. */
  addObject(
    key: string,
    wanted: string,
    properties: readonly (readonly [
      name: string,
      schema: Located | undefined,
      required: boolean,
      about: string | undefined,
    ])[],
  ): string {
    const members = properties.map(([name, schema, , about]) => {
      const plain = schema === undefined ? true : this.#reduce(schema);
      // A text of its own: that of the parameter, which says more than that of its schema.
      const described =
        about === undefined || plain === false
          ? plain
          : { ...describable(plain), description: commentText(about) };
      return [name, described] as const;
    });
    this.#wanted.push({ key, wanted });
    this.#schemas.set(key, {
      type: 'object',
      properties: Object.fromEntries(members),
      required: properties.filter(([, , required]) => required).map(([name]) => name),
    });
    this.#reduceAll();
    return key;
  }

  /** All schemas under their names, with references to these; and the name of each key. */
  named(): {
    readonly schemas: Readonly<Record<string, PlainSchema>>;
    readonly names: ReadonlyMap<string, string>;
  } {
    const names = uniqueNames(this.#wanted, typeName);
    const entries = [...this.#schemas].map(
      ([key, schema]) => [names.get(key) ?? key, rename(schema, names)] as const,
    );
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return { schemas: withoutCircles(new Map(entries)), names };
  }

  #enter(key: string, wanted: string, schema: Located): void {
    if (this.#schemas.has(key)) return;
    this.#schemas.set(key, true); // so that it is entered once, also while it is reduced
    this.#wanted.push({ key, wanted });
    this.#open.push([key, schema]);
    this.#reduceAll();
  }

  /** In a loop and not within each other: references may follow each other for long. */
  #reduceAll(): void {
    if (this.#isReducing) return;
    this.#isReducing = true;
    for (const [key, schema] of this.#open) this.#schemas.set(key, this.#reduce(schema));
    this.#open.length = 0;
    this.#isReducing = false;
  }

  /** The key of the schema that a reference leads to; `undefined` where it is no reference or leads nowhere. */
  #shared(schema: Located): string | undefined {
    const reference = referenceOf(schema);
    const target = reference === undefined ? undefined : targetOf(reference, schema.file);
    const node = this.#references.at(target);
    if (target === undefined || node === undefined) return undefined;
    const key = `${target.file}#${formatPointer(target.tokens)}`;
    const wanted = target.tokens.at(-1) ?? target.file.replace(/^.*\/|\.\w+$/g, '');
    this.#enter(key, wanted, node);
    return key;
  }

  #reduce(schema: Located): PlainSchema {
    const { file, value } = schema;
    if (typeof value === 'boolean') return value;
    if (!isObject(value)) return true;
    if (textOf(value, '$ref') !== undefined) {
      const key = this.#shared(schema);
      return key === undefined ? true : { $ref: key };
    }
    const at = (one: unknown): PlainSchema => this.#reduce({ file, value: one });
    const list = (name: string): readonly PlainSchema[] | undefined => {
      const found = listOf(member(value, name));
      // The library takes no `true` there; an empty schema says the same.
      const parts = found.map((one) => at(one)).map((one) => (typeof one === 'boolean' ? {} : one));
      return parts.length > 0 ? parts : undefined;
    };
    const properties = membersOf(member(value, 'properties'));
    const allOf = list('allOf');
    const type = typeOf(value);
    const items = member(value, 'items');
    const tuple = list('prefixItems') ?? (Array.isArray(items) ? list('items') : undefined);
    const additional = member(value, 'additionalProperties');
    const description = textOf(value, 'description');
    return present<Exclude<PlainSchema, boolean>>({
      type,
      ...enumOf(value, type),
      properties:
        properties.length > 0
          ? Object.fromEntries(properties.map(([name, one]) => [name, at(one)]))
          : undefined,
      required: requiredOf(value, properties, allOf),
      prefixItems: tuple,
      items:
        tuple === undefined && type !== undefined && includes(type, 'array')
          ? at(items ?? {})
          : undefined,
      additionalProperties:
        additional === true || isObject(additional) ? at(additional) : undefined,
      allOf,
      anyOf: list('anyOf'),
      oneOf: list('oneOf'),
      nullable:
        member(value, 'nullable') === true || member(value, 'x-nullable') === true
          ? true
          : undefined,
      description: description === undefined ? undefined : commentText(description),
      format: format(value),
      deprecated: member(value, 'deprecated') === true ? true : undefined,
    });
  }
}

/** A schema with room for a description. */
function describable(plain: PlainSchema): { readonly [key: string]: unknown } {
  if (typeof plain === 'boolean') return {};
  return '$ref' in plain ? { allOf: [plain] } : plain;
}

function typeOf(value: unknown): string | readonly string[] | undefined {
  const type = member(value, 'type');
  const types = (Array.isArray(type) ? listOf(type) : [type]).filter(
    (one): one is string => typeof one === 'string' && TYPES.includes(one),
  );
  const [only] = types;
  if (only !== undefined) return types.length === 1 ? only : [...new Set(types)];
  if (type === 'file') return 'string';
  if (member(value, 'properties') !== undefined) return 'object';
  if (isObject(member(value, 'additionalProperties'))) return 'object';
  return member(value, 'items') === undefined ? undefined : 'array';
}

function includes(type: string | readonly string[], name: string): boolean {
  return typeof type === 'string' ? type === name : type.includes(name);
}

/** Values that a type can name: texts, numbers, flags and null. */
function enumOf(value: unknown, type: ReturnType<typeof typeOf>): { readonly enum?: unknown } {
  const given = member(value, 'const');
  const all = given === undefined ? listOf(member(value, 'enum')) : [given];
  const isNested = type !== undefined && (includes(type, 'object') || includes(type, 'array'));
  const values = all.filter(
    (one) =>
      one === null ||
      typeof one === 'string' ||
      typeof one === 'boolean' ||
      (typeof one === 'number' && Number.isFinite(one)),
  );
  return values.length > 0 && !isNested ? { enum: [...new Set(values)] } : {};
}

/** Those of its own properties and of unnamed parts: for others the library would write types that may be circular. */
function requiredOf(
  value: unknown,
  properties: readonly (readonly [string, unknown])[],
  allOf: readonly PlainSchema[] = [],
): readonly string[] | undefined {
  const known = new Set(properties.map(([name]) => name));
  for (const part of allOf)
    for (const [name] of membersOf(member(part, 'properties'))) known.add(name);
  const required = listOf(member(value, 'required')).filter(
    (name): name is string => typeof name === 'string' && known.has(name),
  );
  return required.length > 0 ? [...new Set(required)] : undefined;
}

function format(value: unknown): string | undefined {
  const text = textOf(value, 'format');
  return text === undefined ? undefined : lineText(text, 40);
}

/** References by name in place of those by key. */
function rename(schema: unknown, names: ReadonlyMap<string, string>): PlainSchema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    const key = textOf(value, '$ref');
    if (key !== undefined) return { $ref: `#/components/schemas/${names.get(key) ?? ''}` };
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        name === 'properties' ? walkMembers(one) : walk(one),
      ]),
    );
  };
  const walkMembers = (value: unknown): unknown =>
    Object.fromEntries(membersOf(value).map(([name, one]) => [name, walk(one)]));
  return walk(schema) as PlainSchema;
}
