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
  PartWalk,
  WorkerEvent,
  WorkerStopped,
} from './worker-event';
export type { FolderSink, Worker, WorkerOptions } from './worker-options';
