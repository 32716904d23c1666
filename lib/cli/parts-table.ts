import type { ExportStatus, PartStatus } from '../queue';

import { spanOf } from './export-progress';
import { counted, inGroups } from './progress-line';
import { cutToWidth, textWidth } from './text-width';
import { fitText, messageText, visibleText } from './visible-text';

const NAME_WIDTH = 36;
const MESSAGE_WIDTH = 100;

/** A part as a table shows it. */
export interface PartView extends PartStatus {
  /** Rows a second. */
  readonly rate?: number | undefined;
}

const HEADS = ['part', 'name', 'state', 'rows', 'of', 'pages', 'rows/s', 'left', 'tries', ''];
const [NAME, OF, PAGES, RATE, LEFT, TRIES, NOTE] = [1, 4, 5, 6, 7, 8, 9] as const;
/** Columns of text; the others are figures. */
const TEXTS: readonly number[] = [NAME, 2, NOTE];

/** How columns give way where there is no room for all, in turn: to so many characters, or altogether. */
const GIVE_WAY: readonly (readonly [column: number, to: number])[] = [
  ...([
    [NOTE, 24],
    [NAME, 16],
    [TRIES, 0],
    [OF, 0],
    [PAGES, 0],
  ] as const),
  ...([
    [NOTE, 12],
    [NAME, 8],
    [LEFT, 0],
    [NOTE, 0],
    [RATE, 0],
    [NAME, 0],
  ] as const),
];
const GAP = 2;

/**
 * Lines of a table of parts, with what went wrong beside them.
 * @param room columns of a line
 */
export function partLines(parts: readonly PartView[], room = Infinity): readonly string[] {
  const cells = [HEADS, ...parts.map(cellsOf)];
  const natural = HEADS.map((_, at) => Math.max(...cells.map((row) => textWidth(row[at] ?? ''))));
  const widths = fitted(natural, room);
  return cells.map((row) =>
    row
      .flatMap((cell, at) => {
        const width = widths[at] ?? 0;
        if (width === 0) return [];
        const shown = textWidth(cell) > width ? cutToWidth(fitText(cell, width), width) : cell;
        const pad = ' '.repeat(Math.max(0, width - textWidth(shown)));
        return [TEXTS.includes(at) ? shown + pad : pad + shown];
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function fitted(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (const [column, to] of GIVE_WAY) {
    const taken = widths.filter((width) => width > 0);
    const all = taken.reduce((sum, width) => sum + width + GAP, -GAP);
    if (all <= room) break;
    const own = widths[column] ?? 0;
    if (own > to) widths[column] = to === 0 ? 0 : Math.max(to, own - (all - room));
  }
  return widths;
}

function cellsOf(part: PartView): readonly string[] {
  const { index, name, state, rows, plannedRows, pages, tries, rate, worker } = part;
  const isRunning = state === 'running';
  const shownRate = isRunning && rate !== undefined ? inGroups(Math.round(rate)) : '';
  return [
    String(index),
    fitText(name, NAME_WIDTH),
    state,
    inGroups(rows),
    plannedRows === undefined ? '' : inGroups(plannedRows),
    inGroups(pages),
    shownRate,
    isRunning ? (leftOf(rows, plannedRows, rate) ?? '') : '',
    tries > 1 || state === 'failed' ? String(tries) : '',
    wrong(part) ?? (isRunning && worker !== undefined ? fitText(worker, NAME_WIDTH) : ''),
  ];
}

/** What stopped a part, where that is not over. */
function wrong({ state, error }: PartStatus): string | undefined {
  if (error === undefined || state === 'done') return undefined;
  return `${error.code}: ${messageText(error.message, MESSAGE_WIDTH)}`;
}

/** An export in one line. */
export function exportLine(status: ExportStatus, rate?: number): string {
  return exportLines(status, rate).join(' ');
}

/** The same in as many lines as it takes. */
export function exportLines(
  status: ExportStatus,
  rate?: number,
  room = Infinity,
): readonly string[] {
  const { id, state, parts, rows, pages, totalCount } = status;
  const all = Object.values(parts).reduce((sum, count) => sum + count, 0);
  const shown = (['running', 'waiting', 'failed', 'cancelled'] as const)
    .filter((name) => parts[name] > 0)
    .map((name) => `${inGroups(parts[name])} ${name === 'failed' ? 'set aside' : name}`);
  const said: string[] = [
    state,
    [`${inGroups(parts.done)} of ${counted(all, 'part')} done`, ...shown].join(', '),
    `${counted(rows, 'row')}${ofTotal(rows, totalCount)}`,
    counted(pages, 'page'),
  ];
  if (state === 'running' && rate !== undefined) {
    said.push(`${inGroups(Math.round(rate))} rows/s`);
    const left = leftOf(rows, totalCount, rate);
    if (left !== undefined) said.push(`${left} left`);
  }
  const lines: string[] = [];
  for (const [at, one] of said.entries()) {
    const name = at === 0 ? `${visibleText(id)}: ` : '';
    const piece = `${name}${one}${at < said.length - 1 ? ';' : ''}`;
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last) + 1 + textWidth(piece) <= room)
      lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(piece);
  }
  return lines;
}

function ofTotal(rows: number, totalCount: number | undefined): string {
  if (totalCount === undefined || totalCount <= 0) return '';
  const percent = Math.min(100, Math.floor((rows / totalCount) * 100));
  return ` of ${inGroups(totalCount)} (${String(percent)} %)`;
}

function leftOf(
  rows: number,
  total: number | undefined,
  rate: number | undefined,
): string | undefined {
  if (total === undefined || rate === undefined || rate <= 0 || rows >= total) return undefined;
  return spanOf((total - rows) / rate);
}
