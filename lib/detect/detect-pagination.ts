import { checkOptions } from '../core/check-options';
import type { Check } from '../core/check-options';
import type { Detection } from './detection';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { isPointer } from '../strategy/selector';
import { checkedStrategy } from './checked-strategy';
import { detect, THRESHOLD } from './detect';
import { describedStrategy, restoredStrategy } from './described-strategy';
import { refusalText } from './refusal-text';

export interface DetectOptions {
  /** How sure detection must be of a way to the next page, between 0 and 1. @defaultValue 0.6 */
  readonly threshold?: number | undefined;
  /** JSON pointer to the items, where detection takes several lists for them. @defaultValue found out */
  readonly items?: string | undefined;
}

const isShare: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number between 0 and 1';

/**
 * Finds out from the first request and its reply where the items are and how the list goes on, and walks the rest by what it
 * found. The first reply is the only one that is looked at; what was found in it is checked on the second page before that
 * page's items are handed on. The first request is sent as it is.
 *
 * Errors: `PROTOCOL` where it is not sure how the list goes on, with a message that says what it saw and which lines of
 * configuration would do; where the server ignores what the second request asked for; `BAD_SHAPE` where the reply holds no list.
 *
 * @throws TypeError for an unknown or wrong option.
 */
export function detectPagination<T = unknown>(options: DetectOptions = {}): PaginationStrategy<T> {
  checkOptions('detectPagination', options, { threshold: isShare, items: isPointer });
  const { threshold = THRESHOLD, items } = options;
  return {
    id: items === undefined ? 'detect' : `detect(items=${items})`,
    start: (request) => request,
    // Only a strategy that was found can ask for a position; a token names it.
    at: (request) => request,
    read: (request, reply) => {
      const detection = detect(request, reply, { threshold, items });
      const { description } = detection;
      if (description === undefined || detection.verdict === 'unknown') {
        throw refusal(detection);
      }
      const found = describedStrategy<T>(description);
      const reading = found.read(request, reply);
      const strategy = checkedStrategy(found, description, reading, { request, reply });
      return { ...reading, strategy };
    },
    restore: (id) => restoredStrategy<T>(id),
    statuses: {},
  };
}

function refusal(detection: Detection): PaginationError {
  const code = detection.isNoList === true ? 'BAD_SHAPE' : 'PROTOCOL';
  return new PaginationError(code, refusalText(detection));
}
