import { describe, isText } from '../core/check-options';
import type { PageRequest, ParamValue } from '../core/page-request';
import { isRecord } from '../protocol/is-record';
import { resolvePointer } from '../protocol/json-pointer';
import { resolveLink } from '../protocol/next-url';
import { readSlot } from './slot';

/**
 * How the requests after the first one differ, for APIs that continue at another address. Text such as
 * `'$request.query#/scroll'` or `'$request.body#/limit'` stands for a value of the first request; where there is none it is left out.
 */
export interface LaterRequest {
  /** Resolved against the URL of the first request. */
  readonly url?: string | undefined;
  /** Put behind the path of the first request, e.g. `'/continue'`. */
  readonly suffix?: string | undefined;
  /** All query parameters besides the cursor. @defaultValue those of the first request */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** All members of the body besides the cursor. @defaultValue the body of the first request */
  readonly body?: Readonly<Record<string, string | number | boolean>> | undefined;
}

const PARTS = ['url', 'suffix', 'params', 'body'];
const REFERENCE = /^\$request\.(query|body)#(\/.*)$/s;

/** An option check. */
export function isLaterRequest(value: unknown): string | undefined {
  const expected = "an object of 'url', 'suffix', 'params' and 'body'";
  if (!isRecord(value)) return expected;
  const fits = Object.entries(value).every(([name, part]: [string, unknown]) => {
    if (!PARTS.includes(name)) return false;
    if (part === undefined) return true;
    if (name === 'url' || name === 'suffix') return isText(part) === undefined && part !== '';
    return isRecord(part) && Object.values(part).every((one) => isValue(one, name));
  });
  return fits ? undefined : expected;
}

/**
 * The first request as later ones differ from it, without their cursor.
 * @throws TypeError if the two make no URL.
 */
export function laterRequest(first: PageRequest, later: LaterRequest | undefined): PageRequest {
  if (later === undefined) return first;
  const { params, body } = later;
  const moved = { ...first, url: laterUrl(first.url, later) };
  return {
    ...moved,
    ...(params !== undefined && {
      url: moved.url.replace(/\?[^#]*/, ''),
      params: filled(first, params),
    }),
    ...(body !== undefined && { body: filled(first, body) }),
  };
}

function laterUrl(first: string, { url, suffix = '' }: LaterRequest): string {
  const base = url === undefined ? first : resolveLink(url, first);
  if (base === undefined)
    throw new TypeError(`Expected a URL to continue at, got ${describe(url)}`);
  return base.replace(/[?#].*$|$/s, (rest) => suffix + rest);
}

function filled<V extends ParamValue>(
  first: PageRequest,
  values: Readonly<Record<string, V>>,
): Record<string, V | string | number | boolean> {
  const entries = Object.entries(values).map(
    ([name, value]) => [name, valueOf(first, value)] as const,
  );
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function valueOf<V>(first: PageRequest, value: V): V | string | number | boolean | undefined {
  const [, scope, pointer = ''] = typeof value === 'string' ? (REFERENCE.exec(value) ?? []) : [];
  if (scope === undefined) return value;
  if (scope === 'query') return plain(readSlot(first, 'params', pointer.slice(1)));
  const found = resolvePointer(first.body, pointer);
  return found.found ? plain(found.value) : undefined;
}

function plain(value: unknown): string | number | boolean | undefined {
  const isPlain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? value : undefined;
}

function isValue(value: unknown, part: string): boolean {
  return typeof value === 'string' || (part === 'body' && plain(value) !== undefined);
}
