import { cleanedCause } from '../core/cleaned-cause';
import { isPaginationError, type ErrorCode } from '../core/pagination-error';

import type { PartError } from './export-status';

/** Another try would meet them again: somebody has to change something first. */
const PERMANENT: ReadonlySet<ErrorCode> = new Set([
  'DRIFT',
  'CHECKPOINT_MISMATCH',
  'CHECKPOINT_CORRUPT',
]);

/** Milliseconds between two tries at most. */
const LONGEST_WAIT = 60_000;

/** How a part goes on after an error. */
export interface Verdict {
  readonly error: PartError;
  readonly setAside: boolean;
  /** Milliseconds until its next try. */
  readonly wait: number;
  /** Whether this was a try: a server that asks for patience has not failed. */
  readonly counts: boolean;
}

/** @param tries how often it was begun without getting a page further, this time included */
export function judgeError(
  error: unknown,
  tries: number,
  maxTries: number,
  retryDelay: number,
): Verdict {
  const told = partErrorOf(error);
  const asked = isPaginationError(error) ? error.retryAfterMs : undefined;
  if (told.code === 'RATE_LIMITED' && asked !== undefined) {
    return { error: told, setAside: false, wait: asked, counts: false };
  }
  return {
    error: told,
    setAside: PERMANENT.has(told.code) || tries >= maxTries,
    wait: Math.min(LONGEST_WAIT, retryDelay * 2 ** (tries - 1)),
    counts: true,
  };
}

/** An error as it is stored and shown: without headers, bodies and credentials. */
function partErrorOf(error: unknown): PartError {
  if (!isPaginationError(error)) {
    // Of the database or the file system; what a walk or its options come to is a PaginationError, or the TypeError of a caller.
    const { message } = cleanedCause(error);
    return { code: error instanceof TypeError ? 'PROTOCOL' : 'SINK', message };
  }
  const { code, message, status, request, requestId } = error;
  return {
    ...{ code, message },
    ...(status !== undefined && { status }),
    ...(request !== undefined && { request: { method: request.method, url: request.url } }),
    ...(requestId !== undefined && { requestId }),
  };
}
