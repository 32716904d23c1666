import type { ExportDescription } from './export-description';
import type { PlannedPart } from './export-plan';
import type { ExportState, ExportStatus, PartError, PartState, PartStatus } from './export-status';

type Row = Readonly<Record<string, unknown>>;

/** An export as it stands in its table, with the sums of its parts. */
export function exportStatusOf(row: Row): ExportStatus {
  const count = (state: PartState) => Number(row[state]);
  const { total_count: total, bytes, finished_at: finishedAt } = row;
  return {
    id: String(row['id']),
    state: row['state'] as ExportState,
    parts: {
      waiting: count('waiting'),
      running: count('running'),
      done: count('done'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    rows: Number(row['rows']),
    pages: Number(row['pages']),
    ...(bytes !== null && { bytes: Number(bytes) }),
    ...(total !== null && { totalCount: Number(total) }),
    description: row['description'] as ExportDescription,
    notes: row['notes'] as readonly string[],
    createdAt: row['created_at'] as Date,
    ...(finishedAt !== null && { finishedAt: finishedAt as Date }),
  };
}

export function partStatusOf(row: Row): PartStatus {
  const { name, transport, range } = row['plan'] as PlannedPart;
  const { bytes, worker, error, resume_token: resumeToken, started_at, finished_at } = row;
  return {
    index: Number(row['index']),
    name,
    transport,
    state: row['state'] as PartState,
    rows: Number(row['rows']),
    ...(range?.rows !== undefined && { plannedRows: range.rows }),
    pages: Number(row['pages']),
    ...(bytes !== null && { bytes: Number(bytes) }),
    tries: Number(row['tries']),
    lease: Number(row['lease']),
    ...(typeof worker === 'string' && { worker }),
    ...(error !== null && { error: error as PartError }),
    ...(typeof resumeToken === 'string' && { resumeToken }),
    ...(started_at !== null && { startedAt: started_at as Date }),
    changedAt: row['changed_at'] as Date,
    ...(finished_at !== null && { finishedAt: finished_at as Date }),
  };
}
