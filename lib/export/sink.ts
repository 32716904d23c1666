import type { PaginationError } from '../core/pagination-error';
import type { EndReason } from '../core/walk-event';

/** How far an export is durable; JSON, stored by the sink along with what it needs itself. */
export interface Checkpoint {
  /** Goes on with the walk after the last row. */
  readonly resumeToken: string;
  /** Rows in the output. */
  readonly rows: number;
  /** Pages in the output. */
  readonly pages: number;
  /** What the rows are made by, compared when the export is resumed. */
  readonly settings: Readonly<Record<string, string>>;
  /** Why the list ended; absent while it has not. */
  readonly endReason?: EndReason | undefined;
}

/** How an output is begun. */
export interface SinkStart {
  /**
   * Anew, where nothing is in the way (or only an export that was begun and has no row) or in place of whatever is there; or after the
   * checkpoint that was found.
   */
  readonly mode: 'new' | 'overwrite' | 'resume';
  /** Where the export stands: at its beginning, or as it was found. */
  readonly checkpoint: Checkpoint;
  /** Whether checkpoints will be committed; without them nothing can be resumed, and nothing of the kind is stored. */
  readonly checkpoints: boolean;
}

/** An output under its lock. Its methods are called one after another, all but `leave`, and none but `close` after one that failed. */
export interface SinkSession<Row = unknown> {
  /** The checkpoint that an earlier run left. */
  readonly stored?: Checkpoint | undefined;
  /** What is wrong with the checkpoint that is there; it errors the export unless it is overwritten. */
  readonly damage?: PaginationError | undefined;
  /** Where something stands in the way of a new export: what it is, in words that follow "there is". */
  readonly occupied?: string | undefined;
  /** Bytes of the output so far, where that is known. */
  readonly bytes?: number | undefined;
  /** Readies the output: empties it, or cuts it to where the checkpoint says. Nothing is changed where they disagree. */
  begin(start: SinkStart): Promise<void>;
  /** Takes rows, in order; resolves when it can take more. They need not be durable. */
  // A property, for of those alone the compiler sees that a sink of some rows takes no others.
  readonly write: (rows: readonly Row[]) => Promise<void>;
  /** Makes the rows written so far durable, and only then, or at once with them, the checkpoint. */
  commit(checkpoint: Checkpoint): Promise<void>;
  /** The same for the last time: the output is whole. */
  finish(checkpoint: Checkpoint): Promise<void>;
  /** The export is left while a method is under way: it need not end well, and should end soon. `close` follows. */
  leave?(): void;
  /** Lets go of the output and its lock. Rows that were not committed may be lost. */
  close(): Promise<void>;
}

/**
 * Where rows go. A value without state: each export opens a session of its own.
 *
 * What `open` and the methods of its session reject with errors the export, as it is where it is a `PaginationError`
 * (`LOCKED`, `CHECKPOINT_CORRUPT`, `CHECKPOINT_MISMATCH` ...), else with the code `SINK`. `sinkConformance` holds the tests
 * that every sink must pass.
 */
export interface Sink<Row = unknown> {
  /** Names the output in messages. */
  readonly name: string;
  /** What shapes the output, such as its format; an export is resumed with the same only. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether an export into it can be resumed. */
  readonly resumable: boolean;
  /** Takes the lock and finds out what is there; changes nothing else. */
  open(): Promise<SinkSession<Row>>;
}
