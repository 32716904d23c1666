import { getEventListeners } from 'node:events';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** Handles, requests and timers that keep this process alive, each by its kind. */
export type Resources = Readonly<Record<string, number>>;

export async function activeResources(): Promise<Resources> {
  await turn(); // a timer that is just running still counts
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    if (kind !== 'Immediate') counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Time for what the caller itself still has in hand, in milliseconds. */
const SETTLE = 100;

/**
 * What there is more than before. A client may take some seconds to close connections that it kept; timers must be gone at
 * once, for those that were forgotten run out in the end.
 */
export async function leftOver(before: Resources, patience = 30_000): Promise<Resources> {
  const more = async () =>
    Object.entries(await activeResources()).filter(([kind, count]) => count > (before[kind] ?? 0));
  await sleep(SETTLE);
  const timers = (await more()).filter(([kind]) => kind === 'Timeout');
  const until = performance.now() + patience;
  for (;;) {
    const others = (await more()).filter(([kind]) => kind !== 'Timeout');
    if (others.length === 0 || performance.now() > until) {
      return Object.fromEntries([...timers, ...others]);
    }
    await sleep(50);
  }
}

/** Abort listeners of all these signals together. */
export function abortListeners(signals: readonly AbortSignal[]): number {
  return signals.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0);
}
