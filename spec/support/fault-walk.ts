import { setTimeout as sleep } from 'node:timers/promises';

import {
  cursorPagination,
  isPaginationError,
  paginate,
  type PageRequest,
  type PaginationError,
  type PaginationStrategy,
  type Transport,
  type WalkEvent,
  type WalkOptions,
} from 'paged-observable';

import { startFaultServer, type FaultScript, type FaultServer } from './fault-server';
import type { LabSettings, LabTransport } from './lab-transports';

/** A walk of a list on a fault server. */
export interface FaultWalk {
  readonly script: FaultScript;
  readonly pagination?: PaginationStrategy | undefined;
  readonly options?: WalkOptions | undefined;
  readonly request?: Partial<PageRequest> | undefined;
  readonly settings?: LabSettings | undefined;
  /** Another server than one of the walk's own; it is not closed. */
  readonly server?: FaultServer | undefined;
  /** What the list answers once it is well again, for the resume after an error or a cap; `null` for no resume. */
  readonly healed?: FaultScript | null | undefined;
  /** Options the resumed walk has instead. */
  readonly resumeOptions?: WalkOptions | undefined;
}

/** What is the same on every transport, as plain data. */
export type Facts = Readonly<Record<string, unknown>>;

/** A walk that is over. */
export interface WalkedList {
  readonly facts: Facts;
  readonly server: FaultServer;
  readonly items: readonly unknown[];
  readonly error: PaginationError | undefined;
  readonly events: readonly WalkEvent[];
  /** `performance.now()` of the subscription and of the last notification. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Time in which something that goes on after the end would show, in milliseconds. */
const AFTER = 60;

/** Walks the list to its end, then on from the resume token of an error or a cap once the list is well. */
export async function walkFaults(lab: LabTransport, walk: FaultWalk): Promise<WalkedList> {
  const server = walk.server ?? (await startFaultServer(walk.script));
  try {
    const transport = lab.make({ baseUrl: server.origin, ...walk.settings });
    const timers = activeTimers();
    const run = await runWalk(transport, walk, server);
    await sleep(AFTER);
    const late = {
      requests: server.requests.length - run.requests,
      events: run.events.length - run.eventCount,
    };
    const facts: Record<string, unknown> = {
      items: ranges(run.items.map(idOf)),
      end: run.error?.code ?? 'complete',
      requests: ranges(server.requests.slice(run.before).map(({ page }) => page)),
      retries: run.events.flatMap((event) => (event.type === 'retry' ? [event.code] : [])),
      endEvents: run.events.flatMap((event) => (event.type === 'end' ? [endText(event)] : [])),
      afterTheEnd: { ...late, timers: await timersLeft(timers) },
    };
    const { error } = run;
    if (error !== undefined) {
      const { attempts, status, pageIndex, itemsEmitted, history } = error;
      const failed = history.map(({ code, status: one }) =>
        one === undefined ? code : `${code} ${String(one)}`,
      );
      Object.assign(facts, {
        error: { attempts, status, pageIndex, itemsEmitted, history: failed },
      });
    }
    const token = tokenOf(run);
    if (token !== undefined && walk.healed !== null) {
      server.play(walk.healed ?? { ...walk.script, faults: {} });
      const options = { ...walk.options, ...walk.resumeOptions, resumeFrom: token };
      const rest = await runWalk(transport, { ...walk, options }, server);
      facts['resumed'] = {
        items: ranges(rest.items.map(idOf)),
        end: rest.error?.code ?? 'complete',
        requests: ranges(server.requests.slice(rest.before).map(({ page }) => page)),
      };
    }
    return { ...run, facts, server };
  } finally {
    if (walk.server === undefined) await server.close();
  }
}

async function runWalk(transport: Transport, walk: FaultWalk, server: FaultServer) {
  const events: WalkEvent[] = [];
  const items: unknown[] = [];
  const before = server.requests.length;
  const list = paginate(
    transport,
    { url: '/items', ...walk.request },
    {
      pagination: walk.pagination ?? cursorPagination({ items: '/items' }),
      ...walk.options,
      events: { next: (event) => events.push(event) },
    },
  );
  const startedAt = performance.now();
  const thrown = await new Promise<unknown>((resolve) => {
    list.subscribe({
      next: (item) => items.push(item),
      error: resolve,
      complete: () => {
        resolve(undefined);
      },
    });
  });
  const endedAt = performance.now();
  if (thrown !== undefined && !isPaginationError(thrown)) {
    throw new Error('Expected a PaginationError', { cause: thrown });
  }
  const error = thrown;
  const requests = server.requests.length;
  return { events, items, before, startedAt, endedAt, error, requests, eventCount: events.length };
}

function tokenOf({ error, events }: Awaited<ReturnType<typeof runWalk>>): string | undefined {
  if (error !== undefined) return error.resumeToken;
  const end = events.find((event) => event.type === 'end');
  return end?.endReason === 'limit' ? end.resumeToken : undefined;
}

function endText(end: WalkEvent & { type: 'end' }): string {
  const { endReason, pages, items, attempts, duplicates, code } = end;
  const counts = `${String(pages)} pages, ${String(items)} items, ${String(attempts)} attempts`;
  const dropped = duplicates === 0 ? '' : `, ${String(duplicates)} duplicates`;
  return `${endReason}${code === undefined ? '' : ` ${code}`}: ${counts}${dropped}`;
}

/** Timers that keep the process alive, beyond those there were; others in this process have theirs for a moment. */
async function timersLeft(before: number): Promise<number> {
  let left = Infinity;
  for (let tries = 0; tries < 20 && left > 0; tries++) {
    left = Math.min(left, Math.max(0, activeTimers() - before));
    if (left > 0) await sleep(20);
  }
  return left;
}

function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : item;
}

/** A sequence in short and without loss: `0..9,5,7..8`. */
export function ranges(values: readonly unknown[]): string {
  const runs: { first: unknown; last: unknown }[] = [];
  for (const value of values) {
    const run = runs.at(-1);
    if (run !== undefined && typeof value === 'number' && value === Number(run.last) + 1)
      run.last = value;
    else runs.push({ first: value, last: value });
  }
  return runs
    .map(({ first, last }) =>
      first === last ? String(first) : `${String(first)}..${String(last)}`,
    )
    .join();
}
