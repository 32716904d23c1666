/**
 * What terminals show in two columns: East Asian wide characters (UAX #11) and emoji; also where some show one, for a line
 * that is too short does no harm, and one that is too long breaks what is drawn over it.
 */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** What stands over the character before it. */
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns of a terminal that a text takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The beginning of a text that takes no more columns. */
export function cutToWidth(text: string, width: number): string {
  let [end, taken] = [0, 0];
  for (const character of text) {
    taken += characterWidth(character);
    if (taken > width) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

function characterWidth(character: string): number {
  // Nearly all are.
  if (character < '\u0300') return 1;
  if (NONE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
