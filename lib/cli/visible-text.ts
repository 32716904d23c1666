import { excerpt } from '../protocol/excerpt';

/** Text of a server fit for a terminal: in one line, what could act on the terminal written as `\u{…}`. */
export function visibleText(text: string, max = 2000): string {
  return excerpt(text, max);
}

/** A message with its line ends, also those escaped already, as blanks. Names keep theirs: they tell one from another. */
export function asOneLine(message: string): string {
  return message.replace(/(?:\\u\{[9ad]\}|\s)+/g, ' ').trim();
}

/** The beginning of a text that may be long. */
export function shortText(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** A message fit for a terminal: {@link asOneLine}, then {@link visibleText}. */
export function messageText(message: string, max?: number): string {
  return visibleText(asOneLine(message), max);
}

/** Text fit for a terminal in at most `width` characters; a longer text loses its middle, for its ends tell it from others. */
export function fitText(text: string, width: number): string {
  // Cut roughly first, so that a huge text costs nothing.
  const ends = text.length > 4 * width ? text.slice(0, width) + text.slice(-2 * width) : text;
  const shown = Array.from(visibleText(ends, 100 * width));
  if (shown.length <= width) return shown.join('');
  const head = Math.floor((width - 1) / 2);
  const tail = width - 1 - head;
  return `${shown.slice(0, head).join('')}…${shown.slice(-tail).join('')}`;
}
