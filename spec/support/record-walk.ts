import {
  from,
  of,
  Subject,
  Subscription,
  take,
  takeUntil,
  tap,
  VirtualTimeScheduler,
  type Observable,
} from 'rxjs';

import type { DemandObservable } from '../../lib/core/demand-observable';

import type { PageReply } from '../../lib/core/page-reply';
import { isPaginationError } from '../../lib/core/pagination-error';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport } from '../../lib/core/transport';
import type { EndEvent } from '../../lib/core/walk-event';
import type { WalkOptions } from '../../lib/core/walk-options';
import { paginate } from '../../lib/paginate';
import { seeded } from './fault-server';
import { ListServer } from './list-server';
import { pagesSeen, type ListItem, type ListShape } from './list-shapes';
import type { Trace, TraceEntry } from './trace';
import { inTrouble } from './trouble';
import { pageModels, type Troubles, type TroubleSettings } from './trouble-model';
import { modelOf, type WalkModel } from './walk-laws';

export type Consumer =
  | { readonly how: 'subscribe' }
  | { readonly how: 'take' | 'leave inside next'; readonly after: number }
  | { readonly how: 'leave at' | 'abort at'; readonly ticks: number }
  | { readonly how: 'for await'; readonly slow: boolean; readonly after: number }
  | { readonly how: 'next in parallel'; readonly width: number }
  | { readonly how: 'forEach'; readonly slow: boolean; readonly after: number }
  | {
      readonly how: 'consume';
      readonly slow: boolean;
      readonly after: number;
      readonly concurrency: number;
    }
  | { readonly how: 'paced'; readonly emissions: number };

/** One walk of a list by one consumer; plain data, so that a failing one can be kept. */
export interface WalkCase {
  readonly shape: ListShape;
  readonly sizes: readonly number[];
  readonly view: 'items' | 'pages';
  readonly consumer: Consumer;
  readonly arrival: 'at once' | 'by promise' | 'in virtual time';
  readonly prefetch: number;
  readonly maxPages?: number | undefined;
  readonly maxItems?: number | undefined;
  /** The place of a page that fails for good. */
  readonly failing?: number | undefined;
  /** What goes wrong on the way, for walks in virtual time; then what its token leads to is tried, too. */
  readonly trouble?: TroubleCase | undefined;
}

export interface TroubleCase extends TroubleSettings {
  readonly troubles: Troubles;
  /** Of the spread of waits. */
  readonly seed: number;
}

/** Defects to be planted around a real walk. */
export interface Planted {
  readonly transport?: (transport: Transport) => Transport;
  readonly values?: (source: Observable<unknown>) => Observable<unknown>;
  readonly options?: WalkOptions;
}

const DELAY_MS = 10;

export function modelOfCase(walk: WalkCase): WalkModel {
  const { shape, sizes, view, consumer, prefetch, maxPages, maxItems, trouble } = walk;
  const pages = sizes.map((size, at) => {
    const before = sizes.slice(0, at).reduce((sum, one) => sum + one, 0);
    return Array.from({ length: size }, (_, index) => ({ id: before + index }));
  });
  const letThrough = consumer.how === 'paced' ? consumer.emissions + 1 : Infinity;
  const seen = pagesSeen(shape, pages);
  const fates = trouble && pageModels(trouble.troubles, seen.length, trouble);
  const fatal = fates?.at(-1)?.end;
  const failingCode = fatal?.code;
  const caps = {
    maxPages: Math.min(maxPages ?? Infinity, letThrough),
    maxItems,
    failing: fatal === undefined ? walk.failing : (fates?.length ?? 0) - 1,
    code: failingCode,
  };
  const pushed = ['subscribe', 'take', 'leave inside next', 'leave at', 'abort at'];
  return {
    ...modelOf(seen, caps),
    failingCode,
    fates,
    all: seen.flat().map(({ id }) => id),
    view,
    prefetch,
    demand: consumer.how === 'paced' ? 'paced' : pushed.includes(consumer.how) ? 'push' : 'pull',
    mayAbort: consumer.how === 'abort at',
    lagging: consumer.how === 'next in parallel',
  };
}

/** Walks, and gives what was seen until nothing more happened for several turns of the event loop. */
export async function recordWalk(walk: WalkCase, planted: Planted = {}): Promise<Trace> {
  return new Recording(walk, planted).run();
}

class Recording {
  readonly #entries: TraceEntry[] = [];
  readonly #walk: WalkCase;
  readonly #planted: Planted;
  readonly #clock: VirtualTimeScheduler | undefined;
  readonly #abort = new AbortController();
  readonly #pace = new Subject<void>();
  #stopped = false;
  #stoppedAt = 0;
  /** When the last timer of this recording itself is due. */
  #ownUntil = 0;
  #subscription = Subscription.EMPTY;
  #ticks: (() => void)[] = [];

  constructor(walk: WalkCase, planted: Planted) {
    this.#walk = walk;
    this.#planted = planted;
    this.#clock = walk.arrival === 'in virtual time' ? new VirtualTimeScheduler() : undefined;
  }

  async run(): Promise<Trace> {
    this.#consume(this.#source());
    let idle = 0;
    for (let tick = 0; idle < (this.#stopped && this.#ticks.length === 0 ? 3 : 12); tick++) {
      const before = this.#entries.length;
      this.#clock?.flush();
      if (tick % 8 === 7) this.#ticks.shift()?.();
      await turn();
      idle = this.#entries.length > before || this.#ticks.length > 0 ? 0 : idle + 1;
      if (tick > 2000) throw new Error('The walk never comes to rest');
    }
    const seen = [...this.#entries, ...this.#timers(), ...(await this.#resumed())];
    this.#subscription.unsubscribe();
    return seen;
  }

  /** Timers that ran on after the stop show in how far the clock went. */
  #timers(): TraceEntry[] {
    const after = (this.#clock?.now() ?? 0) - Math.max(this.#stoppedAt, this.#ownUntil);
    return this.#walk.trouble !== undefined && this.#stopped && after > 0
      ? [{ type: 'timer', afterMs: after }]
      : [];
  }

  /** Goes on from the token of the end event, with a server that is well again. */
  async #resumed(): Promise<TraceEntry[]> {
    const end = this.#entries.find((entry) => entry.type === 'event' && entry.event.type === 'end');
    if (this.#walk.trouble === undefined || end?.type !== 'event') return [];
    const { shape, sizes } = this.#walk;
    const { resumeToken } = end.event as EndEvent;
    const list = paginate<ListItem>(new ListServer(shape, sizes).transport(), shape.request, {
      pagination: shape.pagination,
      resumeFrom: resumeToken,
    });
    const ids: number[] = [];
    const how = await new Promise<string>((resolve) => {
      list.subscribe({
        next: ({ id }) => ids.push(id),
        error: (error: unknown) => {
          resolve(String(error));
        },
        complete: () => {
          resolve('complete');
        },
      });
    });
    return [{ type: 'resumed', ids, end: how }];
  }

  #source(): DemandObservable<unknown> {
    const { shape, sizes, failing, arrival, view, prefetch, maxItems, maxPages } = this.#walk;
    const { trouble } = this.#walk;
    const clock = this.#clock;
    const server = new ListServer(shape, sizes, {
      request: (place) => this.#entries.push({ type: 'request', place, atMs: clock?.now() }),
      reply: (place) => this.#entries.push({ type: 'reply', place }),
    });
    if (failing !== undefined) server.fail(failing);
    const well = server.transport(
      arrival === 'in virtual time' && clock !== undefined
        ? { delayMs: DELAY_MS, clock }
        : arrival === 'at once'
          ? 'at once'
          : 'by promise',
    );
    const real = trouble === undefined ? well : this.#troubled(well, server, trouble);
    const transport = this.#planted.transport?.(real) ?? real;
    const options: WalkOptions = {
      prefetch,
      maxItems,
      maxPages,
      clock,
      events: { next: (event) => this.#entries.push({ type: 'event', event }) },
      pacedBy: this.#walk.consumer.how === 'paced' ? this.#pace : undefined,
      signal: this.#walk.consumer.how === 'abort at' ? this.#abort.signal : undefined,
      ...(trouble !== undefined && {
        retry: trouble.retry,
        timeout: trouble.timeoutMs,
        random: seeded(trouble.seed),
      }),
      ...this.#planted.options,
    };
    const paged = paginate<ListItem>(transport, shape.request, {
      ...options,
      pagination: shape.pagination,
    });
    return view === 'items' ? paged : paged.pages();
  }

  /** A transport to a server that is in trouble at first. */
  #troubled(
    well: Transport,
    { shape, pages }: ListServer,
    { troubles, timeoutMs }: TroubleCase,
  ): Transport {
    const left = troubles.map((each) => [...each]);
    return (request, signal, limits) => {
      const place = shape.place(request, pages);
      const trouble = left[place]?.shift();
      const clock = this.#clock;
      if (trouble === undefined || clock === undefined) return well(request, signal, limits);
      this.#entries.push({ type: 'request', place, atMs: clock.now() });
      const url = requestUrl(request);
      const reply = { status: 200, headers: {}, url, ...shape.answer(place, pages, request) };
      if (trouble.kind === 'late') return this.#late(reply, timeoutMs + trouble.byMs, clock);
      return inTrouble(trouble, reply, clock);
    };
  }

  /** By a promise, which nobody can leave. */
  #late(reply: PageReply, ms: number, clock: VirtualTimeScheduler): Promise<PageReply> {
    this.#ownUntil = Math.max(this.#ownUntil, clock.now() + ms);
    return new Promise((resolve) => {
      clock.schedule(() => {
        resolve(reply);
      }, ms);
    });
  }

  #consume(source: DemandObservable<unknown>): void {
    const { consumer } = this.#walk;
    if (consumer.how === 'for await') void this.#pull(source, consumer);
    else if (consumer.how === 'next in parallel') void this.#pullInParallel(source, consumer.width);
    else if (consumer.how === 'forEach') this.#forEach(source, consumer);
    else if (consumer.how === 'consume') this.#project(source, consumer);
    else this.#push(source, consumer);
  }

  #push(source: Observable<unknown>, consumer: Consumer): void {
    const after = 'after' in consumer ? consumer.after : Infinity;
    let values = 0;
    // Works inside a synchronous subscribe too, where there is no subscription yet.
    const leaving = new Subject<void>();
    let left = false;
    const leave = () => {
      left = true;
      leaving.next();
    };
    const limited = source.pipe(consumer.how === 'take' ? take(after) : takeUntil(leaving));
    const broken = this.#planted.values?.(limited) ?? limited;
    this.#ask();
    this.#subscription = broken.subscribe({
      next: (value) => {
        values++;
        this.#value(value);
        if (consumer.how === 'leave inside next' && values === after) leave();
      },
      error: (error: unknown) => {
        this.#error(error);
      },
      complete: () => {
        left ||= consumer.how === 'take' && values === after;
        this.#stop(left ? { type: 'left', undone: 0 } : { type: 'complete' });
      },
    });
    if (consumer.how === 'leave at') this.#at(consumer.ticks, leave);
    if (consumer.how === 'abort at') {
      this.#at(consumer.ticks, () => {
        this.#abort.abort();
      });
    }
    if (consumer.how !== 'paced') return;
    for (let emission = 0; emission < consumer.emissions; emission++) {
      this.#ticks.push(() => {
        if (!this.#stopped) this.#ask();
        this.#pace.next();
      });
    }
    // Without any emission it completes while the first page is on its way.
    if (consumer.emissions === 0) this.#pace.complete();
    else
      this.#ticks.push(() => {
        this.#pace.complete();
      });
  }

  /** After so many milliseconds of the virtual clock, else so many turns of the loop. */
  #at(ticks: number, action: () => void): void {
    if (this.#clock !== undefined) {
      this.#ownUntil = Math.max(this.#ownUntil, this.#clock.now() + ticks * 3);
      this.#clock.schedule(action, ticks * 3);
    } else if (ticks === 0) action();
    else
      setImmediate(() => {
        this.#at(ticks - 1, action);
      });
  }

  async #pull(
    source: AsyncIterable<unknown>,
    { slow, after }: Extract<Consumer, { how: 'for await' }>,
  ): Promise<void> {
    let values = 0;
    try {
      for await (const value of this.#asking(source)) {
        this.#value(value);
        if (slow) await turn();
        if (++values === after) {
          this.#stop({ type: 'left', undone: 0 });
          break;
        }
      }
      if (!this.#stopped) this.#stop({ type: 'complete' });
    } catch (error) {
      this.#error(error);
    }
  }

  #asking(source: AsyncIterable<unknown>): AsyncIterable<unknown> {
    return {
      [Symbol.asyncIterator]: () => {
        const iterator = source[Symbol.asyncIterator]();
        return {
          next: () => {
            this.#ask();
            return iterator.next();
          },
          return: () => iterator.return?.() ?? Promise.resolve({ value: undefined, done: true }),
        };
      },
    };
  }

  /** Keeps so many calls of `next()` going, and takes their results in the order of the calls. */
  async #pullInParallel(source: AsyncIterable<unknown>, width: number): Promise<void> {
    const iterator = this.#asking(source)[Symbol.asyncIterator]();
    const calls: Promise<IteratorResult<unknown>>[] = [];
    const call = () => {
      const result = iterator.next();
      result.catch(() => undefined);
      calls.push(result);
    };
    for (let lane = 0; lane < width; lane++) call();
    try {
      for (let result = calls.shift(); result !== undefined; result = calls.shift()) {
        const got = await result;
        if (got.done === true) {
          this.#stop({ type: 'complete' });
          return;
        }
        this.#value(got.value);
        call();
      }
    } catch (error) {
      this.#error(error);
    }
  }

  #forEach(
    source: DemandObservable<unknown>,
    { slow, after }: Extract<Consumer, { how: 'forEach' }>,
  ): void {
    let values = 0;
    const work = (): unknown => {
      if (++values === after) {
        this.#stop({ type: 'left', undone: 1 });
        throw new Error('thrown by the callback');
      }
      this.#ask();
      return undefined;
    };
    this.#ask();
    source
      .forEach((value) => {
        this.#value(value);
        return slow ? turn().then(work) : work();
      })
      .then(
        () => {
          this.#stop({ type: 'complete' });
        },
        (error: unknown) => {
          if (!this.#stopped) this.#error(error);
        },
      );
  }

  #project(
    source: DemandObservable<unknown>,
    { slow, after, concurrency }: Extract<Consumer, { how: 'consume' }>,
  ): void {
    let done = 0;
    let begun = 0;
    /** Values of which nothing has come yet; the walk is to go on at the first of them. */
    const open = new Set<number>();
    for (let place = 0; place < concurrency; place++) this.#ask();
    const project = (value: unknown) => {
      const place = begun++;
      open.add(place);
      this.#value(value);
      return (slow ? from(turn()) : of(undefined)).pipe(
        tap({
          next: () => open.delete(place),
          complete: () => {
            if (!this.#stopped) this.#ask();
          },
        }),
      );
    };
    source
      .consume(project, { concurrency })
      .pipe(
        tap(() => {
          if (++done === after) {
            this.#stop({ type: 'left', undone: begun - Math.min(begun, ...open) });
          }
        }),
        take(after),
      )
      .subscribe({
        error: (error: unknown) => {
          this.#error(error, begun - Math.min(begun, ...open));
        },
        complete: () => {
          if (!this.#stopped) this.#stop({ type: 'complete' });
        },
      });
  }

  #ask(): void {
    this.#entries.push({ type: 'ask' });
  }

  #value(value: unknown): void {
    this.#entries.push({ type: 'value', ids: idsOf(value) });
  }

  #error(error: unknown, undone = 0): void {
    if (isPaginationError(error)) this.#stop({ type: 'error', code: error.code, error, undone });
    else this.#stop({ type: 'error', code: String(error), undone });
  }

  #stop(entry: TraceEntry): void {
    this.#entries.push(entry);
    if (!this.#stopped) this.#stoppedAt = this.#clock?.now() ?? 0;
    this.#stopped = true;
  }
}

function idsOf(value: unknown): number[] {
  const page = value as { readonly items?: readonly ListItem[]; readonly id: number };
  return page.items === undefined ? [page.id] : page.items.map(({ id }) => id);
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
