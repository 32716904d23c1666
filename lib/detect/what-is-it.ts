import { isRecord } from '../protocol/is-record';
import { firstNames, isList, member } from './body-view';
import type { BodyView, Field, List, Scalar } from './body-view';
import { stemOf } from './words';

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
  const isSchema =
    has('properties') && isRecord(body['properties']) && SCHEMA_TYPES.has(String(body['type']));
  if (isSchema || has('$schema', 'properties')) return 'a JSON schema';
  if (has('coordinates', 'type') || (has('geometries') && body['type'] === 'GeometryCollection')) {
    return 'a GeoJSON geometry';
  }
  if (body['type'] === 'Feature' && has('geometry')) return 'a GeoJSON feature';
  return isError(body) ? 'an error envelope' : undefined;
}

/** A list of another type may have properties too: a GeoJSON collection, a resource. */
const SCHEMA_TYPES = new Set(['object', 'array']);

/** RFC 9457 problems, and what says `error` in other words. */
export function isError(body: Readonly<Record<string, unknown>>): boolean {
  const { status } = body;
  const isProblem =
    typeof body['title'] === 'string' &&
    (typeof body['detail'] === 'string' || typeof status === 'number') &&
    (body['type'] === undefined || typeof body['type'] === 'string');
  const error = body['error'] ?? body['Error'] ?? body['fault'];
  const errors = body['errors'];
  const isSaid =
    (isRecord(error) && firstNames(error, 1).length > 0) ||
    (typeof error === 'string' && !NO_ERROR.test(error)) ||
    (isList(errors) && errors.length > 0) ||
    body['success'] === false ||
    body['ok'] === false ||
    (typeof status === 'string' && /^(?:error|fail(?:ed|ure)?)$/i.test(status));
  return (isProblem && typeof status === 'number' && status >= 400) || isSaid;
}

/** What some write where there is no error. */
const NO_ERROR = /^(?:|0|ok|none|null|false|success|no error)$/i;

/**
 * Says of what single thing a list is a part, where nothing speaks of paging: of a record, a tree, a chart; `undefined` where the list is
 * what the reply is for.
 */
export function partOfWhat(list: List, body: BodyView, isNamed: boolean): string | undefined {
  const { name, value } = list;
  const isTree = value.slice(0, 20).some((item) => name !== '' && isList(member(item, name)));
  if (isTree) return 'a tree';
  if (isNamed) return undefined;
  if (isChart(list, body)) return 'a chart';
  // What JSON-RPC calls `id` is that of the call.
  const isRpc = body.scalars.some(({ pointer }) => pointer === '/jsonrpc');
  const around = list.pointer === '' ? [] : [list.parent, ...(isRpc ? [] : [''])];
  const hasIdentity = body.scalars.some(
    (field) => around.includes(field.parent) && field.pointer !== '' && isIdentity(field),
  );
  return hasIdentity || isPlainMember(list, body) ? 'one record' : undefined;
}

/** Rows of numbers as long as a list of their labels. */
function isChart({ pointer, parent, value }: List, { lists }: BodyView): boolean {
  const axes = lists
    .filter((other) => other.parent === parent && other.pointer !== pointer)
    .filter((other) => other.value.length > 1 && !isRecord(other.value[0]))
    .map((other) => other.value.length);
  if (axes.length === 0) return false;
  return value.slice(0, 10).some(
    (row) =>
      isRecord(row) &&
      firstNames(row, 20).some((key) => {
        const one = row[key];
        return isList(one) && typeof one[0] === 'number' && axes.includes(one.length);
      }),
  );
}

/** Texts or numbers beside other members are one of them: the languages of some settings. */
function isPlainMember({ pointer, parent, value, words }: List, { scalars }: BodyView): boolean {
  if (words.every((word) => LISTED.has(stemOf(word)))) return false;
  if (pointer === '' || value.length === 0) return false;
  if (value.slice(0, 10).some((item) => isRecord(item))) return false;
  return scalars.some(
    (other) =>
      other.parent === parent &&
      other.value !== null &&
      !other.words.some((word) => ENVELOPE.has(word)),
  );
}

/** What lists of texts are called that are all there is. */
const LISTED = new Set(['key', 'id', 'name', 'item', 'result', 'value', 'entry', 'data', 'list']);

/** Words of members that an envelope has. */
const ENVELOPE = new Set([
  ...[
    'status',
    'success',
    'code',
    'message',
    'msg',
    'object',
    'kind',
    'type',
    'version',
    'ok',
    'time',
  ],
  ...['request', 'took', 'count', 'total', 'etag', 'api', 'duration', 'error', 'timestamp'],
  ...[
    'date',
    'generated',
    'updated',
    'state',
    'result',
    'debug',
    'ms',
    'age',
    'url',
    'lease',
    'renewable',
  ],
]);

function isIdentity({ words, value }: Field<Scalar>): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  return words.length === 1 && IDENTITIES.has(stemOf(words[0] ?? ''));
}
