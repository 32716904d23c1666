import type { PagedResponse } from '../core/paged-response';
import type { EndEvent } from '../core/walk-event';

import type { ExportProgress, ExportSummary } from './export-event';
import type { Checkpoint } from './sink';

/** Where a run stands. */
export interface RunState {
  /** Where it began. */
  readonly start: Checkpoint;
  readonly committed: Checkpoint;
  /** Bytes of the output. */
  readonly bytes: number | undefined;
  readonly elapsedMs: number;
}

export function progressOf(
  written: Pick<Checkpoint, 'rows' | 'pages'>,
  page: PagedResponse,
  { start, committed, bytes, elapsedMs }: RunState,
): ExportProgress {
  const { totalCount, fraction } = page.progress;
  return {
    type: 'progress',
    rows: written.rows,
    pages: written.pages,
    committedRows: committed.rows,
    newRows: written.rows - start.rows,
    bytes,
    totalCount,
    fraction,
    elapsedMs,
  };
}

export function summaryOf(
  output: string,
  end: EndEvent | undefined,
  { start, committed, bytes, elapsedMs }: RunState,
): ExportSummary {
  return {
    type: 'summary',
    output,
    rows: committed.rows,
    pages: committed.pages,
    newRows: committed.rows - start.rows,
    bytes,
    resumed: start.pages > 0 || start.endReason !== undefined,
    endReason: committed.endReason ?? 'exhausted',
    requests: end?.attempts ?? 0,
    duplicates: end?.duplicates ?? 0,
    elapsedMs,
    resumeToken: committed.resumeToken,
  };
}
