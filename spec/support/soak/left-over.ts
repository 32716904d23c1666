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

/** What there is more than before, once it is gone or so many milliseconds have passed. */
export async function leftOver(before: Resources, patience = 30_000): Promise<Resources> {
  const until = performance.now() + patience;
  for (;;) {
    const now = Object.entries(await activeResources());
    const more = now.filter(([kind, count]) => count > (before[kind] ?? 0));
    if (more.length === 0 || performance.now() > until) return Object.fromEntries(more);
    await sleep(50);
  }
}

/** Abort listeners of all these signals together. */
export function abortListeners(signals: readonly AbortSignal[]): number {
  return signals.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0);
}
