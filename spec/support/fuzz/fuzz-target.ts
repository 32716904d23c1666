import fc from 'fast-check';

import { takePollution } from '../polluted';
import { propertyResult, type PropertyResult } from '../property-result';

/** How many inputs, and from which seed; the path leads to one input of that seed. */
interface FuzzRun {
  readonly numRuns: number;
  readonly seed?: number | undefined;
  readonly path?: string | undefined;
  /** Told what each input came to, once it broke nothing. */
  readonly note: (outcomes: readonly string[]) => void;
}

/** Something that reads what servers and callers send, and inputs made to break it. */
export interface FuzzTarget {
  readonly name: string;
  /** What the inputs are. */
  readonly title: string;
  /** Outcomes to be seen among any two thousand inputs; where one is not, the inputs are worth little. */
  readonly shows: readonly string[];
  /** Tries inputs until one breaks it, and then smaller ones. */
  readonly run: (run: FuzzRun) => PropertyResult;
}

interface Definition<I> {
  readonly name: string;
  readonly title: string;
  readonly shows: readonly string[];
  readonly inputs: fc.Arbitrary<I>;
  /**
   * Gives in a word what the input came to, with each way to read it.
   * @throws Error that says what is wrong
   */
  readonly check: (input: I) => string | readonly string[];
}

/** A target whose inputs must not change any prototype, whatever else they do. */
export function fuzzTarget<I>({ inputs, check, ...about }: Definition<I>): FuzzTarget {
  return {
    ...about,
    run: ({ numRuns, seed, path, note }) => {
      const property = fc.property(inputs, (input) => {
        const outcome = check(input);
        const polluted = takePollution();
        if (polluted.length > 0) throw new Error(`Prototypes gained ${polluted.join(', ')}`);
        note([outcome].flat());
      });
      const from = { ...(seed !== undefined && { seed }), ...(path !== undefined && { path }) };
      return propertyResult(fc.check(property, { numRuns, ...from }));
    },
  };
}
