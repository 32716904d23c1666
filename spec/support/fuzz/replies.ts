import fc from 'fast-check';

import { numberPagination } from 'paged-observable';

import { fuzzTarget } from './fuzz-target';
import { jsonValues } from './json-values';
import { survive } from './survive';

const names = fc.constantFrom(
  ...['retry-after', 'retry-after-ms', 'link', 'location', 'ratelimit', 'content-type'],
  ...['x-ratelimit-remaining', 'x-ratelimit-reset', '__proto__'],
);
const values = fc.oneof(
  fc.constantFrom('0', '1', '5', '-1', '1e9', 'x', '99999999999'),
  fc.string({ maxLength: 12 }),
);
const statuses = fc.oneof(
  { weight: 3, arbitrary: fc.constant(200) },
  fc.constantFrom(200, 204, 206, 301, 304, 400, 404, 410, 416, 429, 500, 503, 0, -1, 999),
  fc.integer({ min: 100, max: 599 }),
);
const bodies = fc.oneof(
  jsonValues,
  fc.record({ items: fc.array(jsonValues, { maxLength: 2 }) }, { noNullPrototype: true }),
  fc.constant({ items: [] }),
);
const headers = fc.dictionary(names, values, { noNullPrototype: true });

export const replies = fuzzTarget({
  name: 'replies',
  title: 'replies of any status, headers and body',
  shows: ['complete', 'HTTP_STATUS'],
  inputs: fc.array(fc.tuple(statuses, headers, bodies), { minLength: 1, maxLength: 5 }),
  check: (given) => {
    const { code } = survive(
      (nth) => {
        const [status = 200, fields = {}, body] = given[nth % given.length] ?? [];
        return { status, headers: fields, body };
      },
      numberPagination({ items: '/items' }),
    );
    return code ?? 'complete';
  },
});
