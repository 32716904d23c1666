import type { Claim } from './claim';
import type { ExportCache } from './export-cache';
import type { EndedExport } from './export-end';
import { finishExports } from './finish-exports';
import type { PartLeases } from './part-leases';
import { PartRun } from './part-run';
import type { PartStore } from './part-store';
import type { Reach } from './reach';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';
import type { StandingBack } from './standing-back';
import { unservedParts } from './unserved-parts';
import type { WorkerEvent } from './worker-event';

/** What a worker is made of. */
export interface LoopParts {
  readonly sql: Sql;
  readonly leases: PartLeases;
  readonly store: PartStore;
  readonly cache: ExportCache;
  readonly reach: Reach;
  readonly standingBack: StandingBack;
  readonly queues: readonly string[];
  readonly concurrency: number;
  /** Milliseconds. */
  readonly lease: number;
  readonly interval: number;
  readonly retryDelay: number;
  readonly untilDone: boolean;
  readonly emit: (event: WorkerEvent) => void;
}

/** Milliseconds between looks for parts that nobody is at; they read all parts there are. */
const LOOK_BEYOND = 10_000;

/** Signs of life in the time of a lease. */
const SIGNS = 3;

/** Takes parts as long as there are any and it has hands free; looks after leases besides. */
export class WorkerLoop {
  readonly #parts: LoopParts;
  readonly #runs = new Map<PartRun, Promise<void>>();
  readonly #stop = new AbortController();
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;
  #isAwake = false;
  #nextQueue = 0;
  #nextLook = 0;
  #nextLookBeyond = 0;
  /** What it was told of parts that nobody is at, as text. */
  #unserved = '[]';

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  /** Resolves when it has stopped and nothing is under way any more. */
  async start(): Promise<void> {
    const { lease } = this.#parts;
    const signs = setInterval(() => void this.#renew(), lease / SIGNS);
    try {
      while (!this.#stop.signal.aborted) {
        await this.#attempt();
        await this.#pause();
      }
    } finally {
      this.stop();
      await Promise.all(this.#runs.values());
      clearInterval(signs);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  stop(): void {
    this.#stop.abort();
    for (const run of this.#runs.keys()) run.leave('worker stops');
    this.#wakeUp();
  }

  async #attempt(): Promise<void> {
    const { reach } = this.#parts;
    try {
      await reach.again(() => this.#round(), this.#stop.signal);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    }
  }

  async #round(): Promise<void> {
    const { interval, untilDone } = this.#parts;
    const isLook = performance.now() >= this.#nextLook;
    if (isLook) {
      this.#nextLook = performance.now() + interval;
      await this.#lookAround();
    }
    while (await this.#take());
    if (isLook) await this.#adopt();
    if (this.#runs.size > 0) return;
    const isOver = untilDone && !(await this.#isWorkLeft());
    if (isOver || performance.now() >= this.#nextLookBeyond) await this.#lookBeyond();
    if (isOver) this.stop();
  }

  /** Parts of the dead go back into the queue, exports that are whole are closed. */
  async #lookAround(): Promise<void> {
    const { leases, sql, cache, emit } = this.#parts;
    const { freed, ended } = await leases.free();
    if (freed.length > 0) {
      emit({
        type: 'parts-freed',
        parts: freed.map((one) => ({ export: one.export, part: one.part })),
      });
    }
    for (const one of ended) await this.#tellEnd(one);
    for (const id of await finishExports(sql, cache))
      await this.#tellEnd({ export: id, state: 'done' });
  }

  /** Whoever has nothing to do says what waits for somebody else, as nobody may come. */
  async #lookBeyond(): Promise<void> {
    const { sql, queues, emit } = this.#parts;
    this.#nextLookBeyond = performance.now() + LOOK_BEYOND;
    const waiting = await unservedParts(sql, queues);
    const text = JSON.stringify(waiting);
    if (text === this.#unserved) return;
    this.#unserved = text;
    emit({ type: 'parts-unserved', waiting });
  }

  /** Takes as many parts as there are hands, from each queue in turn; whether there may be more. */
  async #take(): Promise<boolean> {
    const { queues, leases, concurrency, standingBack } = this.#parts;
    for (let tried = 0; tried < queues.length; tried++) {
      const free = concurrency - this.#runs.size;
      if (free <= 0 || this.#stop.signal.aborted) return false;
      const queue = queues[this.#nextQueue++ % queues.length] ?? '';
      if (standingBack.isFrom(queue)) continue;
      const claims = await leases.claim(queue, free);
      for (const claim of claims) this.#begin(claim);
      if (claims.length === free) return false;
      if (claims.length > 0) return true;
    }
    return false;
  }

  /** Parts of the dead wait for no free hand: where all are busy for hours, each takes as many more as it has. */
  async #adopt(): Promise<void> {
    const { queues, leases, concurrency, standingBack } = this.#parts;
    const spare = 2 * concurrency - this.#runs.size;
    if (spare <= 0 || this.#stop.signal.aborted) return;
    const own = queues.filter((queue) => !standingBack.isFrom(queue));
    for (const claim of await leases.adopt(own, spare)) this.#begin(claim);
  }

  #begin(claim: Claim): void {
    const { cache, store, emit, reach, retryDelay, standingBack } = this.#parts;
    const run = new PartRun({ claim, cache, store, emit, reach: reach.again, retryDelay });
    const ended = run
      .start()
      .then(async (end) => {
        if (run.hasMoved) standingBack.forget(claim.queue);
        else if (run.hasFailed) await standingBack.count(claim.queue);
        if (end !== undefined) await this.#tellEnd(end);
      })
      .catch((error: unknown) => {
        this.#fail(error);
      })
      .finally(() => {
        this.#runs.delete(run);
        this.#wakeUp();
      });
    this.#runs.set(run, ended);
    if (this.#stop.signal.aborted) run.leave('worker stops');
  }

  async #tellEnd({ export: id, state }: EndedExport): Promise<void> {
    const { sql, cache, emit } = this.#parts;
    if (state === 'finishing') {
      for (const done of await finishExports(sql, cache))
        await this.#tellEnd({ export: done, state: 'done' });
      return;
    }
    const { rows } = await sql.query(
      `select coalesce(sum(rows), 0) as rows from ${SCHEMA}.parts where export = $1`,
      [id],
    );
    emit({ type: 'export-ended', export: id, state, rows: Number(rows[0]?.['rows']) });
  }

  async #renew(): Promise<void> {
    const { leases } = this.#parts;
    const runs = [...this.#runs.keys()];
    // While the database cannot be reached nothing can be said; if that takes too long, the next commit is refused.
    const lost = await leases
      .renew(runs.map(({ claim }) => claim))
      .catch((): readonly Claim[] => []);
    for (const run of runs) if (lost.includes(run.claim)) run.leave('refused');
  }

  /** Also what others are at: they may not come to its end. */
  async #isWorkLeft(): Promise<boolean> {
    const { rows } = await this.#parts.sql.query(
      `select 1 from ${SCHEMA}.parts p join ${SCHEMA}.exports e on e.id = p.export
       where p.queue = any($1) and p.state in ('waiting', 'running') and e.state = 'running' limit 1`,
      [this.#parts.queues],
    );
    return rows.length > 0;
  }

  /** What nobody foresaw ends the worker; its parts are given back as far as they can be. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.stop();
  }

  /** Until a part has ended or the next look is due. */
  async #pause(): Promise<void> {
    if (!this.#isAwake && !this.#stop.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#parts.interval);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isAwake = false;
  }

  #wakeUp(): void {
    this.#isAwake = true;
    this.#wake();
  }
}
