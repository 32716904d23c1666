import type { ExportJob } from './export-process';
import { seeded } from './fault-server';
import { runExport } from './kill-export';
import type { RowsServer } from './rows-server';

/** What a job went through. */
export interface KillCount {
  /** Kills that hit in the middle of the work: a durable step was seen before, and the export was not over. */
  readonly counted: number;
  /** Kills that did not. */
  readonly empty: number;
  /** Requests beyond one for each page. */
  readonly refetched: number;
}

/** A line of a run says that something is durable. */
const DURABLE = /^(?:folder synced|committed)$/;

/** Kills one job again and again at random moments, and lets it end after so many kills that count. */
export async function killJob(
  file: string,
  job: ExportJob,
  server: RowsServer,
  kills: number,
  seed: number,
  tell: (counted: number) => void = () => undefined,
): Promise<KillCount> {
  const random = seeded(seed);
  server.asked.clear();
  let counted = 0;
  let empty = 0;
  for (;;) {
    const isLast = counted === kills;
    // At the beginning the checkpoint of nothing is durable; the one after it holds rows.
    const after = 2 + Math.floor(random() * 2);
    const delay = Math.floor(random() * 6);
    const { steps, signal, exitCode, stderr } = await runExport(file, job, (seen) => {
      const durable = seen.filter((step) => DURABLE.test(step)).length;
      return !isLast && durable === after ? delay : undefined;
    });
    if (signal === 'SIGKILL' && !steps.includes('summary')) tell(++counted);
    else if (signal === 'SIGKILL') empty++;
    else if (exitCode !== 0) throw new Error(`${steps.at(-1) ?? ''} ${stderr}`);
    else break;
  }
  const asked = [...server.asked.values()];
  return { counted, empty, refetched: asked.reduce((sum, times) => sum + times - 1, 0) };
}
