import { checkOptions, isCount, isOneOf } from '../core/check-options';
import type { PageReply } from '../core/page-reply';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { cursorPagination } from '../strategy/cursor-pagination';
import { lastItem, select } from '../strategy/selector';
import type { Selector, SelectorFunction } from '../strategy/selector';
import { singlePage } from '../strategy/single-page';

/** What the functions of `openaiPagination` can be told besides the protocol. */
export interface OpenaiOptions {
  /** The page size asked for where the request does not say. @defaultValue the server's own */
  readonly limit?: number | undefined;
  /**
   * `'end'`: a page without items ends the walk whatever else it says, as in OpenAI's own clients.
   * @defaultValue 'continue'
   */
  readonly emptyPage?: 'continue' | 'end' | undefined;
}

/**
 * The lists of the OpenAI API, a function for each kind of page of its Python client: the items are in `data`, where `null` is
 * no items, and the position goes into the query as `after`.
 *
 * The parameters of the request go along on every page, and its own `after` is the start. The walk ends where `has_more` is
 * exactly `false` or there is nothing to go on with; `has_more` absent or `null` does not end it (in OpenAI's Node client it does).
 *
 * Where this differs from OpenAI's clients: a page that says `has_more: true` but gives nothing to go on with is a `PROTOCOL`
 * error, and an empty page with a cursor is not the end; the clients end quietly at both. `emptyPage: 'end'` ends at empty
 * pages as they do. `nextPage()` of the last page is empty and does not throw.
 *
 * @see https://github.com/openai/openai-python#pagination
 */
export const openaiPagination = {
  /** A list that comes whole in one reply, e.g. of models. */
  page: <T = unknown>(): PaginationStrategy<T, 'single'> =>
    singlePage<T>({ id: 'openai.page', items: '/data', nullIsEmpty: true }),

  /** `after` is the `id` of the page's last item, e.g. of files. @throws TypeError for an unknown or wrong option. */
  cursor: <T = unknown>(options: OpenaiOptions = {}): PaginationStrategy<T, 'cursor'> =>
    afterPagination<T>('cursor', lastItemId, options),

  /** `after` is the `last_id` of the reply, e.g. of a conversation's items. @throws TypeError for an unknown or wrong option. */
  conversation: <T = unknown>(options: OpenaiOptions = {}): PaginationStrategy<T, 'cursor'> =>
    afterPagination<T>('conversation', lastId, options),

  /** `after` is the `next` of the reply. @throws TypeError for an unknown or wrong option. */
  nextCursor: <T = unknown>(options: OpenaiOptions = {}): PaginationStrategy<T, 'cursor'> =>
    afterPagination<T>('nextCursor', '/next', options),
} as const;

function afterPagination<T>(
  name: string,
  next: Selector,
  options: OpenaiOptions,
): PaginationStrategy<T, 'cursor'> {
  checkOptions(`openaiPagination.${name}`, options, {
    limit: isCount,
    emptyPage: isOneOf('continue', 'end'),
  });
  return cursorPagination<T>({
    id: `openai.${name}`,
    items: '/data',
    nullIsEmpty: true,
    param: 'after',
    next,
    hasMore,
    limitParam: 'limit',
    limit: options.limit,
    emptyPage: options.emptyPage,
  });
}

const ID = lastItem('/id');

/** The id of the last item; one without an id ends the list, as it does for the source. */
const lastItemId: SelectorFunction = Object.assign(
  (reply: PageReply, items: readonly unknown[]): unknown => ID(reply, items),
  { label: 'lastItem(/id)', isOfItems: true as const },
);

/** The id of the last item, as the reply itself has it. */
const lastId: SelectorFunction = Object.assign(
  (reply: PageReply): unknown => select(reply, '/last_id'),
  { label: '/last_id', isOfItems: true as const },
);

/** Only the booleans themselves count: a text "false" is nothing that OpenAI writes. */
const hasMore: SelectorFunction = (reply) => {
  const value = select(reply, '/has_more');
  return typeof value === 'boolean' ? value : undefined;
};
