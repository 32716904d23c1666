import { STATUS_CODES } from 'node:http';

/** A request as it came over the wire. */
export interface RequestText {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** In the order and case they came in. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** A reply to be written. */
export interface ReplyText {
  /** @defaultValue 200 */
  readonly status?: number | undefined;
  /** An array repeats the header line. @defaultValue a content type of JSON */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly body?: string | Uint8Array | undefined;
}

/** The first whole request of what was received, and what came after it; `undefined` while it is not whole. */
export function readRequest(received: string): { request: RequestText; rest: string } | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = received.slice(0, end).split('\r\n');
  const [method = '', target = ''] = first.split(' ');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = bodyOf(received.slice(end + 4), headers);
  if (body === undefined) return undefined;
  const text = Buffer.from(body.text, 'latin1').toString();
  return { request: { method, target, headers, body: text }, rest: body.rest };
}

function bodyOf(
  received: string,
  headers: RequestText['headers'],
): { text: string; rest: string } | undefined {
  if (/chunked/i.test(headerOf(headers, 'transfer-encoding') ?? '')) return chunkedBody(received);
  const length = Number(headerOf(headers, 'content-length') ?? 0);
  if (received.length < length) return undefined;
  return { text: received.slice(0, length), rest: received.slice(length) };
}

function chunkedBody(received: string): { text: string; rest: string } | undefined {
  let text = '';
  let at = 0;
  for (;;) {
    const line = received.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = parseInt(received.slice(at, line), 16);
    const next = line + 2 + size + 2;
    if (received.length < next) return undefined;
    if (size === 0) return { text, rest: received.slice(next) };
    text += received.slice(line + 2, line + 2 + size);
    at = next;
  }
}

function headerOf(headers: RequestText['headers'], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** Status line and headers of a reply, with the framing of its body. */
export function headText(
  { status = 200, headers = {} }: ReplyText,
  framing: { readonly length: number } | 'chunked' | 'none',
): string {
  const lines = Object.entries({ 'content-type': 'application/json', ...headers }).flatMap(
    ([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one) => `${name}: ${one}`),
  );
  if (framing === 'chunked') lines.push('transfer-encoding: chunked');
  else if (framing !== 'none') lines.push(`content-length: ${String(framing.length)}`);
  return [`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? 'Odd'}`, ...lines, '', ''].join(
    '\r\n',
  );
}

/** A part of a chunked body. */
export function chunk(data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
}
