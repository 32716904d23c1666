import type { PlaceFlags } from './job-places';

/** Options of `jobs start`. */
export interface JobsStartFlags extends PlaceFlags {
  readonly id?: string | undefined;
  readonly partitions?: number | undefined;
  readonly pagination?: string | undefined;
  readonly dialect?: string | undefined;
  readonly items?: string | undefined;
  readonly xPagination?: string | undefined;
  readonly filters?: string | undefined;
  readonly select?: string | undefined;
  readonly table?: string | undefined;
  readonly schema?: string | undefined;
  readonly key?: string | undefined;
  readonly columns?: string | undefined;
  readonly create?: boolean | undefined;
  readonly append?: boolean | undefined;
  readonly to?: string | undefined;
  readonly format?: 'ndjson' | 'csv' | undefined;
  readonly gzip?: boolean | undefined;
  readonly rate?: number | undefined;
  readonly burst?: number | undefined;
  readonly inFlight?: number | undefined;
  readonly limitName?: string | undefined;
  readonly maxTries?: number | undefined;
  readonly json?: boolean | undefined;
}

/** Options of `jobs work`. */
export interface JobsWorkFlags extends PlaceFlags {
  readonly concurrency?: number | undefined;
  readonly lease?: number | undefined;
  readonly untilDone?: boolean | undefined;
  readonly name?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** Options of `jobs status`. */
export interface JobsStatusFlags {
  readonly wait?: boolean | undefined;
  readonly once?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Options of `jobs retry`. */
export interface JobsRetryFlags {
  readonly part?: readonly number[] | undefined;
}

/** Options of `jobs merge`. */
export interface JobsMergeFlags extends Pick<PlaceFlags, 'config' | 'folder'> {
  readonly output: string;
  readonly partial?: boolean | undefined;
  readonly overwrite?: boolean | undefined;
  readonly json?: boolean | undefined;
}
