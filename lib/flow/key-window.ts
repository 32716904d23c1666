import { hashText, packHash } from '../protocol/hash';

/** Keys of the items handed on last; the oldest make room, in at most 100 bytes a key. */
export class KeyWindow {
  readonly #keys = new Set<string>();
  /** In the order they came: the first of a Set is the slower to find the more were taken from it. */
  readonly #ring: string[] = [];
  readonly #limit: number;
  #oldest = 0;
  #hasForgotten = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether some keys had to make room. */
  get hasForgotten(): boolean {
    return this.#hasForgotten;
  }

  get isEmpty(): boolean {
    return this.#keys.size === 0;
  }

  has(key: string): boolean {
    return this.#keys.has(packHash(hashText(key)));
  }

  add(key: string): void {
    this.addHash(hashText(key));
  }

  addHash(text: string): void {
    const hash = packHash(text);
    if (this.#keys.has(hash)) return;
    this.#keys.add(hash);
    if (this.#ring.length < this.#limit) {
      this.#ring.push(hash);
      return;
    }
    const oldest = this.#ring[this.#oldest];
    if (oldest !== undefined && this.#keys.delete(oldest)) this.#hasForgotten = true;
    this.#ring[this.#oldest] = hash;
    this.#oldest = (this.#oldest + 1) % this.#limit;
  }

  /** Items that were read and not handed on will come again. */
  delete(key: string): void {
    this.#keys.delete(packHash(hashText(key)));
  }
}
