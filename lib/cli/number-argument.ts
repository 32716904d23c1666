import { InvalidArgumentError } from 'commander';

/** Reads an argument that must be a whole number; what is wrong with it becomes a usage error. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN;
    if (number >= min && number <= max) return number;
    const upTo = max === Number.MAX_SAFE_INTEGER ? ' or more' : ` to ${String(max)}`;
    throw new InvalidArgumentError(`Expected a whole number, ${String(min)}${upTo}.`);
  };
}
