import { request } from 'node:http';
import { firstValueFrom, from, mergeMap, range } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { LimitDescription } from '../../lib/queue/export-description';
import { sharedLimiter } from '../../lib/queue/limits/shared-limiter';
import { Pool } from '../../lib/queue/open-pool';

/* A machine that sends as many requests as it may, for a test that watches the limit of several. */
export interface LimitJob {
  readonly url: string;
  readonly database: string;
  readonly limit: LimitDescription;
  readonly requests: number;
  /** Requests that want to be sent at once. */
  readonly eager: number;
}

const job = JSON.parse(process.argv[2] ?? '') as LimitJob;

function ask(url: string): Promise<PageReply> {
  return new Promise((resolve, reject) => {
    request(url, (response) => {
      response.resume().once('end', () => {
        resolve({ status: 200, headers: {}, body: [], url });
      });
    })
      .once('error', reject)
      .end();
  });
}

async function main(): Promise<void> {
  const pool = new Pool({ url: () => job.database, size: 2, idleTransaction: 10_000 });
  const transport = sharedLimiter(pool)(({ url }) => ask(url), job.limit, 10_000);
  const { signal } = new AbortController();
  await range(job.requests)
    .pipe(mergeMap(() => firstValueFrom(from(transport({ url: job.url }, signal))), job.eager))
    .forEach(() => undefined);
  await pool.end();
}

void main();
