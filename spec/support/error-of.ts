import { PaginationError } from '../../lib/core/pagination-error';

/** What a call throws, which must be a PaginationError: its code and message. */
export function errorOf(call: () => unknown): { code: string; message: string } {
  try {
    call();
  } catch (error) {
    if (error instanceof PaginationError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('Expected a PaginationError, and nothing was thrown');
}
