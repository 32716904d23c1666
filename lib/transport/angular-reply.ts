import { field } from '../core/field';
import type { PageReply } from '../core/page-reply';
import { withoutCredentials } from './absolute-url';
import type { TransportLimits } from '../core/transport';
import type { AngularHttpEvent, AngularHttpResponse } from './angular-client';
import { tooLarge } from './read-body';
import { hasPage, replyBody, utf8Length } from './reply-body';

/** What HttpClient itself takes off JSON before it parses it: a guard against being read as a script. */
const XSSI_PREFIX = /^\)\]\}',?\n/;

/** `HttpEventType.Response` */
const RESPONSE = 4;

export function isResponse(
  event: AngularHttpEvent,
): event is AngularHttpEvent & AngularHttpResponse {
  return event.type === RESPONSE && 'status' in event && 'headers' in event;
}

/** Whether the head of a response came with the event: `HttpEventType.ResponseHeader`, and the response itself. */
export function hasHead(event: AngularHttpEvent): event is AngularHttpEvent & Head {
  return (
    Number.isInteger(field(event, 'status')) &&
    typeof field(field(event, 'headers'), 'keys') === 'function'
  );
}

/** What errors say of it. */
export function headOf(head: Head | undefined): Pick<PageReply, 'status' | 'headers'> | undefined {
  return head && { status: head.status, headers: plainHeaders(head) };
}

/** The response of an HttpErrorResponse that was made for its status alone. */
export function refusedResponse(error: unknown): AngularHttpResponse | undefined {
  if (!isErrorResponse(error)) return undefined;
  const { status, url, headers, error: body } = error;
  // With 0 there was none; an interceptor's own objection to a page has a good status.
  return status === 0 || hasPage(status) ? undefined : { status, url, headers, body };
}

/** @throws PaginationError `BAD_JSON`, `BAD_CONTENT` or `BODY_TOO_LARGE` */
export function replyOf(
  response: AngularHttpResponse,
  requested: string,
  { bodyBytes, jsonDepth }: TransportLimits,
): PageReply {
  const { status, url, body } = response;
  const headers = plainHeaders(response);
  const reply = { status, headers, url: finalUrl(url, requested) };
  // An interceptor of the caller's own has parsed it.
  if (body !== null && typeof body !== 'string') return { ...reply, body };
  const text = body ?? '';
  const bytes = utf8Length(text);
  if (bytes > bodyBytes) throw tooLarge(bodyBytes);
  const json = text.replace(XSSI_PREFIX, '');
  return { ...reply, body: replyBody(json, headers['content-type'], status, jsonDepth), bytes };
}

/** What an HttpErrorResponse says that is no reply: the error it wraps, unless that is a mere event of XMLHttpRequest. */
export function innerError(error: unknown): unknown {
  const inner = isErrorResponse(error) ? error.error : undefined;
  return typeof field(inner, 'message') === 'string' ? inner : error;
}

type Head = Pick<AngularHttpResponse, 'status' | 'headers'>;

interface ErrorResponse extends Omit<AngularHttpResponse, 'body'> {
  readonly error: unknown;
}

/** By its name, for there may be two copies of Angular. */
export function isErrorResponse(error: unknown): error is ErrorResponse {
  return (
    field(error, 'name') === 'HttpErrorResponse' &&
    Number.isInteger(field(error, 'status')) &&
    typeof field(field(error, 'headers'), 'keys') === 'function'
  );
}

/** Lower-case names; repeated headers joined. */
function plainHeaders({ headers }: Head): Readonly<Record<string, string>> {
  return Object.fromEntries(
    headers.keys().map((name) => [name.toLowerCase(), (headers.getAll(name) ?? []).join(', ')]),
  );
}

/** As the runtime tells it after redirects; where that is relative or missing, the one that was asked for. */
function finalUrl(told: string | null, requested: string): string {
  return withoutCredentials(told !== null && /^https?:/i.test(told) ? told : requested);
}
