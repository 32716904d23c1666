import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { labAuthority } from '../../spec/support/lab-certificates';
import { root } from '../entries';

import type { PeerClient, PeerWalk } from './judge-peer';
import type { PeerFlavour } from './peer-lists';

/** What a client says of itself. */
export interface PeerFacts {
  readonly name: string;
  /** Its packages with their versions. */
  readonly versions: readonly string[];
  /** The kinds of list it can walk, the usual one first. */
  readonly flavours: readonly PeerFlavour[];
}

/** A client in a process of its own, which is ended and started anew where it finds no end. */
export class PeerProcess {
  readonly #file: string;
  #child: ChildProcess | undefined;

  /** @param file name of its module in bench/peers/clients */
  constructor(file: string) {
    this.#file = file;
  }

  async facts(): Promise<PeerFacts> {
    const [, facts] = await this.#start();
    return facts;
  }

  readonly walk: PeerClient = async (list, signal) => {
    const child = this.#child ?? (await this.#start())[0];
    const over = new AbortController();
    const stop = () => {
      this.stop();
    };
    signal.addEventListener('abort', stop);
    try {
      const told = once(child, 'message', { signal: over.signal });
      const gone = once(child, 'exit', { signal: over.signal });
      child.send(list);
      const [walked] = (await Promise.race([told, gone.then(() => [undefined])])) as [PeerWalk?];
      if (walked !== undefined) return walked;
      if (this.#child === child) this.#child = undefined;
      // Ended by us, or a crash, which no caller could have caught.
      return { items: [undefined], error: 'the process ended' };
    } finally {
      over.abort();
      signal.removeEventListener('abort', stop);
    }
  };

  stop(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #start(): Promise<[ChildProcess, PeerFacts]> {
    const child = fork(join(root, 'bench', 'peers', 'walk.mjs'), [this.#file], {
      execArgv: [],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: authorityFile(), NODE_OPTIONS: '' },
    });
    this.#child = child;
    const [facts] = (await once(child, 'message')) as [PeerFacts];
    return [child, facts];
  }
}

let authority: string | undefined;

/** Written once: a process that starts meanwhile would find it empty. */
function authorityFile(): string {
  if (authority === undefined) {
    mkdirSync(join(root, 'temp'), { recursive: true });
    authority = join(mkdtempSync(join(root, 'temp', 'peers-')), 'authority.pem');
    writeFileSync(authority, labAuthority);
  }
  return authority;
}
