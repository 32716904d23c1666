import type { CsvOptions } from '../export/csv-rows';

import type { WalkFlags } from './walk-flags';

/** Options of `export`, by the names commander gives them. */
export interface ExportFlags extends Omit<WalkFlags, 'resume'> {
  /** A file, or `-` for standard output. */
  readonly out?: string | undefined;
  readonly format?: 'ndjson' | 'json' | 'csv' | undefined;
  readonly gzip?: boolean | undefined;
  /** With commas between. */
  readonly columns?: string | undefined;
  readonly extra?: CsvOptions['extra'];
  readonly delimiter?: ',' | ';' | 'tab' | '|' | undefined;
  /** `false` where `--no-neutralise` is given. */
  readonly neutralise: boolean;
  readonly table?: string | undefined;
  readonly schema?: string | undefined;
  /** With commas between. */
  readonly key?: string | undefined;
  readonly create?: boolean | undefined;
  readonly append?: boolean | undefined;
  readonly resume?: boolean | undefined;
  readonly overwrite?: boolean | undefined;
  readonly checkpointEvery?: number | undefined;
  /** `false` where `--no-checkpoint` is given. */
  readonly checkpoint: boolean;
}
