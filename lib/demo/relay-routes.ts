import { BadInput } from './bad-input';
import type { User } from './data-set';
import type { DemoHandler, DemoRoute } from './demo-route';
import { decodePosition, encodePosition } from './position-token';
import { bodyNumber, member } from './query-input';

const SCOPE = 'relay';

/**
 * A Relay connection (https://relay.dev/graphql/connections.htm). The arguments are taken from the variables `first`,
 * `after`, `last`, `before`; a field is in the answer if its name is a word of the query.
 */
const connection: DemoHandler = (_query, body, { users }) => {
  const text = member(body, 'query');
  if (typeof text !== 'string') throw new BadInput('query', 'the text of a GraphQL query', text);
  try {
    return {
      status: 200,
      body: { data: { users: select(text, member(body, 'variables'), users) } },
    };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { status: 200, body: { data: { users: null }, errors: [graphqlError(error)] } };
  }
};

function select(text: string, variables: unknown, users: readonly User[]): object {
  const [start, end] = range(variables, users.length);
  const items = users.slice(start, end);
  const fields = {
    // The cursor of an item is the place after it.
    edges: items.map((node, index) => ({ cursor: encodePosition(SCOPE, start + index + 1), node })),
    nodes: items,
    pageInfo: {
      hasNextPage: end < users.length,
      hasPreviousPage: start > 0,
      startCursor: items.length === 0 ? null : encodePosition(SCOPE, start + 1),
      endCursor: items.length === 0 ? null : encodePosition(SCOPE, end),
    },
    totalCount: users.length,
  };
  const words = new Set(text.match(/\w+/g));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => words.has(name)));
}

function range(variables: unknown, total: number): [start: number, end: number] {
  const [last, before] = [member(variables, 'last') ?? undefined, cursor(variables, 'before')];
  const after = cursor(variables, 'after') ?? 0;
  if (last !== undefined && (member(variables, 'first') ?? undefined) !== undefined) {
    throw new BadInput('last', 'first or last, not both', last);
  }
  const end = Math.max(after, Math.min(before === undefined ? total : before - 1, total));
  const start = Math.min(after, end);
  const size = bodyNumber(variables, last === undefined ? 'first' : 'last', 20, {
    min: 1,
    max: 100,
  });
  return last === undefined
    ? [start, Math.min(end, start + size)]
    : [Math.max(start, end - size), end];
}

function cursor(variables: unknown, name: string): number | undefined {
  const value = member(variables, name) ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new BadInput(name, 'a cursor of this list', value);
  return decodePosition(SCOPE, value, name);
}

function graphqlError({ message, parameter }: BadInput): object {
  return { message, path: ['users'], extensions: { code: 'BAD_USER_INPUT', argument: parameter } };
}

export const relayRoutes: readonly DemoRoute[] = [
  {
    method: 'POST',
    path: '/relay',
    about:
      'GraphQL connection: variables first (20, at most 100) and after, or last and before; edges, nodes, pageInfo, totalCount as the query names them; a bad cursor is a 200 with errors',
    example: '/relay',
    handle: connection,
    refuse: (error) => ({ status: 400, body: { errors: [{ message: error.message }] } }),
  },
];
