import type { DialectFile } from '../dialect-file';

/** Makes of a dialect another one that an API could as well have; what must come of it changes with it. */
export interface Transformation {
  readonly name: string;
  /** What it does, in a sentence for the table. */
  readonly does: string;
  /**
   * Pure: the same file and seed give the same result; another seed makes other choices where there are some. Undefined
   * where it does not apply to the file.
   */
  readonly apply: (file: DialectFile, seed?: string) => DialectFile | undefined;
}
