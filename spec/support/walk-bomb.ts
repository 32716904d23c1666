// Run by spec/transport/limits.spec.ts in a process of its own, whose memory nothing else fills:
// node -r ./scripts/register.js walk-bomb.ts <'fetch' | 'axios'> <url of a small list> <url of the large one>
import { paginate } from '../../lib/paginate';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { axiosTransport } from '../../lib/transport/axios';
import { fetchTransport } from '../../lib/transport/fetch';

/** What came of walking a body that is too large. */
export interface BombReport {
  readonly code: unknown;
  readonly attempts: unknown;
  /** Bytes of memory above those in use before. */
  readonly rise: number;
}

const [name, small = '', large = ''] = process.argv.slice(2);
const transport = name === 'axios' ? axiosTransport() : fetchTransport();

function walk(url: string): Promise<unknown> {
  const list = paginate(transport, url, { pagination: cursorPagination({ items: '/items' }) });
  return list
    .forEach(() => undefined)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
}

async function main(): Promise<BombReport> {
  await walk(small); // what every first request loads
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 1);
  const error = (await walk(large)) as { code?: unknown; attempts?: unknown } | undefined;
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage.rss());
  return { code: error?.code, attempts: error?.attempts, rise: peak - before };
}

void main().then((report) => {
  process.stdout.write(JSON.stringify(report));
});
