/** Longer descriptions are cut: a comment is no manual. */
const LONGEST = 1_000;

/**
 * Text of a document fit for a comment in code: it cannot end the comment, act on a compiler or tool (`@ts-ignore`, `@jsx`), or on a
 * terminal.
 */
export function commentText(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return cut
    .replace(/\r\n?|[\u2028\u2029\v\f\u0085]/g, '\n')
    .replace(/[^\n\P{C}]/gu, ' ')
    .replace(/\*\//g, '*\\/')
    .replace(/\/\*/g, '/\\*')
    .replace(/@(?=[A-Za-z])/g, '\\@')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same in one line. */
export function lineText(text: string, max = 200): string {
  const line = commentText(text).replace(/\s+/g, ' ');
  return line.length > max ? `${line.slice(0, max)}…` : line;
}
