import {
  checkOptions,
  isCap,
  isDuration,
  isOneOf,
  isText,
  isWhole,
  type Check,
} from '../core/check-options';

const LIMITS: Readonly<Record<string, Check>> = { emptyPages: isCap, redirects: isWhole };

/** The options every walk takes. */
export const WALK_OPTIONS: Readonly<Record<string, Check>> = {
  prefetch: isWhole,
  pacedBy: isNotifier,
  resumeFrom: isText,
  maxPages: isCap,
  maxItems: isCap,
  timeout: isDuration,
  limits: isObject,
  emptyCursor: isOneOf('end', 'continue'),
  signal: isSignal,
  events: isObserver,
  clock: isScheduler,
};

/** @throws TypeError naming the option, what was expected and what came */
export function checkWalkOptions(
  where: string,
  options: unknown,
  further: Readonly<Record<string, Check>> = {},
): void {
  checkOptions(where, options, { ...WALK_OPTIONS, ...further });
  checkOptions(`${where}: limits`, memberOf(options, 'limits'), LIMITS);
}

function isObject(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? undefined : 'an object';
}

function isNotifier(value: unknown): string | undefined {
  const inputs = [
    'subscribe',
    'then',
    'getReader',
    Symbol.observable,
    Symbol.asyncIterator,
    Symbol.iterator,
  ];
  const fits = inputs.some((name) => typeof memberOf(value, name) === 'function');
  return fits && typeof value === 'object'
    ? undefined
    : 'an Observable or what RxJS can make one from';
}

function isSignal(value: unknown): string | undefined {
  const fits =
    typeof memberOf(value, 'aborted') === 'boolean' &&
    typeof memberOf(value, 'addEventListener') === 'function';
  return fits ? undefined : 'an AbortSignal';
}

function isObserver(value: unknown): string | undefined {
  const next = memberOf(value, 'next');
  return isObject(value) === undefined && (next === undefined || typeof next === 'function')
    ? undefined
    : 'an observer: an object with a function next';
}

function isScheduler(value: unknown): string | undefined {
  const fits = ['now', 'schedule'].every((name) => typeof memberOf(value, name) === 'function');
  return fits ? undefined : 'an RxJS scheduler';
}

function memberOf(value: unknown, name: PropertyKey): unknown {
  return (typeof value === 'object' || typeof value === 'function') && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
