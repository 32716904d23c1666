import {
  checkOptions,
  isCap,
  isCount,
  isDuration,
  isFlag,
  isFunction,
  isOneOf,
  isText,
  isWhole,
  type Check,
} from '../core/check-options';
import { field } from '../core/field';
import { isObservableInput } from '../core/is-observable-input';
import { isItemKey } from '../core/item-keys';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { Transport } from '../core/transport';
import { UsageError } from '../core/usage-error';
import type { WalkOptions } from '../core/walk-options';

import { originOf } from './origin-guard';

const LIMITS: Readonly<Record<string, Check>> = {
  bodyBytes: isCap,
  jsonDepth: isCap,
  linkHeaderBytes: isCap,
  urlBytes: isCap,
  cursorBytes: isCap,
  emptyPages: isCap,
  redirects: isWhole,
};

const RETRY: Readonly<Record<string, Check>> = {
  retries: isWhole,
  baseDelay: isWait,
  maxDelay: isWait,
  maxRetryAfter: isWait,
  statuses: isStatuses,
  when: isFunction,
  budget: isCap,
  respectRateLimit: isFlag,
};

/** The options every walk takes. */
const WALK_OPTIONS: Readonly<Record<string, Check>> = {
  prefetch: isWhole,
  concurrency: isCount,
  pacedBy: isNotifier,
  pageSize: isObject,
  resumeFrom: isText,
  maxPages: isCap,
  maxItems: isCap,
  retry: isRetry,
  timeout: isDuration,
  idleTimeout: isDuration,
  deadline: isDuration,
  limits: isObject,
  allowedOrigins: isOrigins,
  key: isItemKey,
  overlap: isWhole,
  onExpired: isOneOf('error', 'restart'),
  onRepeat: isOneOf('error', 'complete', 'allow'),
  emptyCursor: isOneOf('end', 'continue'),
  signal: isSignal,
  events: isObserver,
  clock: isScheduler,
  random: isFunction,
};

/** @throws TypeError naming the option, what was expected and what came */
export function checkWalkOptions(
  where: string,
  options: unknown,
  further: Readonly<Record<string, Check>> = {},
): void {
  checkOptions(where, options, { ...WALK_OPTIONS, ...further });
  checkOptions(`${where}: limits`, field(options, 'limits'), LIMITS);
  const retry = field(options, 'retry');
  if (retry !== false) checkOptions(`${where}: retry`, retry, RETRY);
}

/** @throws TypeError where an option is given without the one it needs */
export function checkTogether(where: string, options: WalkOptions): void {
  const { key, overlap = 0, onExpired } = options;
  if (key !== undefined) return;
  if (overlap > 0) throw new TypeError(`${where}: option 'overlap' needs 'key', got none`);
  if (onExpired === 'restart') {
    throw new TypeError(`${where}: option 'onExpired: restart' needs 'key', got none`);
  }
}

/** @throws TypeError where pages are to be asked for at once that only the page before leads to */
export function checkConcurrency(
  where: string,
  { concurrency = 1 }: WalkOptions,
  { kind, choices = [] }: PaginationStrategy,
): void {
  const other = [kind, ...choices.map((choice) => choice.kind)].find(
    (one) => one !== undefined && one !== 'number' && one !== 'offset',
  );
  if (concurrency > 1 && other !== undefined) {
    throw new UsageError(
      `${where}: option 'concurrency' is for lists paged by number or offset, whose pages can be asked for at once; this one is paged by ${other}`,
    );
  }
}

/** @throws TypeError where a foreign origin is allowed, and the transport would send its credentials there */
export function checkAllowedOrigins(
  where: string,
  { allowedOrigins = [] }: WalkOptions,
  transport: Pick<Transport, 'anonymous'>,
): void {
  if (allowedOrigins.length === 0 || transport.anonymous === true) return;
  throw new TypeError(
    `${where}: option 'allowedOrigins' needs a transport that declares 'anonymous: true' and then sends no credentials, got one that does not`,
  );
}

function isRetry(value: unknown): string | undefined {
  return value === false || isObject(value) === undefined ? undefined : 'an object, or false';
}

function isWait(value: unknown): string | undefined {
  return typeof value === 'number' && value >= 0 ? undefined : 'milliseconds, 0 or more';
}

function isStatuses(value: unknown): string | undefined {
  const fits = Array.isArray(value) && value.every((status) => isWhole(status) === undefined);
  return fits ? undefined : 'an array of HTTP statuses';
}

function isOrigins(value: unknown): string | undefined {
  const isOrigin = (text: unknown) => typeof text === 'string' && originOf(text) === text;
  const fits = Array.isArray(value) && value.every(isOrigin);
  return fits ? undefined : "an array of origins such as 'https://files.example.com'";
}

function isObject(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? undefined : 'an object';
}

function isNotifier(value: unknown): string | undefined {
  return isObservableInput(value) ? undefined : 'an Observable or what RxJS can make one from';
}

function isSignal(value: unknown): string | undefined {
  const fits =
    typeof field(value, 'aborted') === 'boolean' &&
    typeof field(value, 'addEventListener') === 'function';
  return fits ? undefined : 'an AbortSignal';
}

function isObserver(value: unknown): string | undefined {
  const next = field(value, 'next');
  return isObject(value) === undefined && (next === undefined || typeof next === 'function')
    ? undefined
    : 'an observer: an object with a function next';
}

function isScheduler(value: unknown): string | undefined {
  const fits = ['now', 'schedule'].every((name) => typeof field(value, name) === 'function');
  return fits ? undefined : 'an RxJS scheduler';
}
