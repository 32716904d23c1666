import type { OpenAPI3 } from 'openapi-typescript';

import { PaginationError } from '../core/pagination-error';
import { withoutInheritedNames } from './own-names';
import type { PlainSchema } from './plain-schema';

/**
 * TypeScript of schemas, as an interface `components`. The library sees a document of nothing but these schemas, so it can neither
 * read files nor ask servers.
 *
 * @throws PaginationError `SPEC_REJECTED` where the library cannot make types of them
 */
export async function schemaTypes(schemas: Readonly<Record<string, PlainSchema>>): Promise<string> {
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const renamed = withoutInheritedNames(schemas);
  const document = {
    openapi: '3.1.0',
    info: { title: 'schemas', version: '1' },
    paths: {},
    components: { schemas: renamed.schemas },
  };
  try {
    const nodes = await openapiTS(document as unknown as OpenAPI3, {
      silent: true,
      defaultNonNullable: false,
      emptyObjectsUnknown: true,
    });
    const kept = nodes.filter((node) => !('name' in node) || !EMPTY.includes(nameOf(node.name)));
    // Line ends of Unicode are none to TypeScript's readers of strings and comments alike only since lately.
    return renamed.restore(astToString(kept)).replace(/[\u2028\u2029]/g, escaped);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PaginationError('SPEC_REJECTED', `No types can be made of the schemas: ${reason}`);
  }
}

/** What the library writes for parts of a document that this one has not. */
const EMPTY = ['paths', 'webhooks', 'operations', '$defs'];

function nameOf(name: unknown): string {
  const text: unknown = typeof name === 'object' && name !== null ? Reflect.get(name, 'text') : '';
  return typeof text === 'string' ? text : '';
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16)}`;
}
