import type { EndReason } from '../core/walk-event';

/** A page is written. */
export interface ExportProgress {
  readonly type: 'progress';
  /** Rows written, those of resumed runs included. */
  readonly rows: number;
  /** Pages written, those of resumed runs included. */
  readonly pages: number;
  /** Of these, the rows that a checkpoint holds: they are safe. */
  readonly committedRows: number;
  /** Rows written by this run. */
  readonly newRows: number;
  /** Bytes of the output, where the sink knows them. */
  readonly bytes?: number | undefined;
  /** Items of the whole list, where the server tells. */
  readonly totalCount?: number | undefined;
  /** Between 0 and 1; absent while the total is unknown. */
  readonly fraction?: number | undefined;
  /** Milliseconds since this run began. */
  readonly elapsedMs: number;
}

/** The output is whole. */
export interface ExportSummary {
  readonly type: 'summary';
  /** Names the output. */
  readonly output: string;
  /** Rows of the output, those of resumed runs included. */
  readonly rows: number;
  readonly pages: number;
  /** Rows written by this run; 0 where it found the export finished. */
  readonly newRows: number;
  readonly bytes?: number | undefined;
  /** The run went on from a checkpoint. */
  readonly resumed: boolean;
  /** Why the list ended. */
  readonly endReason: EndReason;
  /** Requests made by this run. */
  readonly requests: number;
  /** Items dropped as repeats in this run. */
  readonly duplicates: number;
  /** Milliseconds since this run began. */
  readonly elapsedMs: number;
  /** Goes on with what has been added to the list since. */
  readonly resumeToken: string;
}

/** What an export tells: progress after each page, and at the very end one summary. */
export type ExportEvent = ExportProgress | ExportSummary;
