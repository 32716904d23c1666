import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Characters gathered before they are handed on, in mid-page: little memory, however large a page is. */
export const PIECE = 1024 * 1024;
/** The same at the end of a page: few calls for small pages; text kept longer than its page costs the collector more. */
const PAGE_PIECE = 64 * 1024;

const compress = promisify(gzip);

/**
 * Gathers text into pieces. With gzip every piece is a member of its own (RFC 1952 section 2.2), so that the output can be
 * cut and gone on with between any two; readers take the members as one.
 */
export class TextOutput {
  readonly #write: (bytes: Buffer) => Promise<void>;
  readonly #gzip: boolean;
  #pending = '';

  constructor(write: (bytes: Buffer) => Promise<void>, gzip: boolean) {
    this.#write = write;
    this.#gzip = gzip;
  }

  /** Takes text; a promise only where something was handed on. */
  add(text: string): Promise<void> | undefined {
    this.#pending += text;
    return this.#pending.length >= PIECE ? this.flush() : undefined;
  }

  /** At the end of a page. Members of gzip are better large. */
  pageEnd(): Promise<void> | undefined {
    const isDue = this.#pending.length >= (this.#gzip ? PIECE : PAGE_PIECE);
    return isDue ? this.flush() : undefined;
  }

  /** Hands on what has been gathered. */
  async flush(): Promise<void> {
    if (this.#pending !== '') await this.#handOn();
  }

  /** The same for the last time. No text at all is still a member of gzip. */
  async finish({ isEmpty }: { readonly isEmpty: boolean }): Promise<void> {
    if (this.#pending !== '' || (isEmpty && this.#gzip)) await this.#handOn();
  }

  async #handOn(): Promise<void> {
    const bytes = Buffer.from(this.#pending, 'utf8');
    this.#pending = '';
    await this.#write(this.#gzip ? await compress(bytes) : bytes);
  }
}
