import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { contestants, type Contestant } from './contestants';
import { httpList, memoryList, serveList, type Shape } from './pages';

/** What a process is to do; `url` where the list is served by another. */
export interface ProcessTask {
  readonly name: string;
  readonly pages: number;
  readonly shape: Shape;
  readonly url?: string | undefined;
}

/** Serves the list of a task, or exports it once for each message and answers with the CPU time in milliseconds. */
export async function contestantProcess({ name, pages, shape, url }: ProcessTask): Promise<void> {
  if (name === 'server') {
    process.send?.(await serveList(pages, shape));
    return;
  }
  const list = url === undefined ? memoryList(pages, shape) : httpList(url);
  const contestant = new Map<string, Contestant>(Object.entries(contestants)).get(name);
  if (contestant === undefined) throw new Error(`There is no contestant ${name}`);
  const folder = mkdtempSync(join(tmpdir(), 'export-cost-'));
  process.on('message', () => {
    mkdirSync(folder, { recursive: true });
    const before = process.cpuUsage();
    void contestant(list, join(folder, 'rows')).then(() => {
      const { user, system } = process.cpuUsage(before);
      rmSync(folder, { recursive: true });
      process.send?.((user + system) / 1000);
    });
  });
  process.send?.('ready');
}
