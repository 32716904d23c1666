import type { Figure, Goal, Results, Table } from './figures';

/** A table of cells as Prettier writes it. */
export function markdownTable(table: readonly (readonly string[])[]): string {
  const [head = []] = table;
  const widths = head.map((_, column) =>
    Math.max(3, ...table.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = table.map((row) => line(widths.map((width, at) => (row[at] ?? '').padEnd(width))));
  lines.splice(1, 0, line(widths.map((width) => '-'.repeat(width))));
  return lines.join('\n');
}

/** All tables of a run. */
export function tablesOf({ tables }: Results): string {
  return tables.map(section).join('\n\n');
}

/** What was to be reached and what was. */
export function goalsOf({ goals }: Results): string {
  const rows = goals.map(({ measure, goal, unit, reached, isMet }: Goal) => [
    measure,
    goal,
    withSpread(reached, unit),
    isMet ? 'met' : '**missed**',
  ]);
  return markdownTable([['measure', 'goal', 'measured', ''], ...rows]);
}

/** When and with what it was measured. */
export function sourceOf({ date, node, rounds, versions }: Results): string {
  return `Measured on ${date} with Node ${node} by \`npm run bench\`, median (quartiles) of ${String(rounds)} interleaved rounds: ${versions.join(', ')}.`;
}

function section({ title, text, columns, rows }: Table): string {
  const head = ['', ...columns.map(({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`))];
  const cells = rows.map(({ name, cells: row }) => [
    name,
    ...row.map((figure) => (figure === null ? '–' : withSpread(figure, ''))),
  ]);
  return `### ${title}\n\n${text}\n\n${markdownTable([head, ...cells])}`;
}

/** The median with its unit, and the quartiles in brackets. */
function withSpread({ median, low, high }: Figure, unit: string): string {
  const spread = low === high ? '' : ` (${short(low)}–${short(high)})`;
  return `${short(median)}${unit === '' ? '' : ` ${unit}`}${spread}`;
}

/** Three digits say all that such a measure can. */
export function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
