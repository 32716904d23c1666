// Run by walk-in-process.ts in a process of its own, whose heap nothing else moves:
// node --expose-gc -r ./scripts/register.js churn-process.ts <'axios' | 'fetch'> <origin> <walks> <seed>
import { setTimeout as sleep } from 'node:timers/promises';
import { Subscription } from 'rxjs';

import { cursorPagination, paginate } from 'paged-observable';

import { seeded } from '../fault-server';
import { crowdClient, type CrowdClient } from './crowd-client';
import { abortListeners, activeResources, leftOver, type Resources } from './left-over';
import { report, tellDone } from './report';

/** What many walks that were left came to. */
export interface ChurnReport {
  readonly walks: number;
  /** By when they were left, or how they ended before that. */
  readonly moments: Readonly<Record<string, number>>;
  /** Notifications after a walk was left. */
  readonly late: number;
  readonly listeners: number;
  readonly left: Resources;
  /** Megabytes of the heap after as many walks again, each time after a full collection. */
  readonly riseMb: number;
  readonly warnings: readonly string[];
}

const [name = '', origin = ''] = process.argv.slice(2);
const [walks = 0, seed = 1] = process.argv.slice(4).map(Number);
const AT_ONCE = 100;
/** Before the first look at the heap as many, but no more than this: by then everything is loaded and compiled. */
const WARM = Math.min(walks, 2000);

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(String(warning)));
process.on('unhandledRejection', (reason) => warnings.push(`unhandled: ${String(reason)}`));

const random = seeded(seed);
const whole = (below: number) => Math.floor(random() * below);
const moments: Record<string, number> = {};
let late = 0;

/** Walks until a random moment: at once, some turns or milliseconds later, at an event, or inside `next`. */
function leave(index: number, { transport }: CrowdClient, signal: AbortSignal): Promise<void> {
  const moment = ['at once', 'turns', 'time', 'event', 'next'][whole(5)] ?? '';
  const [most, wanted] = [whole(30), (['request', 'page', 'retry'] as const)[whole(3)]];
  return new Promise((resolve) => {
    // Also inside a synchronous subscribe, where there is no other subscription yet.
    const subscription = new Subscription();
    let isLeft = false;
    let items = 0;
    const go = () => {
      if (isLeft) return;
      isLeft = true;
      moments[moment] = (moments[moment] ?? 0) + 1;
      subscription.unsubscribe();
      resolve();
    };
    const end = (how: string) => {
      if (isLeft) late++;
      else moments[how] = (moments[how] ?? 0) + 1;
      isLeft = true;
      resolve();
    };
    const request = { url: '/items', params: { walk: index } };
    const walked = paginate<number>(transport, request, {
      pagination: cursorPagination({ items: '/items' }),
      signal,
      timeout: 2000,
      prefetch: whole(3),
      events: {
        next: ({ type }) => {
          if (moment === 'event' && type === wanted) go();
        },
      },
    }).subscribe({
      next: () => {
        if (isLeft) late++;
        if (moment === 'next' && items++ === most) go();
      },
      error: () => {
        end('error');
      },
      complete: () => {
        end('complete');
      },
    });
    subscription.add(walked);
    if (moment === 'at once') go();
    if (moment === 'time') void sleep(most).then(go);
    if (moment === 'turns') turns(most, go);
  });
}

function turns(left: number, then: () => void): void {
  if (left === 0) then();
  else setImmediate(turns, left - 1, then);
}

/** What is left in the end. */
async function churn(from: number, to: number): Promise<Pick<ChurnReport, 'listeners' | 'left'>> {
  const before = await activeResources();
  const client = crowdClient(name, origin);
  const { signal } = new AbortController();
  let next = from;
  const lane = async () => {
    while (next < to) {
      tellDone(next);
      await leave(next++, client, signal);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  client.close();
  const left = await leftOver(before);
  return { listeners: abortListeners([signal, ...client.signals]), left };
}

function heap(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function main(): Promise<void> {
  await churn(0, WARM);
  const start = heap();
  const left = await churn(WARM, WARM + walks);
  const riseMb = Math.round((heap() - start) / 1e4) / 100;
  const seen: ChurnReport = { walks, moments, late, ...left, riseMb, warnings };
  report(seen);
}

void main();
