import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { checkedStrategy } from './checked-strategy';
import { describedStrategy, restoredStrategy } from './described-strategy';
import { detect, THRESHOLD } from './detect';
import { detectionId, type DetectOptions } from './detect-options';
import type { Detection } from './detection';
import { codeOf } from './later-page';
import { refusalText } from './refusal-text';

/**
 * What `detectPagination` loads: reads the first reply by detecting, checks what was found on the second, and leaves the rest to the
 * strategy that was found.
 */
export function detectingStrategy<T = unknown>({
  threshold = THRESHOLD,
  items,
}: DetectOptions = {}): PaginationStrategy<T> {
  return {
    id: detectionId(items),
    start: (request) => request,
    // Only a strategy that was found can ask for a position; a token names it.
    at: (request) => request,
    read: (request, reply) => {
      const detection = detect(request, reply, { threshold, items });
      const { description } = detection;
      if (description === undefined || detection.verdict === 'unknown') {
        throw refusal(detection);
      }
      const reading = describedStrategy<T>(description).read(request, reply);
      const { items: rows, position } = reading;
      const facts = { count: rows.length, code: codeOf(reply.body), position };
      const found = describedStrategy<T>(description, facts);
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
