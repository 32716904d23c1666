// Run by walk-in-process.ts in a process of its own, which must be free to exit once all is over:
// node -r ./scripts/register.js crowd-process.ts <'axios' | 'fetch'> <origin> <walks> <timeout in ms>
import { cursorPagination, isPaginationError, paginate } from 'paged-observable';

import { crowdClient } from './crowd-client';
import { crowdItems } from './crowd-list';
import { abortListeners, activeResources, leftOver, type Resources } from './left-over';
import { report, tellDone } from './report';

/** What many walks at once came to. */
export interface CrowdReport {
  readonly exact: number;
  readonly retries: number;
  /** The first few that were not exact. */
  readonly wrong: readonly string[];
  readonly busy: number;
  readonly listeners: number;
  readonly left: Resources;
  readonly warnings: readonly string[];
}

const [name = '', origin = ''] = process.argv.slice(2);
const [walks = 0, timeout = 0] = process.argv.slice(4).map(Number);

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(String(warning)));
process.on('unhandledRejection', (reason) => warnings.push(`unhandled: ${String(reason)}`));

let retries = 0;
let over = 0;

/** Nothing, or what is wrong with how a walk went. */
function walk(index: number, client: ReturnType<typeof crowdClient>, signal: AbortSignal) {
  const list = paginate<number>(
    client.transport,
    { url: '/items', params: { walk: index } },
    {
      pagination: cursorPagination({ items: '/items' }),
      timeout,
      signal,
      events: { next: ({ type }) => (retries += type === 'retry' ? 1 : 0) },
    },
  );
  const items: number[] = [];
  return new Promise<string | undefined>((resolve) => {
    const judge = (end: string) => {
      tellDone(++over);
      const isExact = end === 'complete' && String(items) === String(crowdItems(index));
      resolve(isExact ? undefined : `walk ${String(index)}: ${String(items.length)} items, ${end}`);
    };
    list.subscribe({
      next: (item) => items.push(item),
      error: (error: unknown) => {
        judge(isPaginationError(error) ? `${error.code} ${error.message}` : String(error));
      },
      complete: () => {
        judge('complete');
      },
    });
  });
}

async function main(): Promise<void> {
  const before = await activeResources();
  const client = crowdClient(name, origin);
  const { signal } = new AbortController();
  const found = await Promise.all(
    Array.from({ length: walks }, (_, index) => walk(index, client, signal)),
  );
  const wrong = found.filter((fault) => fault !== undefined);
  const busy = client.busy();
  const listeners = abortListeners([signal, ...client.signals]);
  client.close();
  const left = await leftOver(before);
  const facts = { exact: walks - wrong.length, retries, wrong: wrong.slice(0, 5) };
  const seen: CrowdReport = { ...facts, busy, listeners, left, warnings };
  report(seen);
}

void main();
