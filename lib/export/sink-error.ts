import { cleanedCause } from '../core/cleaned-cause';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import { fieldsOf } from '../core/scrub-error';

import type { Checkpoint } from './sink';

/** What an output failed with, as the error of the export; one with a code of its own keeps it. */
export function sinkError(error: unknown, name: string): PaginationError {
  if (isPaginationError(error)) return error;
  const cause = cleanedCause(error);
  return new PaginationError('SINK', `The output ${name} failed: ${cause.message}`, { cause });
}

/** The same error, with where the export can be gone on with: after what is durable. */
export function atCheckpoint(error: unknown, checkpoint: Checkpoint | undefined): unknown {
  if (!isPaginationError(error) || checkpoint === undefined) return error;
  const { resumeToken, rows: itemsEmitted } = checkpoint;
  return new PaginationError(error.code, error.message, {
    ...fieldsOf(error),
    resumeToken,
    itemsEmitted,
  });
}
