import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../scripts/entries';

import type { Figure, Results } from './figures';
import { goalsOf, markdownTable, short, sourceOf, tablesOf } from './markdown';

const RESULTS = join(root, 'bench', 'results.json');
const OPENING = '<!-- npm run bench -->';
const CLOSING = '<!-- end -->';

/** The documents that hold figures, and what stands in each between the markers. */
const documents: Readonly<Record<string, (results: Results) => string>> = {
  'README.md': (results) => `${claimsOf(results)}\n\n${sourceOf(results)}`,
  'docs/guide/performance.md': (results) =>
    `${sourceOf(results)}\n\n### Goals\n\n${goalsOf(results)}\n\n${tablesOf(results)}`,
};

/** Keeps what was measured in place of what was before, and writes it into the documents. */
export function keep(results: Results): void {
  const kept = existsSync(RESULTS) ? keptResults() : results;
  const merged: Results = {
    ...results,
    versions: merge(kept.versions, results.versions, (one) => one.slice(0, one.lastIndexOf(' '))),
    tables: merge(kept.tables, results.tables, ({ id }) => id),
    goals: merge(kept.goals, results.goals, ({ measure }) => measure),
  };
  writeFileSync(RESULTS, `${JSON.stringify(merged, undefined, 2)}\n`);
  writeClaims();
}

function keptResults(): Results {
  return JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
}

/** The old ones with the new ones in their places, and what is new behind them. */
function merge<T>(old: readonly T[], made: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const found = new Map([...old, ...made].map((one) => [nameOf(one), one]));
  return [...found.values()];
}

/** Writes the kept figures into the documents. */
export function writeClaims(): void {
  for (const { file, shown, written, text } of compared()) {
    if (shown !== written)
      writeFileSync(
        file,
        text.replace(shown, () => written),
      );
  }
}

/** The documents whose figures are not the kept ones. */
export function wrongClaims(): readonly string[] {
  return compared()
    .filter(({ shown, written }) => shown !== written)
    .map(({ name }) => `${name}: its figures are not those of bench/results.json`);
}

function compared() {
  const results = keptResults();
  return Object.entries(documents).map(([name, write]) => {
    const file = join(root, name);
    const text = readFileSync(file, 'utf8');
    const start = text.indexOf(OPENING);
    const end = text.indexOf(CLOSING, start);
    if (start < 0 || end < 0) throw new Error(`${name} has no ${OPENING} ... ${CLOSING}`);
    const shown = text.slice(start, end);
    return { name, file, text, shown, written: `${OPENING}\n\n${write(results)}\n\n` };
  });
}

/** The short form: this library beside what is written by hand, and the others. */
function claimsOf(results: Results): string {
  const cell = (id: string, row: string, column: number): Figure | undefined => {
    const table = results.tables.find((one) => one.id === id);
    return table?.rows.find(({ name }) => name === row)?.cells[column] ?? undefined;
  };
  const times = (figure: Figure | undefined) =>
    figure === undefined ? '–' : `${short(figure.median)} ×`;
  const list = (id: string, column: number, rows: Readonly<Record<string, string>>) =>
    Object.entries(rows)
      .map(([row, name]) => `${name} ${times(cell(id, row, column))}`)
      .join(', ');
  const ours = '`paginate`';
  const recipe = { '`expand` + `concatMap`': 'the `expand` recipe' };
  const clients = {
    'google paginator': 'google',
    'azure core-paging': 'azure',
    stripe: 'stripe',
    openai: 'openai',
  };
  const rows = [
    [
      'An item by `subscribe`, to a bare `Observable`',
      times(cell('push', ours, 1)),
      list('push', 1, { ...recipe, ...clients }),
    ],
    [
      'A page of parsed items, to the `expand` recipe',
      times(cell('push', ours, 3)),
      list('push', 3, clients),
    ],
    [
      'An item by `for await`, to a plain async generator',
      times(cell('pull', ours, 1)),
      list('pull', 1, clients),
    ],
    [
      'The same under zone.js',
      times(cell('zone', ours, 1)),
      list('zone', 1, { 'azure core-paging': 'azure' }),
    ],
    [
      'CPU of a walk over HTTP, to a loop over axios',
      times(cell('http', `${ours}, axios`, 1)),
      list('http', 1, { 'got.paginate': 'got', 'octokit paginate-rest': 'octokit' }),
    ],
    ['The same, to a loop over `fetch`', times(cell('http', `${ours}, fetch`, 1)), ''],
    [
      'Time with a consumer that blocks 10 ms a page, latency 10 ms, to the ideal',
      `${times(cell('overlap', `${ours}, \`prefetch: 1\``, 3))} with \`prefetch: 1\``,
      list('overlap', 3, { 'loop of awaits (limit)': 'a loop', ...recipe }),
    ],
    [
      'Peak memory behind a slow consumer, 1 GB of items, to an async generator',
      times(cell('memory', ours, 1)),
      list('memory', 1, recipe),
    ],
  ];
  // What was not kept is not claimed.
  const kept = rows.filter(([, own]) => own?.startsWith('–') !== true);
  return markdownTable([['', ours, 'others'], ...kept]);
}
