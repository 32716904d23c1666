import { hashText } from '../protocol/hash';

/** Types that the written code uses, and must not hide. */
const USED_TYPES = new Set(
  'Record Omit Pick Extract Exclude Partial Required Readonly Array WithRequired'.split(' '),
);
/** A class has one already; and what has a `then` is taken for a promise. */
const USED_MEMBERS = new Set(['constructor', 'then']);
/** Longer names are cut, and told apart by their hash. */
const LONGEST = 120;

/** Letters and digits of ASCII only: an identifier must be the same to every tool and reader. */
function words(text: string): readonly string[] {
  return text
    .slice(0, LONGEST)
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
  return identifier(name === '' ? 'Unnamed' : name, USED_TYPES);
}

/** `userList` of `user-list`. */
export function memberName(text: string): string {
  const [first = 'unnamed', ...rest] = words(text);
  // An abbreviation at the beginning goes down as a whole: `APIKeys` is `apiKeys`.
  return identifier(
    first.toLowerCase() + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    USED_MEMBERS,
  );
}

function identifier(name: string, taken: ReadonlySet<string>): string {
  if (/^\d/.test(name)) return `_${name}`;
  return taken.has(name) ? `${name}_` : name;
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
