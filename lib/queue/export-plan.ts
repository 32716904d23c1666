import type { PageRequest } from '../core/page-request';

import type { ExportDescription, PagingDescription } from './export-description';

/** A part of a list that is a range of it: it ends exactly there. */
export interface PartRange {
  /** Rows that the list had when it was planned. */
  readonly totalCount?: number | undefined;
  /** Pages of the range, of lists by page number. */
  readonly pages?: number | undefined;
  /** Rows of the range, where they can be told. */
  readonly rows?: number | undefined;
}

/** A part of an export, which one worker does at a time. */
export interface PlannedPart {
  /** Place in the order of the plan, from 0. */
  readonly index: number;
  /** For people. */
  readonly name: string;
  readonly transport: string;
  /** What it begins with. */
  readonly request: PageRequest;
  readonly pagination?: PagingDescription | undefined;
  /** Absent where the part is a whole list. */
  readonly range?: PartRange | undefined;
}

/** An export and the parts it is made of; JSON, the same for the same description and options. */
export interface ExportPlan {
  readonly version: 1;
  readonly description: ExportDescription;
  readonly parts: readonly PlannedPart[];
  /** Rows of all parts, where the lists tell. */
  readonly totalCount?: number | undefined;
  /** Why a list has fewer parts than asked for. */
  readonly notes: readonly string[];
}
