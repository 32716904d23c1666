import { writeSync } from 'node:fs';

import { fetchTransport } from 'paged-observable/fetch';
import { startWorker } from 'paged-observable/queue';

/*
 * A worker as a process of its own. It writes a line of JSON for every event but those of walks, and stops on SIGTERM.
 */
export interface QueueJob {
  readonly database: string;
  readonly name: string;
  /** Where its transport `api` leads. */
  readonly url: string;
  readonly folder?: string | undefined;
  readonly concurrency: number;
  readonly lease: number;
  readonly interval: number;
  readonly retryDelay?: number | undefined;
  readonly untilDone: boolean;
}

const { url, folder, ...job } = JSON.parse(process.argv[2] ?? '') as QueueJob;

async function main(): Promise<void> {
  const worker = await startWorker({
    ...job,
    transports: { api: fetchTransport({ baseUrl: url }) },
    sinks: folder === undefined ? {} : { drive: { folder } },
    events: {
      next: (event) => {
        if (event.type !== 'part-walk') writeSync(1, `${JSON.stringify(event)}\n`);
      },
    },
  });
  process.once('SIGTERM', () => void worker.stop());
  writeSync(1, '{"type":"ready"}\n');
  await worker.done;
}

main().catch((error: unknown) => {
  writeSync(2, `${String(error)} ${error instanceof Error ? String(error.stack) : ''}\n`);
  process.exitCode = 1;
});
