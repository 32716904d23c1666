import type { Json } from '../core/json';
import type { PageRequest } from '../core/page-request';
import { requestUrl } from '../core/request-url';
import { hashContent } from '../protocol/content-hash';
import { queryOf } from '../protocol/query-text';

/** Remembers what a walk has asked for and received, in at most 100 bytes a page, so that none of it comes twice. */
export class LoopGuard {
  readonly #seen = new Set<string>();
  /** Bodies that are no JSON, such as an SDK's page objects or big integers, are told apart by identity. */
  readonly #objects = new WeakSet();
  readonly #others = new Set<unknown>();
  #direction = 0;

  /** Whether this request is new to the walk. */
  isNewRequest(request: PageRequest): boolean {
    const { body } = request;
    return isJsonLike(body, 0) ? this.#isNew(requestKey(request)) : this.#isNewValue(body);
  }

  /** Whether no page of the walk had these very items. */
  isNewItems(items: readonly unknown[]): boolean {
    const hash = hashContent(items) ?? hashOf(jsonOf(items));
    return hash === undefined || this.#isNew(hash);
  }

  /** Whether a counted position moves on, always in the direction of the first move. */
  isMove(from: Json | undefined, to: Json): boolean {
    const move = Math.sign(Number(to) - Number(from));
    if (move === 0 || Number.isNaN(move)) return false;
    if (this.#direction === 0) this.#direction = move;
    return move === this.#direction;
  }

  #isNewValue(value: unknown): boolean {
    const isObject = (typeof value === 'object' || typeof value === 'function') && value !== null;
    const isNew = isObject ? !this.#objects.has(value) : !this.#others.has(value);
    if (isObject) this.#objects.add(value);
    else this.#others.add(value);
    return isNew;
  }

  #isNew(hash: string): boolean {
    const { size } = this.#seen;
    this.#seen.add(hash);
    return this.#seen.size > size;
  }
}

/** Says what it means as it is: decoded and encoded again it is the same text. */
const PLAIN_PAIR = /^[\w.~*()!-]+=[\w.~*()!-]*$/;

/** Two requests with the same key ask for the same: the order of differently named parameters does not count. */
function requestKey(request: PageRequest): string {
  const url = requestUrl(request);
  const mark = url.indexOf('?');
  const canonical =
    mark < 0 ? url : `${url.slice(0, mark)}?${sortedPairs(url.slice(mark + 1)).join('&')}`;
  const method = request.method?.toUpperCase() ?? 'GET';
  const { headers, body } = request;
  if (headers === undefined && body === undefined) return hashContent(`${method} ${canonical}`);
  const text = jsonOf([headers, body]) ?? '';
  return hashContent(`${method} ${canonical} ${text}`);
}

function hashOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : hashContent(text);
}

function byName(one: string, other: string): number {
  const [a, b] = [one.slice(0, one.indexOf('=')), other.slice(0, other.indexOf('='))];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Servers read pairs however they are encoded. */
function sortedPairs(query: string): string[] {
  const pairs = query.split('&');
  if (pairs.every((pair) => PLAIN_PAIR.test(pair))) {
    return pairs.length === 1 ? pairs : pairs.sort(byName);
  }
  return [...queryOf(`?${query}`)]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
}

/** Whether the JSON text of a value says all there is to it. */
function isJsonLike(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) {
    return !['function', 'symbol', 'bigint'].includes(typeof value);
  }
  if (depth > 100) return false;
  if ('toJSON' in value && typeof value.toJSON === 'function') return true;
  if (Array.isArray(value)) return value.every((item) => isJsonLike(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  return plain && Object.values(value).every((member) => isJsonLike(member, depth + 1));
}

/** `undefined` for what is no JSON and cannot be compared. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
