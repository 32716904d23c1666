import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';

import { PaginationError } from '../core/pagination-error';
import { parseDocument } from '../openapi/parse-document';
import { UsageMistake } from './usage-mistake';
import { visibleText } from './visible-text';

/** Bytes of a document; the largest in use have some 20 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Milliseconds for a file from an allowed server. */
const TIMEOUT = 30_000;
/** References from file to file that are followed one after another over the network. */
const MAX_ROUNDS = 20;

const URL_LIKE = /^[a-z][a-z\d+.-]*:|^\/\//i;

/**
 * A document and the files it refers to. These must lie in its folder, links of the file system followed; nothing is asked of
 * servers but those that are allowed.
 */
export class DocumentFiles {
  readonly document: unknown;
  readonly #root: string;
  readonly #allowed: readonly string[];
  readonly #fetched = new Map<string, unknown>();
  readonly #missing = new Set<string>();

  /** @throws UsageMistake for a file that cannot be read; PaginationError `SPEC_REJECTED` for a document that is refused */
  constructor(path: string, allowedOrigins: readonly string[] = []) {
    this.#allowed = allowedOrigins.map(originOf);
    this.document = parsedFile(path);
    this.#root = realpathSync(dirname(path));
  }

  /** Gives what another file holds; `undefined` where there is none. @throws PaginationError `SPEC_REJECTED` */
  readonly read = (path: string): unknown => {
    if (URL_LIKE.test(path)) return this.#remote(path);
    if (isAbsolute(path) || path.split(/[\\/]/).includes('..') || path.includes('\0')) {
      throw refused(path, 'leads out of the folder of the document');
    }
    const file = join(this.#root, path);
    let real: string;
    try {
      real = realpathSync(file);
    } catch {
      return undefined;
    }
    if (!real.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep)) {
      throw refused(path, 'leads out of the folder of the document');
    }
    return statSync(real).isFile() ? parsedFile(real) : undefined;
  };

  /** Does the work, and again when what it asked for and is allowed has been fetched. */
  async complete<R>(work: () => R | Promise<R>): Promise<R> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const result = await work();
      if (this.#missing.size === 0) return result;
      const urls = [...this.#missing];
      this.#missing.clear();
      for (const url of urls) this.#fetched.set(url, await fetched(url));
    }
    throw refused('', 'is one of too many that follow each other over the network');
  }

  #remote(url: string): unknown {
    const origin = URL.canParse(url) ? new URL(url).origin : undefined;
    if (origin === undefined || !this.#allowed.includes(origin)) {
      throw refused(url, 'leads to a server that is not allowed; --allow-origin allows one');
    }
    if (!this.#fetched.has(url)) this.#missing.add(url);
    return this.#fetched.get(url);
  }
}

/** The content of a JSON or YAML file named by the user. */
export function parsedFile(path: string): unknown {
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) throw refused(path, 'is larger than 64 MiB');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof PaginationError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageMistake(`the file ${path} cannot be read (${code})`);
  }
  return parseDocument(text);
}

/** Without credentials, and not to where it is redirected. */
async function fetched(url: string): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const response = await fetch(url, { redirect: 'error', credentials: 'omit', signal });
    if (!response.ok) throw refused(url, `was answered with status ${String(response.status)}`);
    if (Number(response.headers.get('content-length')) > MAX_BYTES)
      throw refused(url, 'is too large');
    return parseDocument(await response.text());
  } catch (error) {
    if (error instanceof PaginationError) throw error;
    throw refused(url, 'cannot be fetched');
  }
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.origin;
  throw new UsageMistake('--allow-origin: expected an origin such as https://api.example');
}

function refused(reference: string, reason: string): PaginationError {
  return new PaginationError(
    'SPEC_REJECTED',
    `The document is refused: the reference ${visibleText(JSON.stringify(reference), 200)} ${reason}`,
  );
}
