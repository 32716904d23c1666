/** What this project reads of Stryker's report (https://github.com/stryker-mutator/mutation-testing-elements, schema 2). */
export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: MutantStatus }[] }>
  >;
}

type MutantStatus =
  | 'Killed'
  | 'Survived'
  | 'Timeout'
  | 'NoCoverage'
  | 'RuntimeError'
  | 'CompileError'
  | 'Ignored'
  | 'Pending';

/** A row for each file, and their sum. A mutant is detected where a test fails or never ends; those that cannot run do not count. */
export function scoreLines({ files }: MutationReport): string[] {
  const rows = Object.entries(files).map(([file, { mutants }]) => {
    const count = (...statuses: MutantStatus[]) =>
      mutants.filter(({ status }) => statuses.includes(status)).length;
    const detected = count('Killed', 'Timeout');
    return { file, detected, survived: count('Survived'), uncovered: count('NoCoverage') };
  });
  const sum = (name: 'detected' | 'survived' | 'uncovered') =>
    rows.reduce((total, row) => total + row[name], 0);
  const all = {
    file: 'all',
    detected: sum('detected'),
    survived: sum('survived'),
    uncovered: sum('uncovered'),
  };
  return [...rows, all].map(({ file, detected, survived, uncovered }) => {
    const total = detected + survived + uncovered;
    const score = total === 0 ? '-' : `${((100 * detected) / total).toFixed(1)} %`;
    return `| ${[file, detected, survived, uncovered, score].join(' | ')} |`;
  });
}
