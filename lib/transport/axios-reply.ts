import { field } from '../core/field';
import { withoutCredentials } from './absolute-url';
import { hasPage } from './reply-body';

/** The part of axios' response that makes a reply; an interceptor may have made it. */
export interface ClientResponse {
  readonly status: number;
  readonly data: unknown;
  readonly headers?: unknown;
}

export function isClientResponse(value: unknown): value is ClientResponse {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    Number.isInteger(field(value, 'status'))
  );
}

/**
 * The response of an error that axios threw for its status alone. One that broke off in its body has no data; an
 * interceptor's own objection to a page has a good status.
 */
export function refusedResponse(error: unknown): ClientResponse | undefined {
  if (field(error, 'isAxiosError') !== true) return undefined;
  const response = field(error, 'response');
  if (!isClientResponse(response) || response.data === undefined) return undefined;
  return hasPage(response.status) ? undefined : response;
}

/** Lower-case names; repeated headers joined. */
export function plainHeaders({
  headers,
}: Pick<ClientResponse, 'headers'>): Readonly<Record<string, string>> {
  if (typeof headers !== 'object' || headers === null) return {};
  const entries = Object.entries(headers).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(
    entries.map(([name, value]: [string, unknown]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

/** What is used of an axios instance to finish a URL. */
interface AxiosAddresses {
  getUri(config: { url: string; baseURL?: string }): string;
}

/** The URL that was sent, as the last interceptor left it. */
export function sentUrl(
  instance: AxiosAddresses,
  response: ClientResponse,
  requested: string,
): string {
  const config = field(response, 'config');
  const [url, baseURL] = [field(config, 'url'), field(config, 'baseURL')];
  // Left as it was: to ask the instance would merge its whole configuration a second time.
  if (typeof url !== 'string' || url === requested) return withoutCredentials(requested);
  const sent = instance.getUri({ url, ...(typeof baseURL === 'string' && { baseURL }) });
  return withoutCredentials(/^https?:/i.test(sent) ? sent : requested);
}

/** The URL that answered: as the runtime tells it after redirects, else as an interceptor may have left it. */
export function finalUrl(response: ClientResponse, requested: string): string {
  const request = field(response, 'request');
  const told = [
    field(request, 'responseURL'), // XMLHttpRequest
    field(field(request, 'res'), 'responseUrl'), // follow-redirects on Node
    field(field(response, 'config'), 'url'),
  ];
  const isAbsolute = (url: unknown): url is string =>
    typeof url === 'string' && /^https?:/i.test(url);
  return withoutCredentials(told.find(isAbsolute) ?? requested);
}
