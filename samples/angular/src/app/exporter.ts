import { computed, inject, Injectable, signal } from '@angular/core';
import { isPaginationError } from 'paged-observable';
import type { Subscription } from 'rxjs';

import { openExportFile, type ExportFile } from './export-file';
import { Issues, type IssueQuery } from './issues';

export type ExportStatus = 'running' | 'stopped' | 'failed' | 'saved';

export interface ExportState {
  readonly status: ExportStatus;
  readonly rows: number;
  readonly total: number | undefined;
  readonly bytes: number;
  /** Whether rows go straight to the disk. */
  readonly isStreamed: boolean;
  readonly problem?: string | undefined;
}

const NOT_WRITTEN = 'The file could not be written.';

/** One export at a time, of all issues of a query, as lines of JSON. */
@Injectable({ providedIn: 'root' })
export class Exporter {
  readonly #issues = inject(Issues);
  readonly #state = signal<ExportState | undefined>(undefined);
  readonly state = this.#state.asReadonly();
  readonly isRunning = computed(() => this.#state()?.status === 'running');
  #query: IssueQuery | undefined;
  #file: ExportFile | undefined;
  #walk: Subscription | undefined;
  #resumeFrom: string | undefined;

  async start(query: IssueQuery): Promise<void> {
    if (this.isRunning()) return;
    await this.dismiss();
    const file = await openExportFile('issues.ndjson');
    if (file === undefined) return; // no file was chosen
    this.#file = file;
    this.#query = query;
    this.#resumeFrom = undefined;
    this.#state.set({
      status: 'running',
      rows: 0,
      total: undefined,
      bytes: 0,
      isStreamed: file.isStreamed,
    });
    this.#run(file, query);
  }

  /** After a failure: goes on behind the last row that was written. */
  goOn(): void {
    if (this.#file === undefined || this.#query === undefined) return;
    this.#change({ status: 'running' });
    this.#run(this.#file, this.#query);
  }

  /** Aborts the request in flight; the file is left as it was before. */
  async stop(): Promise<void> {
    this.#walk?.unsubscribe();
    const file = this.#file;
    this.#file = undefined;
    this.#change({ status: 'stopped' });
    await file?.discard();
  }

  async dismiss(): Promise<void> {
    if (this.#file !== undefined) await this.stop();
    this.#state.set(undefined);
  }

  #run(file: ExportFile, query: IssueQuery): void {
    const paged = this.#issues.list(query).with({ prefetch: 1, resumeFrom: this.#resumeFrom });
    // consume() asks for no further page while one is being written.
    const written = paged.pages().consume(async ({ items, totalCount, resumeToken }) => {
      const bytes = await file.write(items.map((issue) => `${JSON.stringify(issue)}\n`).join(''));
      this.#change((state) => ({
        rows: state.rows + items.length,
        total: totalCount,
        bytes: state.bytes + bytes,
      }));
      this.#resumeFrom = resumeToken; // behind what is written, whatever fails next
    });
    this.#walk = written.subscribe({
      error: (error: unknown) => {
        this.#fail(isPaginationError(error) ? problemText(error) : NOT_WRITTEN);
      },
      complete: () => {
        void this.#save(file);
      },
    });
  }

  async #save(file: ExportFile): Promise<void> {
    try {
      await file.save();
    } catch {
      this.#fail(NOT_WRITTEN);
      return;
    }
    this.#file = undefined;
    this.#change({ status: 'saved' });
  }

  #fail(problem: string): void {
    this.#change({ status: 'failed', problem });
  }

  #change(change: Partial<ExportState> | ((state: ExportState) => Partial<ExportState>)): void {
    this.#state.update((state) => {
      if (state === undefined) return state;
      const changed = typeof change === 'function' ? change(state) : change;
      return { ...state, problem: undefined, ...changed };
    });
  }
}

/** An error as a sentence for people. */
export function problemText(error: unknown): string {
  if (!isPaginationError(error)) return 'Something went wrong in this page.';
  const last = error.history.at(-1);
  const status = error.status ?? last?.status;
  if (status !== undefined) {
    return `${error.problem?.detail ?? 'The server could not answer'} (status ${String(status)}).`;
  }
  if (error.code === 'NETWORK' || last?.code === 'NETWORK') return 'The server cannot be reached.';
  if (error.code === 'TIMEOUT' || last?.code === 'TIMEOUT') return 'The server takes too long.';
  return `The list cannot be read (${error.code}).`;
}
