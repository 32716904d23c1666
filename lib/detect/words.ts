/** Longer names say nothing more. */
const LONGEST_NAME = 80;

/** Words of paging: a name in small letters only falls apart where all of it is made of these, e.g. `pagesize`. */
const PARTS = [
  ...['continuation', 'bookmark', 'previous', 'results', 'records', 'entries', 'cursor', 'number'],
  ...['offset', 'marker', 'result', 'items', 'total', 'count', 'index', 'limit', 'start', 'pages'],
  ...['token', 'first', 'after', 'page', 'next', 'last', 'size', 'link', 'more', 'skip', 'info'],
  ...['item', 'prev', 'rows', 'href', 'has', 'max', 'num', 'per', 'url', 'uri', 'key', 'no', 'is'],
];

/**
 * The words of a name in lower case: `nextPageToken`, `next-page-token`, `page[size]`, `@odata.nextLink` and `pagesize` fall
 * apart where a reader sees a new word.
 */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
    .flatMap(partsOf);
}

/** One form of a word for singular and plural. */
export function stemOf(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** How the words of a name are joined. */
export type Spelling = 'snake' | 'kebab' | 'camel' | 'pascal';

/** The spelling of a name of several words; `undefined` where it shows none. */
export function spellingOf(name: string): Spelling | undefined {
  if (/[a-z\d]_[a-z\d]/i.test(name)) return 'snake';
  if (/[a-z\d]-[a-z\d]/i.test(name)) return 'kebab';
  if (/^[a-z]+[\da-z]*[A-Z]/.test(name)) return 'camel';
  return /^[A-Z][a-z]/.test(name) ? 'pascal' : undefined;
}

/** A name of these words in a spelling. */
export function spelled(words: readonly string[], spelling: Spelling): string {
  if (spelling === 'snake') return words.join('_');
  if (spelling === 'kebab') return words.join('-');
  return words
    .map((word, place) =>
      place === 0 && spelling === 'camel' ? word : word.slice(0, 1).toUpperCase() + word.slice(1),
    )
    .join('');
}

function partsOf(word: string): readonly string[] {
  const parts: string[] = [];
  let rest = word;
  while (rest !== '') {
    const part = PARTS.find((one) => rest.startsWith(one));
    if (part === undefined) return [word];
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}
