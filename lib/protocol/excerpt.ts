// Controls (C0, C1), format characters (among them the marks that reverse the reading direction), line and paragraph separators,
// lone surrogates: what could act on a terminal or hide in a log.
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** The beginning of a text fit to be shown: at most `max` characters, what is not printable written as `\u{…}`. */
export function excerpt(text: string, max = 200): string {
  let shown = '';
  for (const char of text) {
    const next = UNSHOWABLE.test(char) ? escaped(char) : char;
    if (shown.length + next.length > max) break;
    shown += next;
  }
  return shown;
}

function escaped(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
