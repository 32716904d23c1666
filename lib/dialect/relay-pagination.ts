import { checkNeededOptions, isCount, isOneOf, isText } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { cursorPagination } from '../strategy/cursor-pagination';
import { typeFound } from '../strategy/read-values';
import { isPointer, select } from '../strategy/selector';
import { turningBack } from './relay-turning';
import type { SelectorFunction } from '../strategy/selector';
import { relayItems } from './relay-items';

/** What `relayPagination` can be told besides the protocol. */
export interface RelayOptions {
  /** JSON pointer to the connection in the reply, e.g. `'/data/repository/issues'`. */
  readonly connection: string;
  /** `'backward'` begins with the last page. @defaultValue 'forward' */
  readonly direction?: 'forward' | 'backward' | undefined;
  /** Where the connection holds its items. @defaultValue `edges` if the reply has them, else `nodes` */
  readonly items?: 'edges' | 'nodes' | undefined;
  /** The page size, where the variables of the request do not say. @defaultValue what the query itself says */
  readonly size?: number | undefined;
  /** The variable of the cursor. @defaultValue 'after', backward 'before' */
  readonly cursorVariable?: string | undefined;
  /** The variable of the page size. @defaultValue 'first', backward 'last' */
  readonly sizeVariable?: string | undefined;
}

const WHERE = 'relayPagination';

const isName = (value: unknown): string | undefined =>
  isText(value) ?? (value === '' ? 'a name' : undefined);

const checks = {
  connection: isPointer,
  direction: isOneOf('forward', 'backward'),
  items: isOneOf('edges', 'nodes'),
  size: isCount,
  cursorVariable: isName,
  sizeVariable: isName,
};

/**
 * A connection of a GraphQL API: the request's body is `{ query, variables }`, sent by POST unless the request says otherwise. The
 * query must take the cursor as a variable and ask for `pageInfo { hasNextPage endCursor }` (backward: `hasPreviousPage
 * startCursor`). The items are the `node`s of the `edges`, or the `nodes`; `totalCount` is read where the query asks for it.
 *
 * The walk ends where `hasNextPage` is `false`, or absent and there is no `endCursor`. Backward, the last page comes first and the
 * walk goes towards the beginning; within a page the items stay in the order of the server, which is the list's own.
 * Where the query also declares the variables of the other way (`$before` and `$last`), the page before one can be asked for. Errors:
 * `API_ERROR` for a reply with `errors`, also if it has data, as there would be gaps in it; `BAD_SHAPE` where the connection,
 * its items or its `pageInfo` are missing; `PROTOCOL` for more pages without a cursor. A node that is `null` is an item.
 *
 * @throws TypeError for an unknown or wrong option.
 * @see https://relay.dev/graphql/connections.htm
 */
export function relayPagination<T = unknown>(
  options: RelayOptions,
): PaginationStrategy<T, 'cursor'> {
  checkNeededOptions(WHERE, options, checks);
  const { connection, direction = 'forward', items, size } = options;
  if (isPointer(connection) !== undefined) {
    throw new TypeError(`${WHERE}: option 'connection' is needed: a pointer to the connection`);
  }
  const forward = direction === 'forward';
  const { cursorVariable = forward ? 'after' : 'before' } = options;
  const { sizeVariable = forward ? 'first' : 'last' } = options;
  const cursors = cursorPagination<T>({
    id: `relay(${[direction, connection, cursorVariable, items ?? ''].join(' ').trim()})`,
    items: relayItems<T>(connection, items),
    in: 'body',
    param: variable(cursorVariable),
    limitParam: variable(sizeVariable),
    limit: size,
    hasMore: `${connection}/pageInfo/${forward ? 'hasNextPage' : 'hasPreviousPage'}`,
    next: pageCursor(connection, forward),
    totalCount: `${connection}/totalCount`,
    apiError: '/errors',
  });
  const turning = turningBack({ connection, forward, cursorVariable, sizeVariable });
  return {
    ...cursors,
    at: (request, position) => turning.at(request, position) ?? cursors.at(request, position),
    read: (request, reply) => turning.read(request, reply, cursors.read(request, reply)),
    start: (request) => cursors.start(prepared(request)),
    applies: (request) => cursors.applies?.(prepared(request)) !== false,
  };
}

function variable(name: string): string {
  return `/variables/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** With a place for variables: a query whose variables are all optional may come without. */
function prepared(request: PageRequest): PageRequest {
  const { method = 'POST', body } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return request;
  const given: unknown = Object.hasOwn(body, 'variables') ? Reflect.get(body, 'variables') : null;
  return given === null || given === undefined
    ? { ...request, method, body: { ...body, variables: {} } }
    : { ...request, method };
}

function pageCursor(connection: string, forward: boolean): SelectorFunction {
  const [flag, cursor] = forward
    ? ['hasNextPage', 'endCursor']
    : ['hasPreviousPage', 'startCursor'];
  return (reply: PageReply): unknown => {
    const info = select(reply, `${connection}/pageInfo`);
    const isObject = typeof info === 'object' && info !== null;
    if (isObject && (Object.hasOwn(info, flag) || Object.hasOwn(info, cursor))) {
      return select(reply, `${connection}/pageInfo/${cursor}`);
    }
    // Without it nothing says whether the list is complete.
    throw new PaginationError(
      'BAD_SHAPE',
      `Expected ${flag} and ${cursor} at ${connection}/pageInfo, found ${isObject ? 'neither' : typeFound(info)}; the query must ask for them`,
    );
  };
}
