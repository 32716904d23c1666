import { of } from 'rxjs';

import {
  paginate,
  type PageReply,
  type PaginationStrategy,
  type WalkOptions,
} from 'paged-observable';

import { parseJsonBody } from '../../../lib/protocol/json-body';
import { parsePointer, resolvePointer } from '../../../lib/protocol/json-pointer';
import { linkByRel, parseLinkHeader } from '../../../lib/protocol/link-header';
import { resolveLink } from '../../../lib/protocol/next-url';
import { readRateLimitWait } from '../../../lib/protocol/rate-limit';
import { readRetryAfter } from '../../../lib/protocol/retry-after';
import type { Growing } from '../growth';
import { record } from '../recorder';
import { strategies } from './strategies';
import { FIRST, REQUEST } from './survive';

const NOW = Date.UTC(2026, 10, 21);

/** A text of so many characters made of one piece. */
function texts(
  name: string,
  pieces: readonly string[],
  handle: (text: string) => unknown,
): readonly Growing[] {
  return pieces.map((piece) => ({
    name: `${name} of ${JSON.stringify(piece)}`,
    make: (size) => {
      const text = piece.repeat(Math.ceil(size / piece.length));
      return () => handle(text);
    },
  }));
}

/** Walks one reply, whatever becomes of it. */
function walk(
  reply: Partial<PageReply>,
  pagination: PaginationStrategy,
  options: WalkOptions = {},
) {
  const transport = () => of({ status: 200, headers: {}, url: FIRST, body: null, ...reply });
  return record(paginate(transport, REQUEST, { pagination, maxPages: 1, ...options }));
}

const words = [
  ...texts(
    'a Link header',
    [
      '<',
      '>',
      ';',
      ',',
      '"',
      '\\',
      ' ',
      '=',
      '<,',
      '</a>;"',
      '\\"',
      '</a>;rel="',
      "</a>;rel='",
      'a',
    ],
    (text) => linkByRel(parseLinkHeader(text), 'next', FIRST),
  ),
  ...texts('a Retry-After', ['1', ' ', '1.', 'a', 'Sun, ', '9 '], (text) =>
    readRetryAfter({ 'retry-after': text, 'retry-after-ms': text }, NOW),
  ),
  ...texts('a RateLimit field', ['1', ' ', 'r=', 'r = 0;', '"', '"a",', '\\', ','], (text) =>
    readRateLimitWait({ ratelimit: text, 'x-ratelimit-remaining': text }, NOW),
  ),
  ...texts('a pointer', ['/', '/a', '/~0', '/~1', '~', '0'], (text) => {
    try {
      return resolvePointer({ a: 1 }, parsePointer(text));
    } catch {
      return undefined;
    }
  }),
  ...texts(
    'a next URL',
    ['/', '../', './', '%2f', '?', '#', '@', ':', '[', '\\', ' ', 'é', 'a.'],
    (text) => [
      resolveLink(text, FIRST),
      resolveLink(`http://api.test/${text}`, FIRST),
      resolveLink(text, '/v1/items'),
    ],
  ),
  ...texts('a body', ['[', '{"a":', '"\\', '1,', ' ', '[1],', '<'], (text) => parseJsonBody(text)),
  ...texts('a token', ['a', '.', 'po1.', '-', '='], (resumeFrom) =>
    strategies.map(([, pagination]) => walk({ body: [] }, pagination, { resumeFrom })),
  ),
  ...texts('a position', ['a', '%', '/', '&a=', '\u00e9'], (next) =>
    strategies.map(([, pagination]) => walk({ body: { items: [1], next } }, pagination)),
  ),
];

/** A character of text becomes a tenth of an item. */
const bodies = strategies.map(([name, pagination]): Growing => ({
  name: `items of a ${name} walk`,
  make: (size) => {
    const items = Array.from({ length: Math.ceil(size / 10) }, (_, id) => ({ id, node: { id } }));
    const page = { items, data: items, list: items, results: items, next: null, total: 1 };
    return () => walk({ body: page }, pagination, { key: (item) => JSON.stringify(item) });
  },
}));

/** Whatever comes from outside and may be large. */
export const growing: readonly Growing[] = [...words, ...bodies];
