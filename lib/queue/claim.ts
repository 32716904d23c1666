import type { Json } from '../core/json';

import type { PlannedPart } from './export-plan';

/** How far a part is durable. */
export interface PartCheckpoint {
  readonly rows: number;
  readonly pages: number;
  /** Of files. */
  readonly bytes?: number | undefined;
  /** Absent before the first page. */
  readonly resumeToken?: string | undefined;
  /** What the sink must know to go on. */
  readonly own?: Json | undefined;
}

/** A part under a lease. */
export interface Claim {
  readonly export: string;
  readonly part: number;
  /** The fence: who has another number commits nothing. */
  readonly lease: number;
  /** Tells an export from a later one of the same name. */
  readonly run: string;
  readonly job: string;
  readonly queue: string;
  /** How often it was begun without getting a page further, this time included. */
  readonly tries: number;
  readonly maxTries: number;
  /** How many of its workers died since it last got a page further. */
  readonly deaths: number;
  readonly plan: PlannedPart;
  readonly checkpoint: PartCheckpoint;
}
