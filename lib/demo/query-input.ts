import { BadInput } from './bad-input';

export interface NumberRule {
  readonly min: number;
  /** Larger values are refused. */
  readonly max?: number | undefined;
  /** Larger values are lowered to it, silently. */
  readonly lowerTo?: number | undefined;
}

/** The one value of a parameter; given twice it is refused, so that a client that repeats one is found out. */
export function queryText(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) throw new BadInput(name, 'one value', values);
  return values[0];
}

export function queryNumber(
  query: URLSearchParams,
  name: string,
  fallback: number,
  rule: NumberRule,
): number {
  const text = queryText(query, name);
  if (text === undefined) return fallback;
  // Digits only: Number() would also take '', ' 1', '1e2' and '0x1'.
  return checked(name, /^\d+$/.test(text) ? Number(text) : text, rule);
}

/** A whole number of a JSON body, where `null` is the same as absent. */
export function bodyNumber(
  body: unknown,
  name: string,
  fallback: number,
  rule: NumberRule,
): number {
  const value = member(body, name);
  return value === undefined || value === null ? fallback : checked(name, value, rule);
}

export function queryChoice<C extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly C[],
): C | undefined {
  const text = queryText(query, name);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw new BadInput(name, `one of ${choices.join(', ')}`, text);
  return choice;
}

export function queryFlag(query: URLSearchParams, name: string): boolean | undefined {
  const choice = queryChoice(query, name, ['true', 'false']);
  return choice === undefined ? undefined : choice === 'true';
}

/** An own member of a JSON object. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function checked(name: string, value: unknown, { min, max, lowerTo }: NumberRule): number {
  const limit = max ?? Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > limit) {
    const range =
      max === undefined ? `of at least ${String(min)}` : `from ${String(min)} to ${String(max)}`;
    throw new BadInput(name, `a whole number ${range}`, value);
  }
  return lowerTo === undefined ? value : Math.min(value, lowerTo);
}
