import fc from 'fast-check';

import { FIRST } from './survive';

/** Names that harm where they are not own properties. */
export const HARMFUL = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'length', 'toJSON', 'then'],
];

/** Names that strategies look at. */
const LOOKED_AT = [
  ...['items', 'data', 'rows', 'next', 'next_cursor', 'next_page', 'nextPage', 'next_page_token'],
  ...['cursor', 'has_more', 'hasMore', 'has_next', 'total', 'totalCount', 'total_pages', 'count'],
  ...['pagination', 'first_id', 'last_id', 'id', 'page', 'offset', 'limit', 'pageInfo', 'edges'],
  ...['node', 'nodes', 'meta', 'endCursor', 'hasNextPage', 'links', 'href', 'error', 'errors'],
  ...['results', 'list'],
];

const names = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...LOOKED_AT, ...HARMFUL) },
  fc.string({ maxLength: 5 }),
);

const leaves = fc.constantFrom(
  ...[null, true, false, 0, -1, 1, 2, 1e300, 2 ** 53],
  ...['', 'c1', '2', '0', 'null', FIRST, '/v1/items?page=2'],
);

/** Any JSON, as a parser makes it: `__proto__` is a property like any other. */
export const { json: jsonValues } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaves,
    fc.string({ maxLength: 8 }),
    fc.double(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.array(fc.tuple(names, tie('json')), { maxLength: 5 }).map(asParsed),
  ),
}));

function asParsed(members: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [name, value] of members) {
    const member = { value, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(object, name, member);
  }
  return object;
}
