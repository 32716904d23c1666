import { onAbort } from '../core/on-abort';
import type { PagedObservable } from '../core/paged-observable';
import type { PagedResponse } from '../core/paged-response';
import { PaginationError } from '../core/pagination-error';
import type { EndEvent, WalkEvent } from '../core/walk-event';
import type { WalkOptions } from '../core/walk-options';

import { admit, compareSettings, refuseHigherLimit } from './admit';
import type { ExportEvent, ExportSummary } from './export-event';
import { progressOf, summaryOf, type RunState } from './export-report';
import { checkToken, firstToken } from './job-token';
import { selectRows, type Select } from './select-rows';
import type { Checkpoint, Sink, SinkSession } from './sink';
import { atCheckpoint, sinkError } from './sink-error';

/** What an export is made of; checked. */
export interface ExportPlan {
  readonly paged: PagedObservable<unknown>;
  readonly sink: Sink;
  readonly resume: boolean;
  readonly overwrite: boolean;
  /** Rows since the last checkpoint from which the end of a page makes the next; none for no checkpoints. */
  readonly every: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly select: Select;
}

/** One export from its lock to its summary. */
export class ExportRun {
  readonly #plan: ExportPlan;
  readonly #emit: (event: ExportEvent) => void;
  readonly #startedAt = performance.now();
  readonly #rowsOf: (page: PagedResponse) => readonly unknown[];
  readonly #settings: Checkpoint['settings'];
  /** Aborted when one of the signals is. */
  readonly #stop = new AbortController();
  #left = false;
  /** The output has failed, so nothing more is asked of it. */
  #failed = false;
  #pages: AsyncIterator<PagedResponse> | undefined;
  #session: SinkSession | undefined;
  /** Where the output stands. */
  #written: Checkpoint | undefined;
  /** What of it is durable. */
  #committed: Checkpoint | undefined;
  #end: EndEvent | undefined;

  constructor(plan: ExportPlan, emit: (event: ExportEvent) => void) {
    const { select, sink } = plan;
    this.#plan = plan;
    this.#emit = (event) => {
      if (!this.#left) emit(event);
    };
    this.#rowsOf = selectRows(select);
    this.#settings = {
      ...sink.settings,
      ...(select !== undefined && { select: typeof select === 'string' ? select : 'a function' }),
    };
  }

  /** Resolves when the output is whole and its lock is given back, or the run was left. */
  async start(): Promise<void> {
    const { paged, signal } = this.#plan;
    const stopListening = [signal, paged.walkOptions.signal]
      .filter((given) => given !== undefined)
      .map((given) => {
        const stop = () => {
          this.#stop.abort(given.reason);
        };
        if (given.aborted) stop();
        return onAbort(given, stop);
      });
    try {
      const summary = await this.#export();
      if (summary !== undefined) this.#emit(summary);
    } catch (error) {
      // Without checkpoints the caller goes on after what was written, if he knows how.
      throw atCheckpoint(error, this.#plan.every === undefined ? this.#written : this.#committed);
    } finally {
      for (const stop of stopListening) stop();
    }
  }

  /** Leaves the walk at once, and the output as soon as what is being written allows; it stays at its last checkpoint. */
  leave(): void {
    this.#left = true;
    void this.#pages?.return?.();
    this.#session?.leave?.();
  }

  async #export(): Promise<ExportSummary | undefined> {
    this.#throwIfStopped();
    const { sink } = this.#plan;
    const session = await this.#sinks(() => sink.open());
    this.#session = session;
    try {
      if (this.#hasLeft()) return undefined;
      const start = await this.#begin(session);
      this.#written = start;
      if (!this.#hasLeft() && start.endReason === undefined) await this.#walk(session, start);
      return this.#hasLeft()
        ? undefined
        : summaryOf(sink.name, this.#end, this.#state(session, start));
    } finally {
      // Whatever it says, the output is as the last checkpoint has it; a lock that stays is taken over later.
      await session.close().catch(() => undefined);
    }
  }

  /** Where the export goes on, or its very beginning. */
  async #begin(session: SinkSession): Promise<Checkpoint> {
    const { paged, sink, every } = this.#plan;
    const mode = admit(session, sink.name, this.#plan);
    const checkpoints = every !== undefined;
    const { stored } = session;
    if (mode === 'resume' && stored !== undefined) {
      compareSettings(this.#settings, stored.settings);
      await checkToken(paged, stored.resumeToken);
      await this.#sinks(() => session.begin({ mode, checkpoint: stored, checkpoints }));
      refuseHigherLimit(stored, sink.name, paged.walkOptions);
      this.#committed = stored;
      return stored;
    }
    const resumeToken = await firstToken(paged);
    const checkpoint = { resumeToken, rows: 0, pages: 0, settings: this.#settings };
    await this.#sinks(() => session.begin({ mode, checkpoint, checkpoints }));
    this.#committed = checkpoint;
    return checkpoint;
  }

  async #walk(session: SinkSession, start: Checkpoint): Promise<void> {
    const { paged } = this.#plan;
    const { signal } = this.#stop;
    const options: WalkOptions = {
      resumeFrom: start.resumeToken,
      signal,
      events: this.#watched(paged.walkOptions.events),
    };
    const pages = paged.with(options).pages()[Symbol.asyncIterator]();
    this.#pages = pages;
    try {
      for (;;) {
        const next = await pages.next();
        if (this.#hasLeft()) return;
        if (next.done === true) break;
        await this.#write(session, start, next.value);
        if (this.#hasLeft()) return;
        this.#throwIfStopped();
      }
    } catch (error) {
      await pages.return?.();
      await this.#keep(session);
      throw error;
    }
    const { endReason = 'exhausted', resumeToken } = this.#end ?? {};
    const written = this.#written ?? start;
    const last = { ...written, resumeToken: resumeToken ?? written.resumeToken, endReason };
    await this.#sinks(() => session.finish(last));
    this.#committed = last;
  }

  async #write(session: SinkSession, start: Checkpoint, page: PagedResponse): Promise<void> {
    const { every } = this.#plan;
    const rows = this.#rowsOf(page);
    if (rows.length > 0) await this.#sinks(() => session.write(rows));
    const before = this.#written ?? start;
    // Asked for at once, also where no checkpoint is made: to keep the page until then costs the collector more.
    const written: Checkpoint = {
      resumeToken: page.resumeToken,
      rows: before.rows + rows.length,
      pages: before.pages + 1,
      settings: this.#settings,
    };
    this.#written = written;
    const since = written.rows - (this.#committed?.rows ?? 0);
    if (every !== undefined && since >= every) await this.#commit(session, written);
    this.#emit(progressOf(written, page, this.#state(session, start)));
  }

  /** The pages written before an error of the walk or an abort are whole, and are kept. */
  async #keep(session: SinkSession): Promise<void> {
    const { every } = this.#plan;
    const written = this.#written;
    if (this.#failed || this.#left || every === undefined) return;
    if (written === undefined || written === this.#committed) return;
    await this.#commit(session, written);
  }

  async #commit(session: SinkSession, checkpoint: Checkpoint): Promise<void> {
    await this.#sinks(() => session.commit(checkpoint));
    this.#committed = checkpoint;
  }

  /** Calls the sink; what it fails with is the error of the export. */
  async #sinks<R>(call: () => Promise<R>): Promise<R> {
    try {
      return await call();
    } catch (error) {
      this.#failed = true;
      throw sinkError(error, this.#plan.sink.name);
    }
  }

  #throwIfStopped(): void {
    if (!this.#stop.signal.aborted) return;
    throw new PaginationError('ABORTED', 'The export was aborted by its signal');
  }

  /** The caller's own observer sees the events too. */
  #watched(events: WalkOptions['events']): WalkOptions['events'] {
    return {
      next: (event: WalkEvent) => {
        if (event.type === 'end') this.#end = event;
        events?.next?.(event);
      },
    };
  }

  #state(session: SinkSession, start: Checkpoint): RunState {
    return {
      start,
      committed: this.#committed ?? start,
      bytes: session.bytes,
      elapsedMs: performance.now() - this.#startedAt,
    };
  }

  // A method, for it changes while others wait.
  #hasLeft(): boolean {
    return this.#left;
  }
}
