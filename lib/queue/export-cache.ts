import type { Transport } from '../core/transport';
import { outputIn } from '../export/output-in';

import type { Claim } from './claim';
import type { ExportDescription } from './export-description';
import { fileOutput } from './file-output';
import { takeFolder } from './folder-run';
import type { Limiter } from './limiter';
import type { PartOutput } from './part-output';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';
import { tableOutput } from './table-output';
import type { WorkerOptions } from './worker-options';

/** Milliseconds for a reply, as of walks. */
const TIMEOUT = 30_000;

/** What a worker makes once for all parts of an export that it does. */
export interface KnownExport {
  /** As its walks go: under a limit they wait for their turn without the clock of an attempt running. */
  readonly description: ExportDescription;
  readonly transport: (name: string) => Transport;
  readonly open: (claim: Claim) => Promise<PartOutput>;
}

/** The exports that a worker has come across. */
export class ExportCache {
  readonly #sql: Sql;
  readonly #options: Pick<WorkerOptions, 'transports' | 'sinks'>;
  readonly #limiter: Limiter;
  readonly #known = new Map<string, Promise<KnownExport>>();

  constructor(sql: Sql, options: Pick<WorkerOptions, 'transports' | 'sinks'>, limiter: Limiter) {
    this.#sql = sql;
    this.#options = options;
    this.#limiter = limiter;
  }

  of({ run }: Pick<Claim, 'run'>): Promise<KnownExport> {
    const known = this.#known.get(run) ?? this.#load(run);
    this.#known.set(run, known);
    // What failed may not fail again.
    known.catch(() => this.#known.delete(run));
    return known;
  }

  /** Where the files of an export stand, if this worker has the folder. */
  folder(id: string, { sink }: ExportDescription): string | undefined {
    const { sinks = {} } = this.#options;
    if (sink.kind !== 'files' || !Object.hasOwn(sinks, sink.folder)) return undefined;
    const folder = sinks[sink.folder]?.folder;
    return folder === undefined ? undefined : outputIn(folder, id);
  }

  async #load(run: string): Promise<KnownExport> {
    const { rows } = await this.#sql.query(
      `select id, description from ${SCHEMA}.exports where run = $1`,
      [run],
    );
    if (rows[0] === undefined) throw new Error('the export was removed');
    const id = String(rows[0]['id']);
    // Written by this package, from a checked description.
    const description = rows[0]['description'] as ExportDescription;
    const { limit, walk = {}, sink } = description;
    const transports = new Map<string, Transport>();
    return {
      description:
        limit === undefined
          ? description
          : { ...description, walk: { ...walk, timeout: Infinity } },
      // One for all parts, for the retry budget belongs to it.
      transport: (name) => {
        const own = this.#options.transports[name];
        if (own === undefined) throw new Error(`there is no transport ${name}`);
        if (limit === undefined) return own;
        const limited = transports.get(name) ?? this.#limiter(own, limit, walk.timeout ?? TIMEOUT);
        transports.set(name, limited);
        return limited;
      },
      open: async (claim) => {
        const { part, lease, checkpoint } = claim;
        const { bytes, own } = checkpoint;
        if (sink.kind === 'table') return tableOutput(sink, part);
        const folder = this.folder(id, description);
        if (folder === undefined) throw new Error(`there is no folder ${sink.folder}`);
        await takeFolder(folder, claim);
        return fileOutput(sink, folder, { part, lease, bytes, own });
      },
    };
  }
}
