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
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  idle.restart();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: textOf(chunks, bytes), bytes };
      idle.restart();
      bytes += value.length;
      if (bytes > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
      // Not decoded before its end: what is too large would leave its text in memory beside its bytes.
      chunks.push(value);
    }
  } catch (error) {
    // Without this the connection would go on to fill buffers that nobody reads.
    reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    idle.stop();
  }
}

/** A body up to this size is decoded in one go: Node does that three times as fast as piece by piece. */
const WHOLE_BYTES = 1024 * 1024;
/** Made when it is needed first: jest's jsdom has none, and who imports a transport there may give it no body to read. */
let decoder: TextDecoder | undefined;

function decodedWhole(bytes: Uint8Array | undefined): string {
  decoder ??= new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder.decode(bytes);
}

/** Empties `chunks`, so that a large body is not in memory twice. */
function textOf(chunks: Uint8Array[], bytes: number): string {
  const [first] = chunks;
  if (first === undefined || chunks.length === 1) return decodedWhole(first);
  if (bytes <= WHOLE_BYTES) return decodedWhole(joined(chunks, bytes));
  const inPieces = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  for (const [at, chunk] of chunks.entries()) {
    text += inPieces.decode(chunk, { stream: true });
    chunks[at] = EMPTY;
  }
  return text + inPieces.decode();
}

const EMPTY = new Uint8Array(0);

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** The body is larger than one page may be. */
export function tooLarge(limit: number): PaginationError {
  return new PaginationError(
    'BODY_TOO_LARGE',
    `The body has more than the ${String(limit)} bytes allowed`,
  );
}
