/**
 * Lists into files, streams and tables, whole or to be gone on with. For Node only; `postgresTable` needs the peer `pg`.
 *
 * @module
 */
export { exportTo } from './export-to';

// Sinks
export { csvFile, jsonFile, ndjsonFile } from './files';
export { postgresTable } from './postgres-table';
export { stdout, writable } from './writable';

// For sinks of one's own
export { sinkConformance } from './sink-conformance';

// For names that come from data
export { outputIn } from './output-in';

export type { ExportOptions, SelectExportOptions } from './export-to';
export type { ExportEvent, ExportProgress, ExportSummary } from './export-event';
export type { FileOptions } from './file-sink';
export type { CsvOptions } from './csv-rows';
export type { ExtraFields } from './columns';
export type { PostgresClient } from './postgres-client';
export type { PostgresOptions } from './postgres-options';
export type { WritableOptions } from './writable';
export type { Checkpoint, Sink, SinkSession, SinkStart } from './sink';
export type { ConformanceRow, SinkCase, SinkHarness } from './sink-conformance';
