import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { PageReading, PreviousPosition } from '../core/pagination-strategy';
import { readWhole } from '../strategy/read-values';
import { select } from '../strategy/selector';

type Reading<T> = PageReading<T, 'cursor'>;
type Variables = Readonly<Record<string, Json>>;

/** How the walk itself goes. */
interface Way {
  readonly connection: string;
  readonly forward: boolean;
  readonly cursorVariable: string;
  readonly sizeVariable: string;
}

/** The way against the walk: the page that ends before a cursor, asked for with the variables of the other direction. */
interface Turning {
  /** The request of a position of that way; nothing for one of the walk's own. */
  at(request: PageRequest, position: Json): PageRequest | undefined;
  read<T>(request: PageRequest, reply: PageReply, reading: Reading<T>): Reading<T>;
}

export function turningBack({ connection, forward, cursorVariable, sizeVariable }: Way): Turning {
  const [flag, edge, end] = forward
    ? ['hasPreviousPage', 'startCursor', 'endCursor']
    : ['hasNextPage', 'endCursor', 'startCursor'];
  const [name, sizeName] = forward ? ['before', 'last'] : ['after', 'first'];
  const info = (reply: PageReply, member: string): unknown =>
    select(reply, `${connection}/pageInfo/${member}`);

  const previous = (
    request: PageRequest,
    reply: PageReply,
    count: number,
  ): PreviousPosition | undefined => {
    const from = info(reply, edge);
    const { [sizeVariable]: asked, [sizeName]: turned } = variablesOf(request);
    const items = readWhole(asked) ?? readWhole(turned) ?? count;
    if (info(reply, flag) !== true || typeof from !== 'string' || items === 0) return undefined;
    // A server passes over variables that the query does not declare, and would answer with another page.
    if (![name, sizeName].every((one) => declares(request, one))) return undefined;
    return { position: { [name]: from, [sizeName]: items } };
  };

  return {
    at: (request, position) => {
      // Only what `previous` made; a server's own cursor may be an object, too, and is no set of variables.
      const { [name]: from, [sizeName]: items, ...rest } = membersOf(position);
      if (typeof from !== 'string' || typeof items !== 'number') return undefined;
      if (Object.keys(rest).length > 0) return undefined;
      const own = [cursorVariable, sizeVariable];
      const others = Object.entries(variablesOf(request)).filter(([one]) => !own.includes(one));
      return {
        ...request,
        body: {
          ...membersOf(request.body),
          variables: { ...Object.fromEntries(others), [name]: from, [sizeName]: items },
        },
      };
    },
    read: (request, reply, reading) => {
      const before = () => previous(request, reply, reading.items.length);
      const { [name]: from, [cursorVariable]: cursor } = variablesOf(request);
      const isTurned = name !== cursorVariable && typeof from === 'string' && cursor === undefined;
      if (!isTurned) return { ...reading, previous: before };
      // A server need not know that more follows; here it does: the page this one was asked for from.
      const next = (): Json | undefined => {
        const after = info(reply, end);
        return typeof after === 'string' ? after : undefined;
      };
      return { ...reading, hasMore: undefined, next, previous: before };
    },
  };
}

function variablesOf({ body }: PageRequest): Variables {
  return membersOf(membersOf(body)['variables']) as Variables;
}

/** The own members of an object; of all else none. */
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function declares({ body }: PageRequest, name: string): boolean {
  const { query } = membersOf(body);
  return typeof query === 'string' && new RegExp(`\\$${name}\\s*:`).test(query);
}
