import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import { typeFound } from '../strategy/read-values';
import { select } from '../strategy/selector';
import type { SelectorFunction } from '../strategy/selector';

/** A selector of the items of a connection: the nodes of its edges, or its nodes. */
export function relayItems<T>(
  connection: string,
  form: 'edges' | 'nodes' | undefined,
): SelectorFunction<readonly T[]> {
  return (reply) => {
    const edges = form === 'nodes' ? undefined : select(reply, `${connection}/edges`);
    // What is no array is refused by who reads the items; the type of an item is the caller's word.
    const nodes: unknown = Array.isArray(edges)
      ? edges.map((edge: unknown, index) => nodeOf(edge, `${connection}/edges/${String(index)}`))
      : form === 'edges'
        ? edges
        : select(reply, `${connection}/nodes`);
    if (Array.isArray(nodes)) return nodes as readonly T[];
    throw new PaginationError('BAD_SHAPE', problem(reply, connection, form));
  };
}

/** A null node, which GraphQL gives for what the caller may not see, keeps its place. */
function nodeOf(edge: unknown, place: string): unknown {
  if (edge === null) return null;
  if (typeof edge === 'object' && Object.hasOwn(edge, 'node')) return Reflect.get(edge, 'node');
  throw new PaginationError('BAD_SHAPE', `Expected a node at ${place}; the query must ask for it`);
}

function problem(reply: PageReply, connection: string, form: string | undefined): string {
  const found = select(reply, connection);
  if (typeof found !== 'object' || found === null) {
    return `Expected a connection at ${connection}, found ${typeFound(found)}`;
  }
  return `Expected an array ${form ?? 'edges or nodes'} in the connection at ${connection}; the query must ask for it`;
}
