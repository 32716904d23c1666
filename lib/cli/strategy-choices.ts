import type { PaginationStrategy } from '../core/pagination-strategy';
import { apimaticPagination, type XPagination } from '../dialect/apimatic-pagination';
import { arcnmPagination } from '../dialect/arcnm-pagination';
import { dropshotPagination } from '../dialect/dropshot-pagination';
import { halPagination } from '../dialect/hal-pagination';
import { jsonApiPagination } from '../dialect/json-api-pagination';
import { kneoPagination } from '../dialect/kneo-pagination';
import { odataPagination } from '../dialect/odata-pagination';
import { openaiPagination } from '../dialect/openai-pagination';
import { relayPagination } from '../dialect/relay-pagination';
import { contentRangePagination } from '../strategy/content-range-pagination';
import { cursorPagination } from '../strategy/cursor-pagination';
import { linkPagination } from '../strategy/link-pagination';
import { numberPagination } from '../strategy/number-pagination';
import { offsetPagination } from '../strategy/offset-pagination';
import { lastItem } from '../strategy/selector';
import { singlePage } from '../strategy/single-page';

import { jsonArgument } from './json-argument';
import type { StrategyFlag, StrategyFlags } from './strategy-flags';

/** A strategy that can be named on the command line. */
export interface StrategyChoice {
  readonly about: string;
  /** The options it takes; every other one is a mistake. */
  readonly takes: readonly StrategyFlag[];
  /** The option it cannot do without. */
  readonly needs?: StrategyFlag;
  make(flags: StrategyFlags): PaginationStrategy;
}

/** By name, in the order of the help. */
export const STRATEGY_CHOICES: Readonly<Record<string, StrategyChoice>> = {
  link: {
    about: 'a link in each reply: the Link header, or the one that --next points to',
    takes: ['items', 'next', 'follow', 'hasMore', 'totalCount', 'emptyPage', 'apiError'],
    make: ({ items, next, follow, hasMore, totalCount, emptyPage, apiError }) =>
      linkPagination({ items, next, follow, hasMore, totalCount, emptyPage, apiError }),
  },
  cursor: {
    about: 'an opaque cursor in each reply, sent back as --param (cursor)',
    takes: [
      ...(['items', 'param', 'in', 'next', 'hasMore', 'limitParam', 'limit'] as const),
      ...(['totalCount', 'emptyPage', 'apiError'] as const),
    ],
    make: ({ next, ...flags }) => cursorPagination({ ...flags, next: cursorSelector(next) }),
  },
  number: {
    about: 'page numbers in --param (page), from --first (1)',
    takes: [
      ...(['items', 'param', 'in', 'first', 'limitParam', 'limit', 'totalPages'] as const),
      ...(['totalCount', 'hasMore', 'endStatus', 'emptyPage', 'apiError'] as const),
    ],
    make: ({ limitParam: sizeParam, limit: size, ...flags }) =>
      numberPagination({ ...flags, sizeParam, size }),
  },
  offset: {
    about: 'the number of items before the page in --param (offset)',
    takes: [
      ...(['items', 'param', 'in', 'limitParam', 'limit', 'step'] as const),
      ...(['totalCount', 'hasMore', 'endStatus', 'apiError'] as const),
    ],
    make: offsetPagination,
  },
  single: {
    about: 'a list that is not paged: one request',
    takes: ['items', 'totalCount', 'apiError'],
    make: singlePage,
  },
  dropshot: {
    about: 'Dropshot servers (KittyCAD, Oxide)',
    takes: ['limit'],
    make: dropshotPagination,
  },
  kneo: { about: 'kneo servers', takes: ['items', 'limit'], make: kneoPagination },
  'openai-page': {
    about: 'OpenAI lists that come whole',
    takes: [],
    make: () => openaiPagination.page(),
  },
  'openai-cursor': {
    about: 'OpenAI lists; after is the id of the last item',
    takes: ['limit', 'emptyPage'],
    make: openaiPagination.cursor,
  },
  'openai-conversation': {
    about: 'OpenAI lists; after is last_id',
    takes: ['limit', 'emptyPage'],
    make: openaiPagination.conversation,
  },
  'openai-next': {
    about: 'OpenAI lists; after is next',
    takes: ['limit', 'emptyPage'],
    make: openaiPagination.nextCursor,
  },
  arcnm: { about: 'ARCNM servers', takes: ['limit'], make: arcnmPagination },
  apimatic: {
    about: "as APIMatic's x-pagination says",
    takes: ['xPagination', 'emptyPage'],
    needs: 'xPagination',
    make: ({ xPagination = '', emptyPage }) =>
      // What it is not, the strategy says in a TypeError.
      apimaticPagination(jsonArgument('--x-pagination', xPagination) as XPagination, { emptyPage }),
  },
  odata: {
    about: 'OData services',
    takes: ['items'],
    make: ({ items }) => odataPagination({ items }),
  },
  hal: { about: 'HAL', takes: ['items', 'totalCount'], make: halPagination },
  'json-api': {
    about: 'JSON:API; --limit is page[size]',
    takes: ['limit', 'totalCount'],
    make: ({ limit: size, totalCount }) => jsonApiPagination({ size, totalCount }),
  },
  'content-range': {
    about: 'rows by the header Range; --limit rows a page (100)',
    takes: ['items', 'limit', 'apiError'],
    make: ({ limit: size, ...flags }) => contentRangePagination({ ...flags, size }),
  },
  relay: {
    about: 'GraphQL connections; the query goes into --data',
    takes: ['connection', 'direction', 'limit'],
    needs: 'connection',
    make: ({ connection = '', direction, limit: size }) =>
      relayPagination({ connection, direction, size }),
  },
};

/** `lastItem(/id)`: the cursor is made of the page's last item. */
function cursorSelector(next: string | undefined) {
  const pointer = /^lastItem\((.*)\)$/s.exec(next ?? '')?.[1];
  return pointer === undefined ? next : lastItem(pointer);
}

/** All options that set a strategy up. */
export const STRATEGY_FLAGS: readonly StrategyFlag[] = [
  ...new Set(Object.values(STRATEGY_CHOICES).flatMap(({ takes }) => takes)),
];

/** The strategies that take an option, for its help. */
export function takers(flag: StrategyFlag): readonly string[] {
  return Object.entries(STRATEGY_CHOICES)
    .filter(([, { takes }]) => takes.includes(flag))
    .map(([name]) => name);
}
