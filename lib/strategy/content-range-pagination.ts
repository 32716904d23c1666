import {
  checkArgument,
  checkOptions,
  describe,
  isCount,
  isOneOf,
  isText,
} from '../core/check-options';
import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PageReading, PaginationStrategy } from '../core/pagination-strategy';
import { parseContentRange } from '../protocol/content-range';
import type { ContentRange } from '../protocol/content-range';
import { commonChecks, readCommon, statusesOf, strategyId } from './common-options';
import type { CommonOptions } from './common-options';
import { labelled } from './selector-functions';
import type { SelectorFunction } from './selector';
import { readSlot, withSlot } from './slot';
import { checkPosition } from './slot-options';

/** How an API takes ranges of rows. */
export interface ContentRangeOptions<T = unknown> extends CommonOptions<T> {
  /** Rows of a page, where the request has no `Range` of its own. @defaultValue 100 */
  readonly size?: number | undefined;
  /** The unit written before the range: `items=0-24`. @defaultValue that of the request's own `Range`, else none */
  readonly unit?: string | undefined;
}

interface Range {
  readonly unit: string;
  readonly first: number;
  readonly size: number;
}

const WHERE = 'contentRangePagination';

const isUnit = (value: unknown): string | undefined =>
  isText(value) ?? (/^[\w-]{0,40}$/.test(String(value)) ? undefined : 'a word');

const checks = { ...commonChecks, size: isCount, unit: isUnit };

/**
 * Lists whose pages are asked for by the header `Range: 0-24` and whose replies say by `Content-Range: 0-24/573` which rows they
 * hold (PostgREST, vendors' own lists; RFC 9110 with a unit of their own). The position is the number of rows before the page.
 *
 * The walk starts at the request's own `Range`, else with the first `size` rows, and moves on by the rows received. It ends
 * where the total is reached, with a page without rows, and at 416 (range not satisfiable), which is what servers answer past the
 * end. A total of `*` is unknown: then a last page without rows is asked for. A short page is not the end. Errors: `PROTOCOL` where the
 * reply has other rows than were asked for.
 *
 * @throws TypeError for an unknown or wrong option; `start` throws one for a `Range` that is no range of rows.
 * @see https://docs.postgrest.org/en/stable/references/api/pagination_count.html
 */
export function contentRangePagination<T = unknown>(
  options: ContentRangeOptions<T> = {},
): PaginationStrategy<T, 'offset'> {
  checkOptions(WHERE, options, checks);
  const { size = 100, unit = '' } = options;
  const rangeOf = (request: PageRequest): Range => readRange(request) ?? { unit, first: 0, size };

  const read = (request: PageRequest, reply: PageReply): PageReading<T, 'offset'> => {
    const common = readCommon(reply, options);
    const said = headerOf(reply);
    const { first, size: limit } = rangeOf(request);
    if (common.apiError === undefined && (said?.first ?? first) !== first) {
      // Rows between the two would be lost, or come again.
      throw new PaginationError(
        'PROTOCOL',
        `Asked for rows from ${String(first)}, the reply has rows from ${String(said?.first)}`,
      );
    }
    return {
      kind: 'offset',
      ...common,
      position: first,
      limit,
      ...(said?.total !== undefined && { totalCount: said.total }),
      next: (): Json | undefined => {
        if (common.apiError !== undefined || common.items.length === 0) return undefined;
        return first + common.items.length; // whether the total is reached, the walk sees
      },
    };
  };

  return {
    id: options.id ?? strategyId('contentRange', { unit, items: options.items }),
    start: (request) => {
      const range = rangeOf(request);
      return readSlot(request, 'headers', 'Range') === undefined
        ? withRange(request, range)
        : request;
    },
    at: (request, position) => {
      const first = checkPosition('row', position);
      return withRange(request, { ...rangeOf(request), first });
    },
    read,
    countsFromZero: () => true,
    sized: (request, size) => withRange(request, { ...rangeOf(request), size }),
    sizeOf: (request) => rangeOf(request).size,
    statuses: statusesOf(options, [416]),
  };
}

/**
 * A selector of what the `Content-Range` header says: the `total`, or the `first` or `last` row of the page.
 * @throws TypeError for another part.
 */
export function contentRange(part: 'total' | 'first' | 'last'): SelectorFunction {
  checkArgument('contentRange', part, isOneOf('total', 'first', 'last'));
  return labelled(`contentRange(${part})`, (reply) => headerOf(reply)?.[part]);
}

function withRange(request: PageRequest, { unit, first, size }: Range): PageRequest {
  const rows = `${String(first)}-${String(first + size - 1)}`;
  return withSlot(request, 'headers', 'Range', unit === '' ? rows : `${unit}=${rows}`);
}

function readRange(request: PageRequest): Range | undefined {
  const value = readSlot(request, 'headers', 'Range');
  if (value === undefined) return undefined;
  const match = /^(?:([\w-]{1,40})=)?(\d{1,15})-(\d{1,15})$/.exec(
    typeof value === 'string' ? value.trim() : '',
  );
  const [, unit = '', first, last] = match ?? [];
  const size = Number(last) - Number(first) + 1;
  if (size > 0) return { unit, first: Number(first), size };
  throw new TypeError(`${WHERE}: expected a Range such as "0-24", got ${describe(value)}`);
}

function headerOf({ headers }: PageReply): ContentRange | undefined {
  const name = 'content-range';
  return Object.hasOwn(headers, name) ? parseContentRange(headers[name] ?? '') : undefined;
}
