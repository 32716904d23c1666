import type { PageRequest } from '../core/page-request';
import { queryOf } from '../protocol/query-text';
import { viewBody } from './body-view';
import { graphqlSlots } from './graphql-slots';
import { slotOf } from './request-slot';
import type { RequestSlot } from './request-slot';
import { isOffsetName, isPageName, isSizeName } from './slot-names';
import { stemOf, wordsOf } from './words';

/** A request taken apart. */
export interface RequestView {
  readonly request: PageRequest;
  readonly slots: readonly RequestSlot[];
  readonly headers: readonly RequestSlot[];
  readonly isGraphql: boolean;
  /** Whether positions go into the body. */
  readonly hasBody: boolean;
  /** The pointer of the object in the body that holds parameters: JSON-RPC has `params`. */
  readonly bodyParent: string;
  readonly size: RequestSlot | undefined;
  readonly page: RequestSlot | undefined;
  readonly offset: RequestSlot | undefined;
  /** The path without its query, and the stems of its words. */
  readonly path: string;
  readonly pathStems: ReadonlySet<string>;
}

export function viewRequest(request: PageRequest): RequestView {
  const { body } = request;
  const query = isGraphqlBody(body) ? body.query : undefined;
  const slots =
    query === undefined
      ? [...querySlots(request), ...bodySlots(body)]
      : [...querySlots(request), ...graphqlSlots(query, body)];
  const page = slots.find((slot) => slot.number !== undefined && isPageName(slot.words));
  const offsets = slots.filter((slot) => slot.number !== undefined && isOffsetName(slot.words));
  const size = slots.find(
    ({ number, words }) => number !== undefined && number > 0 && isAskedSize(words),
  );
  // Where there is a page number, `offset` beside it is what others call a size.
  const offsetAsSize = page !== undefined && size === undefined ? offsets[0] : undefined;
  const headers = headerSlots(request);
  const path = request.url.replace(/[?#].*$/s, '').replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '');
  return {
    request,
    slots,
    headers,
    isGraphql: query !== undefined,
    hasBody: body !== undefined && (request.method ?? 'GET').toUpperCase() !== 'GET',
    bodyParent: parentIn(body, size),
    size:
      size ??
      (offsetAsSize?.number === 0 ? undefined : offsetAsSize) ??
      headers.find(({ number, words }) => (number ?? 0) > 0 && isSizeName(words)),
    page,
    offset: page === undefined ? bestOffset(offsets, size) : undefined,
    path,
    pathStems: new Set(wordsOfPath(path).map(stemOf)),
  };
}

/** A number of `items` is asked for in a request; in a reply it would count them. */
function isAskedSize(words: readonly string[]): boolean {
  return isSizeName(words) || words.join(' ') === 'items';
}

/** `start` and `from` are numbers of items only beside a size; they may as well be times or accounts. */
function bestOffset(
  offsets: readonly RequestSlot[],
  size: RequestSlot | undefined,
): RequestSlot | undefined {
  return offsets.find(
    ({ words }) => size !== undefined || words.includes('offset') || words.includes('skip'),
  );
}

function wordsOfPath(path: string): readonly string[] {
  return path.split('/').flatMap((part) => wordsOf(part));
}

function querySlots({ url, params = {} }: PageRequest): readonly RequestSlot[] {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null);
  const pairs: (readonly [string, unknown])[] = [...given, ...queryOf(url)];
  return pairs.slice(0, 200).map(([name, value]) => slotOf('params', name, name, value));
}

function bodySlots(body: unknown): readonly RequestSlot[] {
  return viewBody(body, { intoSingles: false })
    .scalars.filter(({ pointer }) => pointer !== '')
    .map(({ pointer, name, value }) => slotOf('body', pointer, name, value));
}

function headerSlots({ headers = {} }: PageRequest): readonly RequestSlot[] {
  return Object.entries(headers)
    .slice(0, 100)
    .map(([name, value]) => slotOf('headers', name, name, value));
}

function isGraphqlBody(body: unknown): body is { readonly query: string } {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'query')) return false;
  const query: unknown = Reflect.get(body, 'query');
  return typeof query === 'string' && query.includes('{');
}

/** Beside the size, else in the `params` of JSON-RPC, else in the body itself. */
function parentIn(body: unknown, size: RequestSlot | undefined): string {
  if (size?.place === 'body') return size.param.slice(0, size.param.lastIndexOf('/'));
  if (typeof body !== 'object' || body === null) return '';
  const isRpc = Object.hasOwn(body, 'jsonrpc') && Object.hasOwn(body, 'params');
  return isRpc ? '/params' : '';
}
