import fc from 'fast-check';

/** What a search for a counterexample came to, as plain data. */
export interface PropertyResult {
  readonly tried: number;
  readonly failure?: {
    readonly report: string;
    /** Leads to the smallest input that was found, with the seed. */
    readonly path: string | undefined;
  };
}

export function propertyResult<Ts>(details: fc.RunDetails<Ts>): PropertyResult {
  const { numRuns, counterexamplePath, errorInstance } = details;
  const report = fc.defaultReportMessage(details);
  if (report === undefined) return { tried: numRuns };
  const [shown] = report.split('\n\nHint:');
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return {
    tried: numRuns,
    failure: { report: `${String(shown)}\nError: ${why}`, path: counterexamplePath ?? undefined },
  };
}
