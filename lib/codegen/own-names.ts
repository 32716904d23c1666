import { isObject, listOf, membersOf } from '../openapi/json-view';
import { hashText } from '../protocol/hash';
import type { PlainSchema } from './plain-schema';

/** Schemas, and how the text that is made of them gets the names of their properties back. */
interface Renamed {
  readonly schemas: Readonly<Record<string, PlainSchema>>;
  readonly restore: (text: string) => string;
}

/**
 * The schemas with other names in place of those that every object inherits, `valueOf` and its like: openapi-typescript 7 looks some
 * things up by the name of a property, and takes what is inherited for something that it kept there itself.
 */
export function withoutInheritedNames(schemas: Readonly<Record<string, PlainSchema>>): Renamed {
  // Of all the text, so that none of it holds the mark. Such names need no quotes, with it or without it.
  const mark = `own_${hashText(JSON.stringify(schemas))}_`;
  const renamed = (name: string): string => (name in Object.prototype ? mark + name : name);
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      membersOf(value).map(([keyword, one]) => {
        if (keyword === 'properties') {
          const members = membersOf(one).map(([name, schema]) => [renamed(name), walk(schema)]);
          return [keyword, Object.fromEntries(members)];
        }
        if (keyword === 'required') return [keyword, listOf(one).map(String).map(renamed)];
        return [keyword, walk(one)];
      }),
    );
  };
  return {
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, walk(schema) as PlainSchema]),
    ),
    restore: (text) => text.replaceAll(mark, ''),
  };
}
