import { readFileSync } from 'node:fs';

/** What jest writes with `--json`, as far as we read it. */
interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** How a run of the specs ended. */
export interface UnitReport extends Counts {
  /** Files with a test that failed, or that could not be run. */
  readonly failedFiles: readonly string[];
  /** Tests that passed in files where another failed. */
  readonly passedBeside: number;
  /** What failed and why, without all that passed. */
  readonly failures: string;
}

/** What specs say is skipped here and why, each line once; see spec/support/can-run.ts. */
export function skippedLines(stderr: string): readonly string[] {
  return [...new Set(stderr.match(/^SKIPPED {2}.*$/gm) ?? [])];
}

/** Reads jest's report; `undefined` where there is none. */
export function readUnitReport(file: string): UnitReport | undefined {
  let report: JestReport;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  } catch {
    return undefined;
  }
  const broken = report.testResults.filter(({ status }) => status === 'failed');
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    failedFiles: broken.map(({ name }) => name),
    passedBeside: broken
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'passed').length,
    failures: broken.map(({ name, message }) => `${name}\n${message}`).join('\n'),
  };
}
