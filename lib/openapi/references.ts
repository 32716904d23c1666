import { resolvePointer } from '../protocol/json-pointer';
import { member, textOf } from './json-view';

/** A node and the file it stands in, from which its references count; `''` is the document itself. */
export interface Located {
  readonly file: string;
  readonly value: unknown;
}

/** Gives the parsed content of another file of the document, or `undefined` where there is none or it is not allowed. */
export type FileReader = (path: string) => unknown;

/** Where a reference leads: a file, and the path of names within it. */
export interface Target {
  readonly file: string;
  readonly tokens: readonly string[];
}

/** References in a chain; a longer one is a cycle or meant to tire. */
const LONGEST_CHAIN = 64;

const SCHEME = /^[a-z][a-z\d+.-]*:|^\/\//i;

/** Follows the references of a document, one step at a time and only where somebody looks (RFC 3986, RFC 6901). */
export class References {
  readonly #read: FileReader;
  readonly #contents = new Map<string, unknown>();

  constructor(document: unknown, read: FileReader = () => undefined) {
    this.#read = read;
    this.#contents.set('', document);
  }

  /** The node that `node` stands for; `undefined` where its references lead nowhere or in a circle. */
  follow(node: Located): Located | undefined {
    let found: Located | undefined = node;
    for (let steps = 0; found !== undefined && steps < LONGEST_CHAIN; steps++) {
      const reference = referenceOf(found);
      if (reference === undefined) return found;
      found = this.at(targetOf(reference, found.file));
    }
    return undefined;
  }

  /** What stands at a target. */
  at(target: Target | undefined): Located | undefined {
    if (target === undefined) return undefined;
    const { file, tokens } = target;
    if (!this.#contents.has(file)) this.#contents.set(file, this.#read(file));
    const found = resolvePointer(this.#contents.get(file), tokens);
    return found.found && found.value !== undefined ? { file, value: found.value } : undefined;
  }

  /** A member of a node, its own references followed. */
  child(node: Located | undefined, name: string): Located | undefined {
    const value = member(node?.value, name);
    return node === undefined || value === undefined
      ? undefined
      : this.follow({ file: node.file, value });
  }
}

/** The text of a node's `$ref`. */
export function referenceOf({ value }: Located): string | undefined {
  return textOf(value, '$ref');
}

/** The target of a reference that stands in `file`; `undefined` for a fragment that is no JSON pointer. */
export function targetOf(reference: string, file: string): Target | undefined {
  const mark = reference.indexOf('#');
  const address = mark < 0 ? reference : reference.slice(0, mark);
  const tokens = tokensOf(mark < 0 ? '' : reference.slice(mark + 1));
  return tokens && { file: address === '' ? file : joinPath(file, address), tokens };
}

function tokensOf(fragment: string): readonly string[] | undefined {
  if (fragment === '') return [];
  if (!fragment.startsWith('/')) return undefined;
  try {
    const parts = decodeURIComponent(fragment).slice(1).split('/');
    return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

/** A path relative to the folder of the document; one that leads out of it begins with `..`. */
function joinPath(file: string, address: string): string {
  if (SCHEME.test(address)) return address;
  if (SCHEME.test(file)) return new URL(address, file).href;
  const folder = file.split('/').slice(0, -1);
  const joined: string[] = [];
  for (const part of address.startsWith('/') ? [address] : [...folder, ...address.split('/')]) {
    if (part === '..' && joined.length > 0 && joined.at(-1) !== '..') joined.pop();
    else if (part !== '.' && part !== '') joined.push(part);
  }
  return joined.join('/');
}
