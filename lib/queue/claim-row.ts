import type { Json } from '../core/json';

import type { Claim } from './claim';
import type { PlannedPart } from './export-plan';

/** A part as it stands in its table; `pg` gives its big numbers as text. */
export function claimOf(row: Readonly<Record<string, unknown>>): Claim {
  const resumeToken = row['resume_token'];
  const own = row['own'];
  return {
    export: String(row['export']),
    part: Number(row['index']),
    lease: Number(row['lease']),
    run: String(row['run']),
    job: String(row['job']),
    queue: String(row['queue']),
    tries: Number(row['tries']),
    deaths: Number(row['deaths']),
    maxTries: Number(row['max_tries']),
    // Written by this package, from a checked plan.
    plan: row['plan'] as PlannedPart,
    checkpoint: {
      rows: Number(row['rows']),
      pages: Number(row['pages']),
      ...(row['bytes'] !== null && { bytes: Number(row['bytes']) }),
      ...(typeof resumeToken === 'string' && { resumeToken }),
      ...(own !== null && { own: own as Json }),
    },
  };
}
