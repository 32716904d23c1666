import type { ErrorCode } from '../core/pagination-error';

import type { ExportDescription } from './export-description';

/**
 * `running`: parts are waiting or under way; `finishing`: all parts are done, and what stands beside them is written;
 * `done`; `failed`: no part waits or is under way, and some are set aside; `cancelled`, also where only some of its parts were begun
 * again and those are done.
 */
export type ExportState = 'running' | 'finishing' | 'done' | 'failed' | 'cancelled';

/** `waiting` in the queue, `running` under a lease, `done`, set aside as `failed`, or `cancelled`. */
export type PartState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** Why a part stopped; without credentials. */
export interface PartError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly status?: number | undefined;
  readonly request?: { readonly method: string; readonly url: string } | undefined;
  readonly requestId?: string | undefined;
}

/** How far a part is. */
export interface PartStatus {
  readonly index: number;
  readonly name: string;
  readonly transport: string;
  readonly state: PartState;
  /** Rows committed. */
  readonly rows: number;
  /** Rows it will have, where the plan tells. */
  readonly plannedRows?: number | undefined;
  /** Pages committed. */
  readonly pages: number;
  /** Bytes committed, of files. */
  readonly bytes?: number | undefined;
  /** How often it was begun since it last got a page further. */
  readonly tries: number;
  /** The number of its last lease; 0 where it never had one. */
  readonly lease: number;
  /** Who works on it, or did last. */
  readonly worker?: string | undefined;
  /** The last one, also of a part that was begun again since. */
  readonly error?: PartError | undefined;
  /** Goes on with the list after the last committed row. */
  readonly resumeToken?: string | undefined;
  /** When it was begun for the first time. */
  readonly startedAt?: Date | undefined;
  /** When its last page was committed, or its state changed. */
  readonly changedAt: Date;
  readonly finishedAt?: Date | undefined;
}

/** How far an export is. */
export interface ExportStatus {
  readonly id: string;
  readonly state: ExportState;
  /** Parts by their state. */
  readonly parts: Readonly<Record<PartState, number>>;
  /** Rows committed, of all parts. */
  readonly rows: number;
  readonly pages: number;
  readonly bytes?: number | undefined;
  /** Rows of the lists when they were planned, where they tell. */
  readonly totalCount?: number | undefined;
  readonly description: ExportDescription;
  /** Why a list has fewer parts than asked for. */
  readonly notes: readonly string[];
  readonly createdAt: Date;
  readonly finishedAt?: Date | undefined;
}
