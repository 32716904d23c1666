import { PaginationError } from '../core/pagination-error';
import type { TransportLimits } from '../core/transport';
import type { IdleTimer } from './idle-timer';
import { utf8Length } from './reply-body';

/** The text of a response's body and its size in bytes, read within the limits. */
export async function readBody(
  response: Response,
  limits: TransportLimits,
  idle: IdleTimer,
): Promise<{ readonly text: string; readonly bytes: number }> {
  // A fetch of the caller's own may give less than a whole Response.
  const { body } = response as Partial<Pick<Response, 'body'>>;
  if (body === null || body === undefined) {
    const text = await response.text();
    const bytes = utf8Length(text);
    if (bytes > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
    return { text, bytes };
  }
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let bytes = 0;
  idle.restart();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode(), bytes };
      idle.restart();
      bytes += value.length;
      if (bytes > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // Without this the connection would go on to fill buffers that nobody reads.
    reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    idle.stop();
  }
}

/** The body is larger than one page may be. */
export function tooLarge(limit: number): PaginationError {
  return new PaginationError(
    'BODY_TOO_LARGE',
    `The body has more than the ${String(limit)} bytes allowed`,
  );
}
