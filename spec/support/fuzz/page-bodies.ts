import fc from 'fast-check';

import { fuzzTarget } from './fuzz-target';
import { jsonValues } from './json-values';
import { links } from './links';
import { strategies } from './strategies';
import { survive } from './survive';

const lists = fc.oneof(
  { weight: 3, arbitrary: fc.array(jsonValues, { maxLength: 3 }) },
  jsonValues,
);
const positions = fc.oneof(
  fc.constantFrom('c1', 'c2', 7, 0, '', null, '?page=2', '/v1/items?a=1'),
  links,
  jsonValues,
);
const flags = fc.oneof(fc.constantFrom(true, false, 'true', null), jsonValues);
const figures = fc.oneof(fc.constantFrom(0, 1, 3, '4', -1), jsonValues);

/** Near enough to a page that strategies read on. */
const pages = fc.oneof(
  { weight: 1, arbitrary: jsonValues },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        ...{ items: lists, data: lists, list: lists, results: lists },
        ...{ next: positions, next_cursor: positions, next_page: positions, nextPage: positions },
        ...{ has_more: flags, hasMore: flags },
        ...{ total: figures, total_pages: figures, totalCount: figures },
        ...{ last_id: positions, error: jsonValues, pagination: jsonValues, pageInfo: jsonValues },
      },
      { requiredKeys: ['items'], noNullPrototype: true },
    ),
  },
);

/** Items told apart by their JSON, or every cursor taken for one. */
const byKey = fc.boolean();

export const pageBodies = fuzzTarget({
  name: 'pages',
  title: `page bodies, each read by ${String(strategies.length)} strategies`,
  shows: strategies.flatMap(([name]) => [`items of ${name}`, `BAD_SHAPE of ${name}`]),
  inputs: fc.tuple(fc.array(pages, { minLength: 1, maxLength: 4 }), byKey),
  check: ([bodies, isKeyed]) =>
    strategies.map(([name, pagination]) => {
      const { items, code } = survive(
        (nth) => ({ body: bodies[nth % bodies.length] }),
        pagination,
        isKeyed ? { key: (item) => JSON.stringify(item) } : { emptyCursor: 'continue' },
      );
      return `${code ?? (items > 0 ? 'items' : 'no items')} of ${name}`;
    }),
});
