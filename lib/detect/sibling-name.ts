import type { RequestSlot } from './request-slot';
import type { RequestView } from './request-view';
import { spelled, spellingOf } from './words';
import type { Spelling } from './words';

/** How the request spells its parameters of several words; `undefined` where it has none. */
export function requestSpelling({ slots }: RequestView): Spelling | undefined {
  for (const { name } of slots) {
    const spelling = spellingOf(name.replace(/^[$_@]+/, ''));
    if (spelling !== undefined) return spelling;
  }
  return undefined;
}

/**
 * A name in the style of the request: spelled like its other parameters, and with the sign or object before it that the page size
 * has: `$limit` goes with `$skip`, `page[size]` with `page[number]`, `pagination.limit` with `pagination.key`.
 */
export function siblingName(
  view: RequestView,
  words: readonly string[],
  own: string,
  { withSign = true } = {},
): string {
  const bare = own.replace(/^[$_@]+/, '');
  const requested = requestSpelling(view);
  const [word = bare] = words;
  // A word alone keeps its capital only where both sides write capitals.
  const alone = requested === 'kebab' || !/^[A-Z]/.test(bare) ? word : bare;
  const spelling = requested ?? spellingOf(own);
  const several = spelling === undefined ? bare : spelled(words, spelling);
  const name = words.length === 1 ? alone : several;
  return inStyleOf(view.size, name, withSign);
}

function inStyleOf(size: RequestSlot | undefined, name: string, withSign: boolean): string {
  if (size === undefined || size.place !== 'params') return name;
  const sign = /^[$_@]+/.exec(size.name)?.[0];
  if (sign !== undefined && withSign) return sign + name;
  const bracket = /^([^[\]]+)\[[^[\]]+\]$/.exec(size.name)?.[1];
  if (bracket !== undefined) return `${bracket}[${name === bracket ? 'number' : name}]`;
  const dotted = /^([\w-]+)\.[\w-]+$/.exec(size.name)?.[1];
  return dotted === undefined ? name : `${dotted}.${name}`;
}

/** Whether the page size stands in an object that is named after paging: `pagination.limit`, `page[limit]`. */
export function isInContainer({ size }: RequestView): boolean {
  return size !== undefined && /^[\w-]+(?:\.|\[)[\w-]+\]?$/.test(size.name);
}
