import { excerpt } from '../protocol/excerpt';

import { maskReply } from './mask-reply';
import { scrub } from './secrets';

/** Reply headers that tell about a failure and never carry a credential. */
const TELLING =
  /^(?:content-type|content-length|date|retry-after|retry-after-ms|server|via|age|allow|x-rate-?limit.*|ratelimit.*)$/;
const REQUEST_IDS = [
  'x-request-id',
  'request-id',
  'x-correlation-id',
  'x-amzn-requestid',
  'x-amz-request-id',
  'x-ms-request-id',
  'x-trace-id',
  'cf-ray',
];

/** What every error says of the reply it is about, cut short and rid of what was sent. Transports written by hand may give numbers. */
export function replyFields(
  {
    status,
    headers,
  }: { readonly status: number; readonly headers: Readonly<Record<string, unknown>> },
  secrets: readonly string[],
) {
  const shown = Object.entries(headers)
    .filter(([name]) => TELLING.test(name) || REQUEST_IDS.includes(name))
    .map(([name, value]) => [name, shorten(String(value), secrets)] as const);
  const told: Readonly<Record<string, string>> = Object.fromEntries(shown);
  const requestId = REQUEST_IDS.map((name) => told[name]).find((id) => id !== undefined);
  return { status, headers: told, requestId };
}

/** What a server sent, as an error shows it. */
export function shorten(text: string, secrets: readonly string[]): string {
  // Scrubbed before it is cut, for half a secret is no longer found; the rough cut bounds the time.
  return excerpt(maskReply(scrub(text.slice(0, 20_000), secrets)));
}
