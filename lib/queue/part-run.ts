import type { PagedResponse } from '../core/paged-response';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import type { WalkEvent } from '../core/walk-event';
import { selectRows } from '../export/select-rows';

import type { Claim, PartCheckpoint } from './claim';
import type { ExportDescription } from './export-description';
import type { ExportCache, KnownExport } from './export-cache';
import type { EndedExport } from './export-end';
import { driftAtEnd, driftOnPage } from './part-drift';
import { judgeError } from './part-error';
import type { PartOutput } from './part-output';
import type { PartStore } from './part-store';
import { partWalk } from './part-walk';
import type { PartLeft, WorkerEvent } from './worker-event';

/** Why a part is left in mid-work: the database refused a sign of life, or the worker stops. */
type LeaveReason = 'refused' | 'worker stops';

/** What a run needs of its worker. */
export interface RunParts {
  readonly claim: Claim;
  readonly cache: Pick<ExportCache, 'of'>;
  readonly store: PartStore;
  readonly emit: (event: WorkerEvent) => void;
  /** Does something in the database, again where its connection broke, until the signal aborts. */
  readonly reach: <R>(action: () => Promise<R>, signal: AbortSignal) => Promise<R>;
  /** Milliseconds before the second try. */
  readonly retryDelay: number;
}

/** One part under one lease, from its checkpoint to its end. */
export class PartRun {
  readonly claim: Claim;
  readonly #parts: RunParts;
  readonly #left = new AbortController();
  #reason: LeaveReason | undefined;
  #checkpoint: PartCheckpoint;
  #hasDrifted = false;
  #isDone = false;
  #hasFailed = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.claim = parts.claim;
    this.#checkpoint = parts.claim.checkpoint;
  }

  /** Whether a page was committed, or the part was found to be whole. */
  get hasMoved(): boolean {
    return this.#isDone || this.#checkpoint.pages > this.claim.checkpoint.pages;
  }

  /** Whether it came to an error that counts as a try. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Aborts what is under way; what is being committed is committed or not. */
  leave(reason: LeaveReason): void {
    this.#reason ??= reason;
    this.#left.abort();
  }

  /** Resolves when the part has ended, failed or was left; rejects only where the database says something unforeseen. */
  async start(): Promise<EndedExport | undefined> {
    const { emit } = this.#parts;
    const { rows, pages } = this.#checkpoint;
    emit({ type: 'part-started', ...this.#name, rows, pages });
    try {
      const ended = await this.#work();
      this.#isDone = true;
      emit({ type: 'part-done', ...this.#name, ...this.#counts });
      return ended;
    } catch (error) {
      const code = isPaginationError(error) ? error.code : undefined;
      if (this.#reason !== undefined) await this.#giveBack(this.#reason);
      else if (code === 'LEASE_LOST') this.#tellLeft('lease lost');
      else if (code === 'ABORTED') await this.#giveBack('refused');
      else return await this.#fail(error);
      return undefined;
    } finally {
      this.#left.abort();
    }
  }

  async #work(): Promise<EndedExport | undefined> {
    const { cache, claim, store } = this.#parts;
    const known = await this.#reach(() => cache.of(claim));
    const { description } = known;
    const output = await known.open(claim);
    try {
      const rowsOf = selectRows(description.select);
      const pages = this.#walk(known).pages()[Symbol.asyncIterator]();
      try {
        for (let next = await pages.next(); next.done !== true; next = await pages.next()) {
          await this.#page(output, next.value, rowsOf(next.value), description);
        }
      } finally {
        await pages.return?.();
      }
      await this.#drift(driftAtEnd(claim.plan.range, this.#checkpoint.rows), description);
      await output.finish();
      const last = { ...this.#checkpoint, bytes: output.bytes, own: output.own };
      const ended = await this.#reach(() => store.finish(claim, last));
      await output.committed();
      return ended;
    } finally {
      await output.close();
    }
  }

  #walk({ description, transport }: KnownExport) {
    const { claim, emit } = this.#parts;
    const { resumeToken } = this.#checkpoint;
    return partWalk(transport(claim.plan.transport), claim.plan, description).with({
      ...(resumeToken !== undefined && { resumeFrom: resumeToken }),
      signal: this.#left.signal,
      events: {
        next: (event: WalkEvent) => {
          emit({ type: 'part-walk', ...this.#name, event });
        },
      },
    });
  }

  async #page(
    output: PartOutput,
    page: PagedResponse,
    rows: readonly unknown[],
    description: ExportDescription,
  ): Promise<void> {
    const { claim, store, emit } = this.#parts;
    const before = this.#checkpoint;
    await this.#drift(driftOnPage(claim.plan.range, page), description);
    await output.stage(rows);
    const after: PartCheckpoint = {
      rows: before.rows + rows.length,
      pages: before.pages + 1,
      bytes: output.bytes,
      resumeToken: page.resumeToken,
      own: output.own,
    };
    await this.#reach(() => store.commit(claim, after, writeOf(output, rows, before.rows)));
    this.#checkpoint = after;
    await output.committed();
    emit({ type: 'part-page', ...this.#name, ...this.#counts });
  }

  async #drift(message: string | undefined, { onDrift }: ExportDescription): Promise<void> {
    if (message === undefined || this.#hasDrifted) return;
    const { claim, store, emit } = this.#parts;
    if (onDrift !== 'report') throw new PaginationError('DRIFT', message);
    this.#hasDrifted = true;
    await this.#reach(() => store.note(claim, { code: 'DRIFT', message }));
    emit({ type: 'part-drift', ...this.#name, message });
  }

  async #fail(error: unknown): Promise<EndedExport | undefined> {
    const { claim, store, emit, retryDelay } = this.#parts;
    const tries = this.hasMoved ? 1 : claim.tries;
    const verdict = judgeError(error, tries, claim.maxTries, retryDelay);
    const { setAside, wait } = verdict;
    this.#hasFailed = verdict.counts;
    let ended: EndedExport | undefined;
    try {
      ended = await this.#reach(() => store.fail(claim, verdict));
    } catch (refusal) {
      if (!isPaginationError(refusal)) throw refusal;
      if (refusal.code === 'ABORTED') await this.#giveBack('refused');
      else this.#tellLeft('lease lost');
      return undefined;
    }
    const waitMs = setAside ? undefined : wait;
    emit({ type: 'part-failed', ...this.#name, error: verdict.error, tries, setAside, waitMs });
    return ended;
  }

  async #giveBack(reason: LeaveReason): Promise<void> {
    const { claim, store, reach } = this.#parts;
    const brief = AbortSignal.timeout(GIVE_BACK);
    const found = await reach(() => store.release(claim), brief).catch(() => 'lost' as const);
    if (found === 'lost') this.#tellLeft(reason === 'refused' ? 'lease lost' : reason);
    else this.#tellLeft(found === 'cancelled' ? 'cancelled' : 'worker stops');
  }

  #tellLeft(reason: PartLeft['reason']): void {
    const code = reason === 'lease lost' ? 'LEASE_LOST' : 'ABORTED';
    this.#parts.emit({ type: 'part-left', ...this.#name, reason, code });
  }

  #reach<R>(action: () => Promise<R>): Promise<R> {
    return this.#parts.reach(action, this.#left.signal);
  }

  get #name() {
    const { export: id, part, lease } = this.claim;
    return { export: id, part, lease };
  }

  get #counts() {
    const { rows, pages } = this.#checkpoint;
    return { rows, pages };
  }
}

/** What goes with the checkpoint of these rows. */
function writeOf(
  output: PartOutput,
  rows: readonly unknown[],
  before: number,
): Parameters<PartStore['commit']>[2] {
  if (rows.length === 0 || output.write === undefined) return undefined;
  const statement = output.statement?.(rows, before);
  if (statement !== undefined) return statement;
  return async (sql) => {
    await output.write?.(sql, rows, before);
  };
}

/** Milliseconds for giving a part back while the database cannot be reached; then its lease ends by itself. */
const GIVE_BACK = 2000;
