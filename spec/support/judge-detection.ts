import { isDeepStrictEqual } from 'node:util';

import { paginate } from '../../lib/paginate';
import type { PaginationError } from '../../lib/core/pagination-error';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';
import type { WalkOptions } from '../../lib/core/walk-options';
import { type DialectFile, itemsOf, pageRequestOf } from './dialect-file';
import { DialectServer } from './dialect-server';
import { walkToEnd } from './walk-result';

/**
 * - `exact`: the right requests, items and end;
 * - `refused`: a typed error before anything wrong was asked or delivered;
 * - `wrong request`: asked for something that the API's documentation does not say;
 * - `wrong list`: wrong items, or part of the list as all of it.
 */
export type Outcome = 'exact' | 'refused' | 'wrong request' | 'wrong list';

export interface Judgement {
  readonly outcome: Outcome;
  /** What is wrong, in words; the error where it refused. */
  readonly why: string;
  readonly error?: PaginationError;
  readonly requests: number;
}

/** Codes that say "I do not know how this list goes on" or "it goes round", and not that something broke. */
const REFUSALS: readonly string[] = ['PROTOCOL', 'BAD_SHAPE', 'CROSS_ORIGIN', 'LOOP'];

/** Walks a dialect with no configuration, or with a strategy, and judges what came. */
export async function judgeDetection(
  file: DialectFile,
  pagination?: () => PaginationStrategy,
  options: WalkOptions = {},
): Promise<Judgement> {
  const server = new DialectServer(file);
  const strategy = pagination === undefined ? {} : { pagination: pagination() };
  const paged = paginate(server.transport, pageRequestOf(file.request), {
    retry: false,
    ...strategy,
  });
  const { values, end, error } = await walkToEnd(paged, options);

  const requests = server.log.length;
  const judged = (outcome: Outcome, why: string): Judgement => ({
    outcome,
    why,
    requests,
    ...(error !== undefined && { error }),
  });
  const wanted = itemsOf(file);
  if (server.wrong.length > 0) return judged('wrong request', server.wrong.join('\n'));
  if (!isDeepStrictEqual(values, wanted.slice(0, values.length))) {
    return judged('wrong list', `items of something else: ${JSON.stringify(values).slice(0, 200)}`);
  }
  if (error !== undefined) {
    const outcome = REFUSALS.includes(end) ? 'refused' : 'wrong list';
    return judged(outcome, `${end}: ${error.message}`);
  }
  const mistakes = server.mistakes({ items: values, completed: true });
  return mistakes.length === 0 ? judged('exact', '') : judged('wrong list', mistakes.join('\n'));
}
