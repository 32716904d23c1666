/** What a part is asked to do. */
interface PartTask {
  readonly runs: number;
  readonly seed: number;
  /** Leads to one input of a random search, with the seed. */
  readonly path?: string | undefined;
  /** To be told how many runs are done. */
  readonly tell: (done: number) => void;
}

/** What it came to. */
export interface PartResult {
  readonly done: number;
  /** How often each outcome was seen, or a measured figure. */
  readonly counts: Readonly<Record<string, number | string>>;
  /** What is missing, where it could not be played; then nothing was put to the test. */
  readonly skipped?: string | undefined;
  readonly failure?: { readonly report: string; readonly path?: string | undefined } | undefined;
}

/** One promise, and how often it is put to the test. */
export interface SoakPart {
  readonly name: string;
  readonly title: string;
  /** What is counted. */
  readonly unit: string;
  readonly runs: number;
  readonly play: (task: PartTask) => Promise<PartResult>;
}

/** Counts outcomes by their names. */
export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #tell: (done: number) => void;
  #done = 0;

  constructor(tell: (done: number) => void) {
    this.#tell = tell;
  }

  readonly note = (outcomes: readonly string[]): void => {
    for (const outcome of outcomes) this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
    this.#tell(++this.#done);
  };

  /** The most frequent first. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([, one], [, two]) => two - one));
  }
}
