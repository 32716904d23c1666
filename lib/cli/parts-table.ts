import type { ExportStatus, PartStatus } from '../queue';

import { spanOf } from './export-progress';
import { counted, inGroups } from './progress-line';
import { fitText, visibleText } from './visible-text';

const NAME_WIDTH = 36;
const MESSAGE_WIDTH = 100;

/** A part as a table shows it. */
export interface PartView extends PartStatus {
  /** Rows a second. */
  readonly rate?: number | undefined;
}

const HEADS = ['part', 'name', 'state', 'rows', 'of', 'pages', 'rows/s', 'left', 'tries', ''];
/** Columns of text; the others are figures. */
const TEXTS = [1, 2, 9];

/** Lines of a table of parts, with what went wrong beside them. */
export function partLines(parts: readonly PartView[]): readonly string[] {
  const cells = parts.map(cellsOf);
  const widths = HEADS.map((head, at) =>
    Math.max(head.length, ...cells.map((row) => (row[at] ?? '').length)),
  );
  return [HEADS, ...cells].map((row) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return TEXTS.includes(at) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
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
  return `${error.code}: ${visibleText(error.message, MESSAGE_WIDTH)}`;
}

/** An export in one line. */
export function exportLine(status: ExportStatus, rate?: number): string {
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
  return `${visibleText(id)}: ${said.join('; ')}`;
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
