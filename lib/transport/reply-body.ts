import { maskReply } from '../core/mask-reply';
import { PaginationError } from '../core/pagination-error';
import { excerpt } from '../protocol/excerpt';
import { parseJsonBody } from '../protocol/json-body';

/** Whether a reply of this status has a body with items (RFC 9110 section 15.3). */
export function hasPage(status: number): boolean {
  return status >= 200 && status < 300 && status !== 204 && status !== 205;
}

/**
 * The value of a JSON body. Where a page is not to be expected anyhow, what is not JSON is given as text.
 * @throws PaginationError `BAD_JSON` or `BAD_CONTENT`
 */
export function replyBody(
  text: string,
  contentType: string | undefined,
  status: number,
  jsonDepth?: number,
): unknown {
  const parsed = parseJsonBody(text, contentType, jsonDepth);
  if (parsed.ok) return parsed.value;
  if (!hasPage(status)) return text;
  // The rough cut bounds the time.
  const bodyExcerpt = excerpt(maskReply(text.slice(0, 20_000)));
  throw new PaginationError(parsed.code, parsed.message, { status, bodyExcerpt });
}

// By its property, so that no bundler brings a copy of it for browsers.
const nodeBuffer: ByteCounter | undefined = (globalThis as { Buffer?: ByteCounter }).Buffer;

/** Bytes of a text in UTF-8; Node counts them without making them. */
export function utf8Length(text: string): number {
  const counted = nodeBuffer?.byteLength?.(text);
  return counted ?? new TextEncoder().encode(text).length;
}

interface ByteCounter {
  readonly byteLength?: (text: string) => number;
}
