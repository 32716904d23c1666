import type { PageRequest } from '../core/page-request';
import { headerOf } from './request-headers';

/** A request body as it is sent. */
export interface RequestBody {
  readonly text: string;
  readonly contentType: string;
}

/**
 * JSON, unless it is text of another type that the caller named; `undefined` if there is no body.
 *
 * @param shared the type that the transport's own headers name; kept if it is one of JSON.
 */
export function requestBody(request: PageRequest, shared: string | null): RequestBody | undefined {
  const { body, headers } = request;
  if (body === undefined) return undefined;
  const named = headerOf(headers, 'content-type');
  if (typeof body === 'string' && named !== undefined && !isJsonType(named)) {
    return { text: body, contentType: named };
  }
  const contentType = [named, shared].find((type) => isJsonType(type ?? ''));
  return { text: JSON.stringify(body), contentType: contentType ?? 'application/json' };
}

/** Also `application/x-amz-json-1.1`, which AWS takes for no other JSON. */
function isJsonType(contentType: string): boolean {
  return /^[^;,]*[/+](?:x-amz-)?json(?:-[\d.]+)?\s*(?:[;,]|$)/i.test(contentType);
}
