import { mix } from './hash';

const { imul } = Math;

/** What a value is, so that no two kinds of it are alike. */
const TEXT = 1;
const WHOLE = 2;
const ARRAY = 3;
const OBJECT = 4;
const END = 5;
const OTHER = 6;

const DEEPEST = 100;

const LONG_TEXT = 64;
/** Characters read at once; each may be three bytes. */
const PIECE = 4096;

interface Scratch {
  readonly encoder: TextEncoder;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

let scratch: Scratch | undefined;

function makeScratch(): Scratch {
  const bytes = new Uint8Array(3 * PIECE + 8);
  return { encoder: new TextEncoder(), bytes, words: new Int32Array(bytes.buffer) };
}

/**
 * A 64-bit hash of plain JSON values in 4 characters, to keep many; `undefined` for all else (class instances, `toJSON`, bigint,
 * values that hold themselves). It reads each character once and writes no text, which costs a third of what hashing
 * the JSON text does. Like `hashText` it withstands accidents, not intent, and it is not the hash that tokens hold.
 */
export function hashContent(value: string): string;
export function hashContent(value: unknown): string | undefined;
export function hashContent(value: unknown): string | undefined {
  const hash = new ContentHash();
  return hash.add(value, 0) ? hash.packed() : undefined;
}

class ContentHash {
  #a = 0x9e3779b9 | 0;
  #b = 0x85ebca6b | 0;

  /** Says whether the value is one that can be told apart so. */
  add(value: unknown, depth: number): boolean {
    switch (typeof value) {
      case 'string':
        this.#mix(TEXT, value.length);
        this.#addText(value);
        return true;
      case 'number':
        if (Number.isSafeInteger(value))
          this.#mix(WHOLE ^ (Math.floor(value / 2 ** 32) << 3), value);
        else this.#addOther(value);
        return true;
      case 'boolean':
      case 'undefined':
        this.#addOther(value);
        return true;
      case 'object':
        if (value !== null) return depth < DEEPEST && this.#addObject(value, depth);
        this.#addOther(value);
        return true;
      case 'bigint':
      case 'function':
      case 'symbol':
        return false;
    }
  }

  packed(): string {
    const a = mix(this.#a ^ imul(this.#b, 0xc2b2ae3d));
    const b = mix(this.#b ^ imul(a, 0x27d4eb2f));
    return String.fromCharCode(a >>> 16, a & 0xffff, b >>> 16, b & 0xffff);
  }

  #addOther(value: unknown): void {
    const text = String(value);
    this.#mix(OTHER, text.length);
    this.#addText(text);
  }

  #addObject(value: object, depth: number): boolean {
    if (Array.isArray(value)) {
      this.#mix(ARRAY, value.length);
      for (const item of value as readonly unknown[]) if (!this.add(item, depth + 1)) return false;
      return true;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) return false;
    this.#mix(OBJECT, 0);
    // Without a list of entries; what was put on Object.prototype is the same for all.
    for (const name in value) {
      this.#mix(TEXT, name.length);
      this.#addText(name);
      if (!this.add((value as Readonly<Record<string, unknown>>)[name], depth + 1)) return false;
    }
    this.#mix(END, 0);
    return true;
  }

  #addText(text: string): void {
    if (text.length < LONG_TEXT) this.#addCodes(text);
    else for (let at = 0; at < text.length; at += PIECE) this.#addPiece(text.slice(at, at + PIECE));
  }

  /** Plain ASCII, as most long text is, is read by the word: faster than character by character by a third. */
  #addPiece(text: string): void {
    scratch ??= makeScratch();
    const { encoder, bytes, words } = scratch;
    const { length } = text;
    if (encoder.encodeInto(text, bytes).written !== length) {
      this.#addCodes(text);
      return;
    }
    let a = this.#a;
    let b = this.#b;
    bytes.fill(0, length, length + 8); // of the text before
    const count = (length + 3) >> 2;
    for (let at = 0; at < count; at += 2) {
      a = imul(a ^ (words[at] ?? 0), 0x9e3779b1);
      b = imul(b ^ (words[at + 1] ?? 0), 0x85ebca77);
      a = (a ^ (a >>> 15)) + b;
      b ^= (b >>> 13) ^ (a << 7);
    }
    this.#a = a | 0;
    this.#b = b | 0;
  }

  #addCodes(text: string): void {
    let a = this.#a;
    let b = this.#b;
    const { length } = text;
    const whole = length - (length % 4);
    let at = 0;
    for (; at < whole; at += 4) {
      // Each step is a permutation of all 64 bits, so that no single difference is ever lost.
      a = imul(a ^ (text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16)), 0x9e3779b1);
      b = imul(b ^ (text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16)), 0x85ebca77);
      a = (a ^ (a >>> 15)) + b;
      b ^= (b >>> 13) ^ (a << 7);
    }
    for (; at < length; at++) {
      a = imul(a ^ text.charCodeAt(at), 0x9e3779b1);
      a = (a ^ (a >>> 15)) + b;
      b = imul(b ^ a, 0x85ebca77);
    }
    this.#a = a | 0;
    this.#b = b | 0;
  }

  #mix(left: number, right: number): void {
    const a = imul(this.#a ^ left, 0x9e3779b1);
    const b = imul(this.#b ^ right, 0x85ebca77);
    this.#a = ((a ^ (a >>> 15)) + b) | 0;
    this.#b = b ^ (b >>> 13) ^ (this.#a << 7);
  }
}
