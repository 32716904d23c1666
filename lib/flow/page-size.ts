import type { PageReading } from '../core/pagination-strategy';
import type { PageSizeOptions } from '../core/page-size-options';
import type { PaginationError } from '../core/pagination-error';
import type { PageSizeEvent } from '../core/walk-event';
import { hashContent } from '../protocol/content-hash';

import type { PageOrder } from './page-order';
import type { WalkLog } from './walk-log';

const DEFAULT_MIN = 10;
/** What most APIs take; many refuse more. */
const DEFAULT_MAX = 100;
const DEFAULT_TARGET = 1_000;

/** Too large to be sent or to be made in time; 524 is a timeout of Cloudflare's. */
const TOO_MUCH: readonly unknown[] = [413, 502, 504, 524];

/** Pages after a halving before the size grows again. */
const SHORTEST_REST = 8;

type Reason = Pick<PageSizeEvent, 'reason' | 'status'>;

/**
 * The page size that a walk asks for. It grows while pages are quick and as long as asked for, at most to twice the last one;
 * it is halved where a page is too much for the server. After that it rests, and twice as long each time that soon after
 * growing it is too much again, so that a server's own bound costs few requests and a passing trouble few small pages.
 */
export class PageSize {
  readonly #min: number;
  readonly #max: number;
  readonly #target: number;
  /** What the last request asked for. */
  #asked: number | undefined;
  /** What the next one is to ask for, and why. */
  #wanted: number | undefined;
  #why: Reason = { reason: 'quick' };
  #rest = 0;
  #lastRest = SHORTEST_REST;
  #pagesSinceHalved = Infinity;
  /** The last page that was as long as asked for. */
  #full: { readonly items: readonly unknown[]; readonly hash: string | undefined } | undefined;

  constructor({ min, max, target = DEFAULT_TARGET }: PageSizeOptions) {
    this.#min = min ?? Math.min(DEFAULT_MIN, max ?? DEFAULT_MIN);
    this.#max = max ?? Math.max(DEFAULT_MAX, this.#min);
    this.#target = target;
  }

  /** What a walk goes on with; unknown before its first request. */
  get current(): number | undefined {
    return this.#wanted;
  }

  /** Goes on with the size of another walk. */
  recall(size: number | undefined): void {
    if (size !== undefined) this.#wanted = this.#within(size);
  }

  /** The order at the size in use; the very same one where its request has no size that may change. */
  sized(order: PageOrder, log: WalkLog): PageOrder {
    const { strategy, digest, pages } = order.step;
    // A page that is known by its digest is to be as long as when that was made.
    if (strategy.sized === undefined || digest !== undefined) return order;
    const wanted = (this.#wanted ??= this.#within(strategy.sizeOf?.(order.request) ?? this.#min));
    const request = strategy.sized(order.request, wanted);
    const size = strategy.sizeOf?.(request) ?? wanted; // the strategy knows what the server takes at most
    if (this.#asked !== undefined && size !== this.#asked) {
      log.pageSize({ index: pages, from: this.#asked, to: size, ...this.#why });
    }
    this.#asked = size;
    this.#wanted = size;
    return { ...order, request };
  }

  /** A page of a sized order came, and was read, so many milliseconds after its request. */
  came({ items }: PageReading, elapsedMs: number): void {
    const asked = this.#asked ?? 0;
    this.#pagesSinceHalved += 1;
    this.#rest = Math.max(0, this.#rest - 1);
    // Where fewer came the server has a bound of its own, and where more came it does not listen.
    this.#full = items.length === asked ? { items, hash: undefined } : undefined;
    if (this.#full === undefined || this.#rest > 0 || elapsedMs >= this.#target) return;
    const times = Math.min(2, this.#target / elapsedMs);
    const grown = Math.min(this.#max, Math.round(asked * times));
    if (grown <= asked) return;
    this.#wanted = grown;
    this.#why = { reason: 'quick' };
    // Before anyone can change the items.
    this.#full = { items, hash: hashContent(items) };
  }

  /** Whether half as much may be what the server can give after this error of a sized order. */
  isTooLarge({ code, status }: PaginationError): boolean {
    if (this.#asked === undefined || this.#asked <= this.#min) return false;
    const isTooMuch = code === 'HTTP_STATUS' && TOO_MUCH.includes(status);
    return isTooMuch || code === 'TIMEOUT' || code === 'BODY_TOO_LARGE';
  }

  halve({ code, status }: PaginationError): void {
    this.#wanted = Math.max(this.#min, Math.floor((this.#asked ?? 0) / 2));
    this.#why = { reason: code, ...(status !== undefined && { status }) };
    const since = this.#pagesSinceHalved;
    if (since > 0) this.#lastRest = since > 2 * this.#lastRest ? SHORTEST_REST : 2 * this.#lastRest;
    this.#rest = this.#lastRest;
    this.#pagesSinceHalved = 0;
  }

  /**
   * Whether items asked for at another size than those before are no part of them, nor hold them all: else the server does
   * not move on. Pages of one size are compared by whoever knows them all.
   */
  isMove(items: readonly unknown[]): boolean {
    const before = this.#full;
    const isFull = items.length > 0 && items.length === this.#asked;
    if (before === undefined || !isFull || before.items.length === items.length) return true;
    const [fewer, more] = [before.items, items].sort((a, b) => a.length - b.length);
    const count = fewer?.length ?? 0;
    const hash = fewer === before.items ? before.hash : undefined;
    const known = hash ?? hashContent(fewer);
    const parts = [more?.slice(0, count), more?.slice(-count)];
    return known === undefined || !parts.some((part) => hashContent(part) === known);
  }

  #within(size: number): number {
    return Math.min(this.#max, Math.max(this.#min, size));
  }
}
