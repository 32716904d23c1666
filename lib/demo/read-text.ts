import type { IncomingMessage } from 'node:http';

/**
 * The whole body of a request as text, or `undefined` if it is larger than `maxBytes`; then it is read to its end all
 * the same, because a client still sending does not see the reply. Rejects if the client leaves first.
 */
export async function readText(
  request: IncomingMessage,
  maxBytes: number,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks).toString();
}
