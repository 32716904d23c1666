import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Bytes gathered before they are handed on, in mid-page: little memory, however large a page is. */
const PIECE = 1024 * 1024;
/** The same at the end of a page: few calls for small pages. */
const PAGE_PIECE = 64 * 1024;
/** Most bytes of a character of text (a UTF-16 unit) in UTF-8. */
const WIDEST = 3;

const compress = promisify(gzip);

/** How text is handed on. */
export interface TextOutputStyle {
  /**
   * Compresses. Every piece is a member of gzip of its own (RFC 1952 section 2.2), so that the output can be cut and gone on
   * with between any two; readers take the members as one.
   */
  readonly gzip: boolean;
  /** Whoever is handed bytes may keep them after his promise has resolved, as streams do. */
  readonly kept: boolean;
}

/**
 * Gathers text into pieces of UTF-8. One buffer is written into again and again: a string or a buffer for each page would
 * cost more than all else that is done with its text.
 */
export class TextOutput {
  readonly #write: (bytes: Buffer) => Promise<void>;
  readonly #style: TextOutputStyle;
  #buffer: Buffer | undefined;
  #length = 0;

  constructor(write: (bytes: Buffer) => Promise<void>, style: TextOutputStyle) {
    this.#write = write;
    this.#style = style;
  }

  /** Takes text; a promise only where something was handed on. */
  add(text: string): Promise<void> | undefined {
    if (text.length * WIDEST > PIECE) return this.#addLong(text);
    if (text.length * WIDEST > PIECE - this.#length) return this.#addAfter(text);
    this.#put(text);
    return undefined;
  }

  /** At the end of a page. Members of gzip are better large. */
  pageEnd(): Promise<void> | undefined {
    return !this.#style.gzip && this.#length >= PAGE_PIECE ? this.flush() : undefined;
  }

  /** Hands on what has been gathered. */
  async flush(): Promise<void> {
    if (this.#length > 0) await this.#handOn();
  }

  /** The same for the last time. No text at all is still a member of gzip. */
  async finish({ isEmpty }: { readonly isEmpty: boolean }): Promise<void> {
    if (this.#length > 0 || (isEmpty && this.#style.gzip)) await this.#handOn();
  }

  #put(text: string): void {
    this.#buffer ??= Buffer.allocUnsafeSlow(PIECE);
    this.#length += this.#buffer.write(text, this.#length, 'utf8');
  }

  async #addAfter(text: string): Promise<void> {
    await this.#handOn();
    this.#put(text);
  }

  /** A row that may be longer than the buffer. */
  async #addLong(text: string): Promise<void> {
    await this.flush();
    await this.#send(Buffer.from(text, 'utf8'));
  }

  async #handOn(): Promise<void> {
    const bytes = this.#buffer?.subarray(0, this.#length) ?? Buffer.alloc(0);
    this.#length = 0;
    await this.#send(this.#style.kept && !this.#style.gzip ? Buffer.from(bytes) : bytes);
  }

  async #send(bytes: Buffer): Promise<void> {
    await this.#write(this.#style.gzip ? await compress(bytes) : bytes);
  }
}
