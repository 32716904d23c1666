import { isObject, member, membersOf, textOf } from '../openapi/json-view';
import type { PlainSchema } from './plain-schema';

const PREFIX = '#/components/schemas/';

/** Keys under which a type is only named, not needed: TypeScript looks into the members of an object when it is asked for one. */
const LAZY = ['properties', 'additionalProperties'];

/**
 * The schemas without circles that no type can have: `A` is `B` is `A`, or an array of itself. A reference that would close such
 * a circle becomes unknown; those through properties stay, and make recursive types.
 */
export function withoutCircles(
  schemas: ReadonlyMap<string, PlainSchema>,
): Readonly<Record<string, PlainSchema>> {
  const needs = new Map([...schemas].map(([name, schema]) => [name, eagerReferences(schema)]));
  const state = new Map<string, 'open' | 'done'>();
  const closing = new Map<string, Set<string>>();
  for (const start of schemas.keys()) visit(start);
  return Object.fromEntries(
    [...schemas].map(([name, schema]) => [name, cut(schema, closing.get(name) ?? new Set())]),
  );

  function visit(start: string): void {
    if (state.has(start)) return;
    const stack = [{ name: start, next: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = needs.get(top.name)?.[top.next++];
      if (target === undefined) {
        state.set(top.name, 'done');
        stack.pop();
      } else if (state.get(target) === 'open') {
        closing.set(top.name, (closing.get(top.name) ?? new Set<string>()).add(target));
      } else if (!state.has(target)) {
        state.set(target, 'open');
        stack.push({ name: target, next: 0 });
      }
    }
  }
}

function eagerReferences(schema: unknown): readonly string[] {
  const reference = textOf(schema, '$ref');
  if (reference !== undefined) return [reference.slice(PREFIX.length)];
  const values = Array.isArray(schema)
    ? (schema as readonly unknown[])
    : membersOf(schema).flatMap(([key, value]) => (LAZY.includes(key) ? [] : [value]));
  return values.flatMap((value) => (typeof value === 'object' ? eagerReferences(value) : []));
}

function cut(schema: PlainSchema, targets: ReadonlySet<string>): PlainSchema {
  if (targets.size === 0) return schema;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    const reference = textOf(value, '$ref');
    if (reference !== undefined) return targets.has(reference.slice(PREFIX.length)) ? {} : value;
    return Object.fromEntries(
      Object.keys(value).map((key) => {
        const one = member(value, key);
        return [key, LAZY.includes(key) ? one : walk(one)];
      }),
    );
  };
  return walk(schema) as PlainSchema;
}
