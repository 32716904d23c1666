import { isRecord } from '../protocol/is-record';

/** Says what is expected when a value is wrong, and nothing when it is right. */
export type Check = (value: unknown) => string | undefined;

/**
 * Refuses unknown and wrong options; an option that is `undefined` counts as left out.
 * @throws TypeError naming the option, what was expected and what came.
 */
export function checkOptions(
  where: string,
  options: unknown,
  checks: Readonly<Record<string, Check>>,
): void {
  if (options === undefined) return;
  if (!isRecord(options)) {
    throw new TypeError(`${where}: expected an object of options, got ${describe(options)}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) {
      throw new TypeError(
        `${where}: unknown option '${name}'; the options are ${Object.keys(checks).join(', ')}`,
      );
    }
    const expected = value === undefined ? undefined : checks[name]?.(value);
    if (expected !== undefined) {
      throw new TypeError(`${where}: option '${name}' must be ${expected}, got ${describe(value)}`);
    }
  }
}

/** The same where some of the options are needed, and so none may not be left out. */
export function checkNeededOptions(
  where: string,
  options: unknown,
  checks: Readonly<Record<string, Check>>,
): void {
  checkArgument(where, options, isGiven);
  checkOptions(where, options, checks);
}

/** @throws TypeError saying what was expected and what came */
export function checkArgument(where: string, value: unknown, check: Check): void {
  const expected = check(value);
  if (expected === undefined) return;
  throw new TypeError(`${where}: expected ${expected}, got ${describe(value)}`);
}

/** A short form of a value for messages; never more than its beginning. */
export function describe(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${String(value.length)}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** What a call cannot do without. */
export const isGiven: Check = (value) => (value === undefined ? 'an object of options' : undefined);

export const isWhole: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'a whole number, 0 or more';

export const isCount: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'a whole number, 1 or more';

/** A count, or `Infinity` for none. */
export const isCap: Check = (value) =>
  value === Infinity || isWhole(value) === undefined
    ? undefined
    : 'a whole number, 0 or more, or Infinity';

export const isDuration: Check = (value) =>
  typeof value === 'number' && value > 0 ? undefined : 'milliseconds above 0, or Infinity';

export const isText: Check = (value) => (typeof value === 'string' ? undefined : 'a string');

export const isFlag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');

export const isFunction: Check = (value) =>
  typeof value === 'function' ? undefined : 'a function';

export function isOneOf(...values: readonly string[]): Check {
  const expected = values.map((value) => `'${value}'`).join(' or ');
  return (value) => (typeof value === 'string' && values.includes(value) ? undefined : expected);
}
