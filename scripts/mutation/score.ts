/** What this project reads of Stryker's report (https://github.com/stryker-mutator/mutation-testing-elements, schema 2). */
export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>
  >;
}

export interface Mutant {
  readonly status: MutantStatus;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Both from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
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

export interface FileScore {
  readonly file: string;
  readonly noticed: number;
  readonly endless: number;
  readonly survived: number;
  readonly notRun: number;
}

/** What became of each file's changes; those that cannot run do not count. */
export function scoresOf({ files }: MutationReport): FileScore[] {
  return Object.entries(files).map(([file, { mutants }]) => {
    const count = (wanted: MutantStatus) =>
      mutants.filter(({ status }) => status === wanted).length;
    return {
      file,
      noticed: count('Killed'),
      endless: count('Timeout'),
      survived: count('Survived'),
      notRun: count('NoCoverage'),
    };
  });
}
