import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { root } from '../scripts/entries';

export type Mode = 'zone' | 'plain';

interface Told {
  readonly result?: unknown;
  readonly error?: string;
}

/** A process in which contestants do their jobs, one after another. */
export class ContestantProcess {
  static readonly #shared = new Map<Mode, ContestantProcess>();
  static readonly #all = new Set<ContestantProcess>();
  readonly #child: ChildProcess;
  #last: Promise<unknown> = Promise.resolve();

  constructor(mode: Mode) {
    this.#child = fork(join(root, 'bench', 'peers', 'speed', 'run.mjs'), [mode], {
      execArgv: ['--expose-gc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    ContestantProcess.#all.add(this);
  }

  /** One for all, where nothing is measured: most of the time goes into starting them. */
  static shared(mode: Mode): ContestantProcess {
    const host = ContestantProcess.#shared.get(mode) ?? new ContestantProcess(mode);
    ContestantProcess.#shared.set(mode, host);
    return host;
  }

  static stopAll(): void {
    for (const host of ContestantProcess.#all) host.stop();
  }

  do(job: { readonly file: string }): Promise<unknown> {
    const told = this.#last.then(async () => {
      const reply = this.#reply();
      this.#child.send(job);
      const { result, error } = await reply;
      if (result === undefined) throw new Error(`${job.file}: ${error ?? 'its process ended'}`);
      return result;
    });
    this.#last = told.catch(() => undefined);
    return told;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  async #reply(): Promise<Told> {
    const over = new AbortController();
    const { signal } = over;
    try {
      const gone = once(this.#child, 'exit', { signal }).then(() => [{}]);
      const message = once(this.#child, 'message', { signal });
      const [told] = (await Promise.race([message, gone])) as [Told];
      return told;
    } finally {
      over.abort();
    }
  }
}
