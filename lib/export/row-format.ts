import type { Json } from '../core/json';

/** Turns the rows of one output into text, one after another. */
export interface RowWriter {
  /** Text before the rows of a page, such as a header before the first row of all. */
  before(rows: readonly unknown[]): string;
  row(row: unknown): string;
  /** Text behind the last row. */
  end(): string;
  /** What it must know to go on; stored in checkpoints. */
  state(): Json;
}

/** How rows are written down. */
export interface RowFormat {
  /** What shapes the text; compared when an export is resumed. */
  readonly settings: Readonly<Record<string, string>>;
  /** Begins anew, or goes on from a state. */
  writer(state?: Json): RowWriter;
}
