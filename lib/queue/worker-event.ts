import type { ErrorCode } from '../core/pagination-error';
import type { WalkEvent } from '../core/walk-event';

import type { PartError } from './export-status';
import type { UnservedParts } from './unserved-parts';

/** Of which part an event tells. */
interface OfPart {
  readonly export: string;
  /** Its place in the plan, from 0. */
  readonly part: number;
  /** The number of the lease that the worker has, or had. */
  readonly lease: number;
}

/** A part was begun, or gone on with after its checkpoint. */
export interface PartStarted extends OfPart {
  readonly type: 'part-started';
  readonly rows: number;
  readonly pages: number;
}

/** Rows and checkpoint of a page are committed. */
export interface PartPage extends OfPart {
  readonly type: 'part-page';
  /** Of the part so far. */
  readonly rows: number;
  readonly pages: number;
}

/** What its walk tells: requests, retries, waits. */
export interface PartWalk extends OfPart {
  readonly type: 'part-walk';
  readonly event: WalkEvent;
}

/** All rows of a part are committed. */
export interface PartDone extends OfPart {
  readonly type: 'part-done';
  readonly rows: number;
  readonly pages: number;
}

/** A part stopped with an error; it will be begun again, or is set aside. */
export interface PartFailed extends OfPart {
  readonly type: 'part-failed';
  readonly error: PartError;
  readonly tries: number;
  readonly setAside: boolean;
  /** Milliseconds until it is begun again. */
  readonly waitMs?: number | undefined;
}

/** A part was given up in mid-work: its lease is lost, its export was cancelled, or the worker stops. */
export interface PartLeft extends OfPart {
  readonly type: 'part-left';
  readonly reason: 'lease lost' | 'cancelled' | 'worker stops';
  readonly code: ErrorCode;
}

/** A list is not what it was when it was planned. */
export interface PartDrift extends OfPart {
  readonly type: 'part-drift';
  readonly message: string;
}

/** Parts whose worker was not heard of within its lease are in the queue again. */
export interface PartsFreed {
  readonly type: 'parts-freed';
  readonly parts: readonly { readonly export: string; readonly part: number }[];
}

/** No part of an export is left: all are done, or some are set aside, or else some stay cancelled. */
export interface ExportEnded {
  readonly type: 'export-ended';
  readonly export: string;
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly rows: number;
}

/**
 * A worker that has nothing to do sees parts that it cannot take and nobody is at: it has not the transport or the folder that they name. Told
 * when it sees other ones than before, with an empty list when there are none any more.
 */
export interface PartsUnserved {
  readonly type: 'parts-unserved';
  readonly waiting: readonly UnservedParts[];
}

/** The database cannot be reached, or can again. */
export interface DatabaseEvent {
  readonly type: 'database';
  readonly state: 'lost' | 'back';
  readonly message?: string | undefined;
}

/** The last event of a worker: it holds no part any more. */
export interface WorkerStopped {
  readonly type: 'worker-stopped';
}

/** What a worker tells; for logs, metrics and traces. */
export type WorkerEvent =
  | PartStarted
  | PartPage
  | PartWalk
  | PartDone
  | PartFailed
  | PartLeft
  | PartDrift
  | PartsFreed
  | ExportEnded
  | PartsUnserved
  | DatabaseEvent
  | WorkerStopped;
