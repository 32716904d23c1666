import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PageReading, PaginationStrategy } from '../core/pagination-strategy';
import type { PaginationDescription } from '../strategy/pagination-description';
import { readWhole } from '../strategy/read-values';
import { select } from '../strategy/selector';
import { isUnder } from './body-view';
import { OTHER_COUNTS } from './rank-lists';
import { itemKeys, itemSamples } from './item-samples';
import { look } from './sight';
import { isCurrentOffset, isCurrentPage } from './reply-names';

interface FirstPage {
  readonly request: PageRequest;
  readonly reply: PageReply;
}

/**
 * The strategy that was found, which looks at the second page before it gives its items: they must be others than those of the first
 * page, and a counter that the server repeats must have moved. A server that does not know the parameter gives page 1 again.
 */
export function checkedStrategy<T>(
  found: PaginationStrategy<T>,
  description: PaginationDescription,
  first: PageReading<T>,
  page: FirstPage,
): PaginationStrategy<T> {
  const { kind } = description;
  if (kind === 'single') return found;
  const samples = itemSamples(first.items);
  const keys = itemKeys(first.items);
  const counters = first.items.length === 0 ? [] : echoedCounters(page, description);
  return {
    ...found,
    read: (request, reply) => {
      const reading = found.read(request, reply);
      if (reading.items.length > 0 && first.items.length > 0) {
        const isSame =
          samples === itemSamples(reading.items) ||
          (keys !== undefined && keys === itemKeys(reading.items));
        if (isSame) throw ignored(description, 'the items are those of the first page again');
        const stuck = counters.find(({ pointer, value }) => {
          return readWhole(select(reply, pointer)) === value;
        });
        if (stuck !== undefined) throw ignored(description, `${stuck.pointer} has not moved`);
      }
      return { ...reading, strategy: found };
    },
  };
}

/** The page number or offset that the reply repeats, where the strategy counts the same. */
function echoedCounters(
  { request, reply }: FirstPage,
  { kind }: PaginationDescription,
): readonly { readonly pointer: string; readonly value: number }[] {
  if (kind !== 'number' && kind !== 'offset') return [];
  const { body, request: view } = look(request, reply);
  const stems = view.pathStems;
  const asked = (kind === 'number' ? view.page : view.offset)?.number;
  return body.scalars.flatMap((field) => {
    const { pointer, words, value } = field;
    if (isUnder(field, OTHER_COUNTS) || isUnder(field, OTHER_PAGES)) return [];
    const number = readWhole(value);
    const isEcho = kind === 'number' ? isCurrentPage(words) : isCurrentOffset(words, stems);
    // One that is not what was asked for is no echo of it.
    const fits = number !== undefined && (asked === undefined ? number <= 1 : number === asked);
    return isEcho && fits ? [{ pointer, value: number }] : [];
  });
}

/** Objects that tell of other pages than this one. */
const OTHER_PAGES = new Set(['first', 'last', 'next', 'prev', 'previous']);

function ignored(description: PaginationDescription, what: string): PaginationError {
  return new PaginationError(
    'PROTOCOL',
    `The server ignored ${asked(description)}: ${what}. Say how the list is paged with the option 'pagination'`,
  );
}

function asked(description: PaginationDescription): string {
  switch (description.kind) {
    case 'cursor':
    case 'number':
    case 'offset':
    case 'lastItem':
      return `the parameter ${description.param ?? ''}`;
    case 'contentRange':
      return 'the header Range';
    case 'link':
    case 'single':
      return 'the link to the next page';
  }
}
