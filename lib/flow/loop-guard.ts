import type { Json } from '../core/json';
import type { PageRequest } from '../core/page-request';
import { hashContent } from '../protocol/content-hash';
import { jsonTextOf } from '../protocol/json-text';

import { RequestKeys } from './request-key';

/** Remembers what a walk has asked for and received, in at most 100 bytes a page, so that none of it comes twice. */
export class LoopGuard {
  readonly #seen = new Set<string>();
  readonly #keys = new RequestKeys();
  /** Bodies that are no JSON, such as an SDK's page objects or big integers, are told apart by identity. */
  readonly #objects = new WeakSet();
  readonly #others = new Set<unknown>();
  #direction = 0;

  /** @param before of the pages that led to this walk, one after another @param way in which they did */
  constructor(
    readonly before?: LoopGuard,
    readonly way?: 'next' | 'previous',
  ) {
    if (before !== undefined) this.#direction = before.#direction;
  }

  /** Whether this request is new to the walk. */
  isNewRequest(request: PageRequest): boolean {
    const { body } = request;
    return body === undefined || isJsonLike(body, 0)
      ? this.#isNew(this.#keys.of(request))
      : this.#isNewValue(body);
  }

  /** The server knows the first page by the URL that answered, and its links will name it so. */
  answered({ method, headers, body }: PageRequest, url: string): void {
    this.isNewRequest({ method, headers, body, url });
  }

  /** Whether no page of the walk had these very items. */
  isNewItems(items: readonly unknown[]): boolean {
    const hash = hashContent(items) ?? hashOf(jsonTextOf(items));
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
    let known = this.before;
    while (known !== undefined && !known.#seen.has(hash)) known = known.before;
    const { size } = this.#seen;
    this.#seen.add(hash);
    return known === undefined && this.#seen.size > size;
  }
}

function hashOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : hashContent(text);
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
