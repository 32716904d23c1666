import { jsonText } from './json-text';

/** Text that spreadsheets take for a formula, and text that already has the apostrophe which keeps them from it. */
const FORMULA = /^'*[=+\-@\t\r]/;
const BLANK = /\s/;

/** What may stand between cells: nothing that a number, a date or a word can hold. */
export const CSV_DELIMITERS = [',', ';', '\t', '|'] as const;

/** How cells are written. */
export interface CsvStyle {
  readonly delimiter: (typeof CSV_DELIMITERS)[number];
  /** Writes an apostrophe before text that a spreadsheet would take for a formula. */
  readonly neutralise: boolean;
}

/**
 * A line of CSV with its line end (RFC 4180). `null` and `undefined` are empty cells, an empty text is `""`, objects and
 * arrays are their JSON. A line that would be all empty is `""`, for readers skip empty lines.
 */
export function csvLine(values: readonly unknown[], style: CsvStyle): string {
  let line = '';
  for (let at = 0; at < values.length; at++) {
    if (at > 0) line += style.delimiter;
    line += csvCell(values[at], style);
  }
  return line === '' ? '""\r\n' : `${line}\r\n`;
}

function csvCell(value: unknown, style: CsvStyle): string {
  if (typeof value === 'string') return textCell(value, style);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return value.toString();
  // Functions and symbols are no JSON.
  if (typeof value !== 'object' || value === null) return '';
  return value instanceof Date ? dateCell(value) : jsonCell(value, style);
}

function textCell(text: string, style: CsvStyle): string {
  if (text === '') return '""';
  const isFormula = style.neutralise && mayBeFormula(text.charCodeAt(0)) && FORMULA.test(text);
  return quoted(isFormula ? `'${text}` : text, style);
}

function jsonCell(value: object, style: CsvStyle): string {
  const json = jsonText(value);
  return json === undefined ? '' : quoted(json, style);
}

function dateCell(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

function quoted(text: string, { delimiter }: CsvStyle): string {
  const isPlain =
    !text.includes('"') &&
    !text.includes(delimiter) &&
    !text.includes('\n') &&
    !text.includes('\r') &&
    // Some readers trim cells that are not quoted.
    !isBlank(text, 0) &&
    !isBlank(text, text.length - 1);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** Most characters are seen to be none by their code. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code <= 0x20 || code >= 0xa0) && BLANK.test(text.charAt(at));
}

/** Neither a letter, a digit nor beyond ASCII, as the first character of most texts is. */
function mayBeFormula(first: number): boolean {
  return first < 0x30 || first === 0x3d || first === 0x40;
}
