/** A measure over the rounds: the median, and the quartiles as its spread. */
export interface Figure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** One row of a table: a contestant and what came of it, `null` where it was not put to that. */
interface Row {
  readonly name: string;
  readonly cells: readonly (Figure | null)[];
}

export interface Table {
  readonly id: string;
  readonly title: string;
  /** What was done and what the figures are. */
  readonly text: string;
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
  readonly rows: readonly Row[];
}

/** What was to be reached, and what was. */
export interface Goal {
  readonly measure: string;
  /** In words, with the bound. */
  readonly goal: string;
  readonly unit: string;
  readonly reached: Figure;
  readonly isMet: boolean;
}

/** What one part of the bench found. */
export interface Findings {
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
}

/** All that a run of the bench found, as it is kept. */
export interface Results extends Findings {
  readonly date: string;
  readonly node: string;
  readonly rounds: number;
  /** Packages and versions. */
  readonly versions: readonly string[];
}

export interface Scale {
  readonly rounds: number;
  /** Only whether everything runs and every item comes. */
  readonly quick: boolean;
}
