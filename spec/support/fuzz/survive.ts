import { inspect } from 'node:util';
import { of } from 'rxjs';

import {
  isPaginationError,
  paginate,
  requestUrl,
  type PageReply,
  type PageRequest,
  type PaginationStrategy,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

import { ManualClock } from '../manual-clock';
import { record } from '../recorder';

const ORIGIN = 'http://api.test';
export const FIRST = `${ORIGIN}/v1/items?size=2`;
export const REQUEST: PageRequest = { url: FIRST, headers: { 'x-api-key': 'k' } };

/** A walk that makes more requests than this hangs. */
const MOST = 300;

/** What a walk of an untrusted server came to. */
export interface Survived {
  readonly requests: readonly string[];
  readonly items: number;
  /** Of its error; none where it completed. */
  readonly code: string | undefined;
}

/**
 * Walks a server that says anything. Whatever it is: an end in time, no error but the toolkit's own, and no request to
 * another origin.
 * @throws Error that says what else happened
 */
export function survive(
  reply: (nth: number) => Partial<PageReply>,
  pagination: PaginationStrategy,
  options: WalkOptions = {},
): Survived {
  const clock = new ManualClock();
  const requests: string[] = [];
  const transport: Transport = (request) => {
    const url = requestUrl(request);
    requests.push(url);
    if (requests.length > MOST) throw new Error('It does not come to an end');
    return of({ status: 200, headers: {}, url, body: null, ...reply(requests.length - 1) });
  };
  const list = paginate(transport, REQUEST, {
    ...{ pagination, clock, maxPages: 100, limits: { emptyPages: 20 } },
    ...options,
  });
  const seen = record(list.pages());
  clock.advance(10_000_000);
  const [error] = seen.errors;
  const ends = seen.errors.length + seen.completions;
  demand(ends === 1, `${pagination.id}: the walk ended ${String(ends)} times`);
  if (error !== undefined && !isPaginationError(error)) {
    throw new Error(`${pagination.id}: ${inspect(error)}`);
  }
  for (const page of seen.values) JSON.stringify(page); // may throw where a getter does
  demand(requests.length <= MOST, `${pagination.id}: the walk does not come to an end`);
  const foreign = requests.filter((url) => originOf(url) !== ORIGIN);
  demand(foreign.length === 0, `${pagination.id}: requests to ${foreign.join(', ')}`);
  demand(clock.actions.length === 0, `${pagination.id}: timers are left`);
  return {
    requests,
    items: seen.values.reduce((sum, { items }) => sum + items.length, 0),
    code: error?.code,
  };
}

/** @throws Error where it does not hold */
export function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** Where a request goes, as the URL standard reads it; the transports read it so. */
function originOf(url: string): string {
  try {
    return new URL(url, ORIGIN).origin;
  } catch {
    return 'none';
  }
}
