/** What came of one way to run the block. */
export interface Outcome {
  readonly way: string;
  /** What it printed; none where this machine cannot try it. */
  readonly lines: readonly string[] | undefined;
}
