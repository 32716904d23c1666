import { setTimeout as sleep } from 'node:timers/promises';

import type { WorkerProcess } from './queue-workers';

/** What was done to workers, and how their parts fared. */
export interface KillReport {
  readonly kills: number;
  /** Of each part that a worker was in the middle of when it was killed, how long it waited for another. */
  readonly waits: readonly PartWait[];
}

interface PartWait {
  /** When its worker was killed, by the clock of `performance`. */
  readonly from: number;
  readonly ms: number;
}

interface KillOrder {
  readonly start: (name: string) => WorkerProcess;
  readonly workers: number;
  readonly kills: number;
  /** Between two kills. */
  readonly everyMs: number;
  /** Pages that a worker must have committed before it is killed, so that they get on. */
  readonly pages: number;
  readonly isOver: () => Promise<boolean>;
}

/** Keeps so many workers going, kills one after the other in mid-work, and lets the others end. */
export async function killWorkers({
  start,
  workers,
  kills,
  everyMs,
  pages,
  isOver,
}: KillOrder): Promise<KillReport> {
  const all: WorkerProcess[] = [];
  let alive = Array.from({ length: workers }, (_, at) => begin(`worker ${String(at)}`));
  const killed: { readonly worker: WorkerProcess; readonly at: number }[] = [];
  function begin(name: string): WorkerProcess {
    const worker = start(name);
    all.push(worker);
    return worker;
  }
  const isWorking = ({ events, child }: WorkerProcess) =>
    child.exitCode === null && events.filter(({ type }) => type === 'part-page').length >= pages;
  while (killed.length < kills && !(await isOver())) {
    await sleep(everyMs);
    while (!alive.some(isWorking) && !(await isOver())) await sleep(20);
    const victim = alive.find(isWorking);
    if (victim === undefined || (await isOver())) break;
    victim.child.kill('SIGKILL');
    killed.push({ worker: victim, at: performance.now() });
    alive = [...alive.filter((one) => one !== victim), begin(`worker ${String(all.length)}`)];
  }
  await Promise.all(alive.map(({ ended }) => ended));
  const waits = killed.flatMap(({ worker, at }) => waitsOf(worker, at, all));
  return { kills: killed.length, waits };
}

/** How long each part of a killed worker waited for another. */
function waitsOf(
  { events }: WorkerProcess,
  killedAt: number,
  all: readonly WorkerProcess[],
): readonly PartWait[] {
  const held = new Map<number, number>();
  for (const event of events) {
    if (event.type === 'part-started') held.set(event.part, event.lease);
    if (event.type === 'part-done') held.delete(event.part);
  }
  return [...held].flatMap(([part, lease]) => {
    const next = all
      .flatMap((worker) => worker.events)
      .filter(
        (event) => event.type === 'part-started' && event.part === part && event.lease > lease,
      )
      .sort((a, b) => a.at - b.at)[0];
    // None where it had committed its end and could not say so any more.
    return next === undefined ? [] : [{ from: killedAt, ms: next.at - killedAt }];
  });
}
