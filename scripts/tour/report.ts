import { isDeepStrictEqual, styleText } from 'node:util';

const NAME_WIDTH = 30;

/** Prints what was proved, and remembers what was not. */
export class Report {
  readonly failures: string[] = [];
  readonly #colours = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  #proofs = 0;

  title(text: string): void {
    console.log(`\n${this.#paint('bold', text)}`);
  }

  say(text: string): void {
    console.log(`    ${text}`);
  }

  /** One line: `ok` if what was seen is what was expected. */
  check<T>(name: string, seen: T, expected: T, tell: (counts: T) => string): void {
    this.#proofs++;
    const line = `${name.padEnd(NAME_WIDTH)}${tell(seen)}`;
    if (isDeepStrictEqual(seen, expected)) {
      console.log(`${this.#paint('green', 'ok')}    ${line}`);
      return;
    }
    this.failures.push(name);
    console.log(`${this.#paint('red', 'FAIL')}  ${line}`);
    console.log(`      ${'expected'.padEnd(NAME_WIDTH)}${tell(expected)}`);
  }

  summary(seconds: number): string {
    const took = `${seconds.toFixed(1)} s`;
    if (this.failures.length === 0) {
      return `\n${this.#paint('green', `All ${String(this.#proofs)} as promised`)}, in ${took}`;
    }
    const which = this.failures.join('; ');
    return `\n${this.#paint('red', `Not as promised: ${which}`)} (${String(this.failures.length)} of ${String(this.#proofs)}, in ${took})`;
  }

  #paint(style: 'bold' | 'green' | 'red', text: string): string {
    return this.#colours ? styleText(style, text) : text;
  }
}

/** `3 pages`, `1 page`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
