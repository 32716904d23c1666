/** How a name of several words joins them. */
type Spelling = 'kebab' | 'snake' | 'pascal' | 'camel';

function spellingOf(name: string): Spelling | undefined {
  if (/[a-z]-[a-z]/i.test(name)) return 'kebab';
  if (/[a-z]_[a-z]/i.test(name)) return 'snake';
  if (/^[A-Z]/.test(name)) return 'pascal';
  return /[a-z][A-Z]/.test(name) ? 'camel' : undefined;
}

/** Whether a name is written as these are, as far as they tell: what a token is sent as follows the other parameters. */
export function isSpelledLike(name: string, others: readonly string[]): boolean {
  const own = spellingOf(name);
  const known = others.map(spellingOf).filter((spelling) => spelling !== undefined);
  // One word is the same in all spellings but that which begins with a capital.
  if (own === undefined) return !known.includes('pascal');
  return known.every((spelling) => spelling === own);
}
