import { PaginationError } from '../core/pagination-error';
import type { PageReply } from '../core/page-reply';
import { replyFields } from '../core/reply-fields';
import { fieldsOf } from '../core/scrub-error';

/** Of a body that came and is refused; one that broke off or paused is no reply. */
const OF_A_REPLY = /^BAD_|^BODY_/;

/** What was thrown at a body, with what every error says of the reply it is about. */
export function aboutReply(
  error: PaginationError,
  reply: Pick<PageReply, 'status' | 'headers'> | undefined,
  secrets: readonly string[] = [],
): PaginationError {
  if (reply === undefined || !OF_A_REPLY.test(error.code)) return error;
  const fields = { ...replyFields(reply, secrets), ...fieldsOf(error) };
  return new PaginationError(error.code, error.message, fields);
}
