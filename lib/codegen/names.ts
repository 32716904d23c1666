import { hashText } from '../protocol/hash';

/** Words that no declaration can be named (ECMAScript, strict mode, and TypeScript's own types). */
const RESERVED = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if ' +
    'import in instanceof new null return super switch this throw true try typeof var void while with yield let static ' +
    'implements interface package private protected public await async eval arguments undefined NaN Infinity any unknown ' +
    'never object string number boolean symbol bigint void constructor prototype then ' +
    'Record Omit Pick Extract Exclude Partial Required Readonly Array WithRequired'
  ).split(' '),
);

/** Letters and digits of ASCII only: an identifier must be the same to every tool and reader. */
function words(text: string): readonly string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '');
}

/** `UserList` of `user-list`. */
export function typeName(text: string): string {
  const name = words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return identifier(name === '' ? 'Unnamed' : name);
}

/** `userList` of `user-list`. */
export function memberName(text: string): string {
  const [first = 'unnamed', ...rest] = words(text);
  // An abbreviation at the beginning goes down as a whole: `APIKeys` is `apiKeys`.
  return identifier(
    first.toLowerCase() + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
  );
}

function identifier(name: string): string {
  if (/^\d/.test(name)) return `_${name}`;
  return RESERVED.has(name) ? `${name}_` : name;
}

/** Something to be named: its key tells it apart for good, whatever stands around it. */
export interface ToName {
  readonly key: string;
  /** What its name is made of. */
  readonly wanted: string;
}

/**
 * A name for each key. Where several want the same, all have a hash of their key appended but the one that wants it to the letter: names
 * stay when the document is reordered.
 */
export function uniqueNames(
  all: readonly ToName[],
  make: (wanted: string) => string,
): ReadonlyMap<string, string> {
  const wanting = new Map<string, ToName[]>();
  for (const one of all) {
    const name = make(one.wanted);
    const others = wanting.get(name.toLowerCase());
    if (others === undefined) wanting.set(name.toLowerCase(), [one]);
    else others.push(one);
  }
  const names = new Map<string, string>();
  for (const group of wanting.values()) {
    const exact = group.filter(({ wanted }) => make(wanted) === wanted);
    for (const one of group) {
      const keeps = group.length === 1 || (exact.length === 1 && exact[0] === one);
      const name = make(one.wanted);
      names.set(one.key, keeps ? name : `${name}_${hashText(one.key).slice(0, 8)}`);
    }
  }
  return names;
}
