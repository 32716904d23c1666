import { isList, isRecord } from './body-view';
import type { List } from './body-view';
import { stemOf, wordsOf } from './words';

/** Names of members that say what one thing is. */
const IDENTITIES = new Set([
  ...['id', 'uuid', 'guid', 'urn', 'sku', 'slug', 'isbn', 'login', 'username', 'email', 'name'],
  ...['title', 'label', 'key', 'href', 'arn', 'uid', 'self'],
]);

/** Says what a reply without a list of items is, as the end of a sentence; `undefined` where it may be a list. */
export function whatIsIt(body: unknown): string | undefined {
  if (body === null || body === undefined) return 'empty';
  if (typeof body !== 'object') return `a ${typeof body}`;
  if (!isRecord(body)) return undefined;
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => Object.hasOwn(body, name));
  if (has('openapi', 'paths') || has('swagger', 'paths')) return 'an OpenAPI document';
  if (has('$schema', 'properties') || (has('type', 'properties') && isRecord(body['properties']))) {
    return body['type'] === 'Feature' ? 'a GeoJSON feature' : 'a JSON schema';
  }
  if (has('coordinates', 'type') || (has('geometries') && body['type'] === 'GeometryCollection')) {
    return 'a GeoJSON geometry';
  }
  if (body['type'] === 'Feature' && has('geometry')) return 'a GeoJSON feature';
  return isError(body) ? 'an error envelope' : undefined;
}

/** RFC 9457 problems, and what says `error` in other words. */
function isError(body: Readonly<Record<string, unknown>>): boolean {
  const { status } = body;
  const isProblem =
    typeof body['title'] === 'string' &&
    (typeof body['detail'] === 'string' || typeof status === 'number') &&
    (body['type'] === undefined || typeof body['type'] === 'string');
  const error = body['error'] ?? body['Error'] ?? body['fault'];
  const errors = body['errors'];
  const isSaid =
    (isRecord(error) && Object.keys(error).length > 0) ||
    (typeof error === 'string' && error !== '') ||
    (isList(errors) && errors.length > 0) ||
    body['success'] === false ||
    body['ok'] === false ||
    (typeof status === 'string' && /^(?:error|fail(?:ed|ure)?)$/i.test(status));
  return (isProblem && typeof status === 'number' && status >= 400) || isSaid;
}

/**
 * Says of what single thing a list is a part, where nothing speaks of paging: of a record, a tree, a report; `undefined` where the
 * list is what the reply is for.
 */
export function partOfWhat(
  list: List,
  body: unknown,
  parents: readonly Readonly<Record<string, unknown>>[],
  isNamed: boolean,
): string | undefined {
  const { name, value } = list;
  const isTree = value.some((item) => isRecord(item) && name !== '' && isList(item[name]));
  if (isTree && isRecord(body)) return 'a tree';
  if (isNamed) return undefined;
  // What JSON-RPC calls `id` is that of the call.
  const near = [parents[0], parents.at(-1)].filter(
    (one) => one !== undefined && !Object.hasOwn(one, 'jsonrpc'),
  );
  const hasIdentity = near.some((parent) =>
    Object.entries(parent ?? {}).some(([key, one]) => isIdentity(key, one)),
  );
  return hasIdentity ? 'one record' : undefined;
}

function isIdentity(key: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const words = wordsOf(key);
  return words.length === 1 && IDENTITIES.has(stemOf(words[0] ?? ''));
}
