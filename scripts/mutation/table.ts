import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../entries';

import { filesOf } from './files';
import type { FileScore } from './score';

const page = join(root, 'docs', 'mutation.md');
const begin = '<!-- written by `npm run mutation -- --write` -->';
const end = '<!-- end -->';

/** A Markdown table as Prettier writes it, the lowest score last. */
export function scoreTable(scores: readonly FileScore[]): string[] {
  const rows = scores
    .map((score) => ({ ...score, share: shareOf(score) }))
    .sort((one, other) => other.share - one.share || (one.file < other.file ? -1 : 1))
    .map(({ file, noticed, endless, survived, notRun, share }) => [
      `\`${shortName(file)}\``,
      ...[noticed, endless, survived, notRun].map(String),
      `${(100 * share).toFixed(1)} %`,
    ]);
  const head = ['file', 'noticed', 'without end', 'survived', 'not run', 'score'];
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ];
}

/** Files without a place that can be changed score as if all were noticed. */
function shareOf({ noticed, endless, survived, notRun }: FileScore): number {
  const all = noticed + endless + survived + notRun;
  return all === 0 ? 1 : (noticed + endless) / all;
}

function shortName(file: string): string {
  return file.slice('lib/'.length, -'.ts'.length);
}

/** Puts the table, and which files are not in it, between two marks of docs/mutation.md. */
export function writeTable(scores: readonly FileScore[]): void {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  const measured = new Set(scores.map(({ file }) => file));
  const others = filesOf([]).filter((file) => !measured.has(file));
  const rest =
    others.length === 0
      ? 'All files are measured.'
      : `Not measured: ${others.map((file) => `\`${shortName(file)}\``).join(', ')}.`;
  const between = ['', '', ...scoreTable(scores), '', rest, '', ''].join('\n');
  writeFileSync(page, text.slice(0, from) + between + text.slice(to));
}
