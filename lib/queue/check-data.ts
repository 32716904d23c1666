import { describe } from '../core/check-options';

/** Deeper than descriptions are. */
const DEEPEST = 64;

/**
 * What is stored must come back as it was: plain JSON. Members that are `undefined` count as left out.
 * @throws TypeError naming the place, what was expected and what came
 */
export function checkData(where: string, value: unknown, depth = 0): void {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  const isPlain = typeof value === 'object' && (Array.isArray(value) || isPlainObject(value));
  if (!isPlain || depth > DEEPEST) {
    throw new TypeError(
      `${where}: expected data, plain JSON, got ${depth > DEEPEST ? 'it nested too deep' : describe(value)}`,
    );
  }
  for (const [name, member] of Object.entries(value)) {
    const isLeftOut = member === undefined && !Array.isArray(value);
    if (!isLeftOut) checkData(`${where}/${name}`, member, depth + 1);
  }
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
