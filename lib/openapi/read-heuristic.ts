import { formatPointer } from '../protocol/json-pointer';
import type { ExtensionReader, OperationReading } from './extension-reader';
import { present } from './json-view';
import type { PaginationDescription, RequestPlace } from './pagination-description';
import type { Located } from './references';
import { findItemsPointer } from './schema-view';

type Guess = (
  list: List,
) => Pick<PaginationDescription, 'kind' | 'request' | 'next' | 'rules'> | undefined;

/** The names of a list operation. */
interface List {
  /** Of the query. */
  readonly parameter: (...names: string[]) => RequestPlace | undefined;
  /** Pointer to the first of these that the reply has, beside its items or one level deeper. */
  readonly field: (...names: string[]) => string | undefined;
  readonly header: (name: string) => boolean;
  readonly items: readonly string[];
  readonly itemHas: (name: string) => boolean;
}

/**
 * What names give away where no extension says how a list is paged. A list is a GET or POST whose reply has exactly one array. Taken
 * are: a cursor that the reply names (`next_page_token` with `page_token`), `has_more` with `after` or `starting_after`, a total with
 * an offset, and a declared `Link` header with `page`.
 */
export const readHeuristic: ExtensionReader = (reading) => {
  const { operation, document } = reading;
  const schema = operation.success?.schema;
  if (schema === undefined || !['GET', 'POST'].includes(operation.method)) return undefined;
  const tokens = findItemsPointer(document.schemas, schema);
  if (tokens === undefined) return undefined;
  const list = listOf(reading, schema, tokens);
  for (const guess of GUESSES) {
    const found = guess(list);
    if (found !== undefined) {
      return {
        extension: 'heuristic',
        system: 'heuristic',
        ...reading.itemsAt(tokens),
        firstPageRequired: [],
        ...found,
      };
    }
  }
  return undefined;
};

function listOf(reading: OperationReading, schema: Located, items: readonly string[]): List {
  const { schemas } = reading.document;
  const has = (path: readonly string[]) => schemas.walk(schema, path).fits === 'yes';
  const item = schemas.itemsAt(schema, items);
  return {
    items,
    parameter: (...names) => {
      const name = names.find((one) => reading.parameter(one, ['query']) !== undefined);
      return name === undefined ? undefined : { in: 'query', name };
    },
    field: (...names) => {
      const deeper = [...schemas.view(schema).properties.keys()];
      const paths = [[], ...deeper.map((name) => [name])].flatMap((path) =>
        names.map((name) => [...path, name]),
      );
      const found = paths.find(has);
      return found && formatPointer(found);
    },
    header: (name) => reading.operation.success?.headers.includes(name) === true,
    itemHas: (name) => item.fits === 'yes' && schemas.walk(item.schema, [name]).fits === 'yes',
  };
}

const limits = (list: List): RequestPlace | undefined =>
  list.parameter('limit', 'page_size', 'pageSize', 'per_page', 'size', 'count', 'maxResults');

const hasMore = (list: List): string | undefined =>
  list.field('has_more', 'hasMore', 'has_next_page', 'hasNextPage');

/** A token that the reply gives under a name of its own (AIP-158 and its like). */
const byToken: Guess = (list) => {
  const cursor = list.parameter('page_token', 'pageToken', 'cursor', 'next_token', 'nextToken');
  const pointer = list.field(
    ...['next_page_token', 'nextPageToken', 'next_cursor', 'nextCursor', 'next_token', 'nextToken'],
  );
  if (cursor === undefined || pointer === undefined) return undefined;
  return {
    kind: 'cursor',
    request: present({ cursor, limit: limits(list) }),
    next: { in: 'body', pointer },
  };
};

/** `has_more` with the id of the last item as the cursor (OpenAI, Stripe). */
const byLastId: Guess = (list) => {
  const cursor = list.parameter('after', 'starting_after', 'after_id');
  const more = hasMore(list);
  const next = list.field('next');
  const last = list.field('last_id', 'lastId');
  if (cursor === undefined || more === undefined) return undefined;
  const request = present({ cursor, limit: limits(list) });
  const rules = { hasMore: more };
  if (next !== undefined)
    return { kind: 'cursor', request, next: { in: 'body', pointer: next }, rules };
  const items = formatPointer(list.items);
  if (list.itemHas('id')) {
    return { kind: 'cursor', request, next: { in: 'body', pointer: items, ofLast: '/id' }, rules };
  }
  if (last === undefined) return undefined;
  return { kind: 'cursor', request, next: { in: 'body', pointer: last }, rules };
};

const byOffset: Guess = (list) => {
  const offset = list.parameter('offset', 'skip', 'start');
  const limit = limits(list);
  const totalCount = list.field('total', 'total_count', 'totalCount');
  if (offset === undefined || limit === undefined || totalCount === undefined) return undefined;
  return { kind: 'offset', request: { offset, limit }, rules: { totalCount } };
};

const byLinkHeader: Guess = (list) => {
  if (!list.header('link') || list.parameter('page', 'per_page') === undefined) return undefined;
  return {
    kind: 'link',
    request: present({ limit: limits(list) }),
    next: { in: 'header', pointer: 'link' },
  };
};

const GUESSES: readonly Guess[] = [byToken, byLastId, byOffset, byLinkHeader];
