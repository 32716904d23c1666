import { PaginationError } from '../core/pagination-error';

/** Levels of arrays and objects. Documents in use have less than 60. */
export const MAX_DEPTH = 512;

/** How many times larger than itself a document may become where the parts it shares are written out (YAML aliases). */
const MAX_GROWTH = 100;
/** Nodes below which growth is no matter. */
const SMALL = 1_000_000;

/**
 * Refuses documents that cost more to walk through than their size says: nested too deep, or with parts shared so often that they
 * are large once written out. Takes time linear in the document itself.
 *
 * @throws PaginationError `SPEC_REJECTED`
 */
export function checkDocument(document: unknown): void {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const stack: Visit[] = [];
  const enter = (value: unknown): number | undefined => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) throw rejected('it holds itself');
    if (stack.length >= MAX_DEPTH) {
      throw rejected(`it is nested deeper than ${String(MAX_DEPTH)} levels`);
    }
    open.add(value);
    checkMerge(value);
    stack.push({ value, children: Object.values(value), next: 0, size: 1 });
    return undefined;
  };
  enter(document);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.next === top.children.length) {
      stack.pop();
      open.delete(top.value);
      sizes.set(top.value, top.size);
      const parent = stack.at(-1);
      if (parent !== undefined) parent.size += top.size;
      if (top.size > SMALL && top.size > MAX_GROWTH * sizes.size) {
        throw rejected('the parts it shares make it too large');
      }
    } else {
      top.size += enter(top.children[top.next++]) ?? 0;
    }
  }
}

interface Visit {
  readonly value: object;
  readonly children: readonly unknown[];
  next: number;
  size: number;
}

/** YAML 1.1 would copy the members of `<<` into the object, its prototype among them. */
function checkMerge(value: object): void {
  if (!Object.hasOwn(value, '<<')) return;
  const merged: unknown = Reflect.get(value, '<<');
  for (const one of Array.isArray(merged) ? (merged as readonly unknown[]) : [merged]) {
    if (typeof one === 'object' && one !== null && Object.hasOwn(one, '__proto__')) {
      throw rejected("a merge key brings '__proto__'");
    }
  }
}

export function rejected(reason: string): PaginationError {
  return new PaginationError('SPEC_REJECTED', `The document is refused: ${reason}`);
}
