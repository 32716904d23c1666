import { detectPagination } from '../../lib/detect/detect-pagination';
import { type DialectFile, dialectFiles, originsOf } from './dialect-file';
import { judgeDetection, type Outcome } from './judge-detection';
import { type Transformation, transformations } from './metamorphic';

/** The families of the files, in the order of the table. */
const FAMILIES = [
  'link-header',
  'link-body',
  'link-array',
  'cursor-query',
  'cursor-body',
  'cursor-graphql',
  'cursor-item',
  'cursor-header',
  'number',
  'number-bare',
  'offset',
  'offset-bare',
  'none',
] as const;

/** What came of one file. */
export interface Result {
  readonly id: string;
  readonly family: string;
  readonly detectable: boolean;
  readonly outcome: Outcome;
  readonly why: string;
}

/** What came of all files that something was done to. */
export interface Rate {
  readonly name: string;
  readonly does: string;
  readonly results: readonly Result[];
}

const unchanged: Transformation = {
  name: 'as they are',
  does: 'the files themselves',
  apply: (file) => file,
};

/** Walks every file as it is and after each transformation, with no configuration. */
export async function detectionRates(seed = ''): Promise<readonly Rate[]> {
  const files = dialectFiles();
  const rates: Rate[] = [];
  for (const { name, does, apply } of [unchanged, ...transformations]) {
    const changed = files.flatMap((file) => apply(file, seed) ?? []);
    const results: Result[] = [];
    for (const file of changed) results.push(await resultOf(file));
    rates.push({ name, does, results });
  }
  return rates;
}

async function resultOf(file: DialectFile): Promise<Result> {
  const { id, family, detectable } = file;
  const allowedOrigins = originsOf(file).slice(1);
  const { outcome, why } = await judgeDetection(file, detectPagination, { allowedOrigins });
  return { id, family, detectable, outcome, why };
}

/** The detectable ones among the results, and how many of them are walked exactly. */
export function share(results: readonly Result[]): { readonly exact: number; readonly of: number } {
  const detectable = results.filter((result) => result.detectable);
  const exact = detectable.filter(({ outcome }) => outcome === 'exact');
  return { exact: exact.length, of: detectable.length };
}

/** The rates as a table of Markdown: what was done, and for each family how many of how many are exact; then what that means. */
export function ratesTable(rates: readonly Rate[]): string {
  const cell = (results: readonly Result[]): string => {
    const { exact, of } = share(results);
    return of === 0 ? '' : `${String(exact)}/${String(of)}`;
  };
  const percent = (results: readonly Result[]): string => {
    const { exact, of } = share(results);
    return `${((100 * exact) / of).toFixed(1)} %`;
  };
  const wrong = (results: readonly Result[]): string =>
    String(results.filter(({ outcome }) => outcome.startsWith('wrong')).length);
  const head = ['', 'exact', 'wrong', 'all', ...FAMILIES.map((family) => `\`${family}\``)];
  const rows = rates.map(({ name, results }) => [
    name,
    percent(results),
    wrong(results),
    cell(results),
    ...FAMILIES.map((family) => cell(results.filter((result) => result.family === family))),
  ]);
  const changes = rates.map(({ name, does }) => `- **${name}**: ${does}`);
  return `${markdownTable([head, ...rows])}\n\n${changes.join('\n')}`;
}

/** Rows as Prettier writes a table. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = rows.map((row) =>
    line(widths.map((width, column) => (row[column] ?? '').padEnd(width))),
  );
  padded.splice(1, 0, line(widths.map((width) => '-'.repeat(width))));
  return padded.join('\n');
}
