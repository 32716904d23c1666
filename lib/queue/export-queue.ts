import type { Transport } from '../core/transport';

import type { ExportDescription } from './export-description';
import type { ExportStatus, PartStatus } from './export-status';
import type { Manifest } from './manifest';

/** How an export is begun. */
export interface StartOptions {
  /** Names the export. The same name and description again begin nothing: what is there goes on, or is done. */
  readonly id: string;
  /** Parts that each list is split into, where it can be: lists by offset or page number that tell their total. @defaultValue 1 */
  readonly partitions?: number | undefined;
  /** By name; asked once for each list that is to be split, for its total. */
  readonly transports?: Readonly<Record<string, Transport>> | undefined;
}

/** The exports of one database. Its promises reject with what the database says where that cannot be reached. */
export interface ExportQueue {
  /**
   * Plans an export, stores its plan and puts its parts into the queue; where there is one of that name, gives how far it is.
   * Rejects with `CHECKPOINT_MISMATCH` where that one is another, with `SINK` where its table has rows of others.
   * @throws TypeError for what is no description, naming what is wrong with it
   */
  start(description: ExportDescription, options: StartOptions): Promise<ExportStatus>;
  /** How far an export is; nothing where there is none of that name. */
  status(id: string): Promise<ExportStatus | undefined>;
  /** All exports, the newest first. */
  list(): Promise<readonly ExportStatus[]>;
  /** In plan order; none where there is no such export. */
  parts(id: string): Promise<readonly PartStatus[]>;
  /**
   * What is committed so far of an export into files, in plan order; parts without a file yet are left out. Nothing where there
   * is no such export, or it goes into a table.
   */
  files(id: string): Promise<Manifest | undefined>;
  /** Stops an export: parts under way stop within a page. One that has ended stays as it is. */
  cancel(id: string): Promise<ExportStatus | undefined>;
  /**
   * Puts parts that were set aside or cancelled into the queue again, after their last committed row; how many. When those have
   * ended, so has the export: `failed` or `cancelled` where others still are. Rejects with a `TypeError` for what are no numbers of
   * parts of it.
   */
  retry(id: string, parts?: readonly number[]): Promise<number>;
  /**
   * Forgets an export that is not running; its rows and files stay. Another export of that name does not write over them: its
   * parts fail with `SINK` until the folder is moved or deleted.
   */
  remove(id: string): Promise<boolean>;
  /** Lets go of the database; what was started goes on in the workers. */
  close(): Promise<void>;
}
