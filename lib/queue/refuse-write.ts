import { PaginationError } from '../core/pagination-error';

import type { Claim } from './claim';
import { SCHEMA } from './schema';
import type { Sql } from './sql-pool';

/** @throws PaginationError saying why nothing was written, unless it had been written before */
export async function refuseWrite(
  sql: Sql,
  claim: Claim,
  isWritten: (found: Readonly<Record<string, unknown>>) => boolean,
): Promise<void> {
  const { rows } = await sql.query(
    `select p.state, p.lease, p.pages, e.state as export_state from ${SCHEMA}.parts p join ${SCHEMA}.exports e on e.id = p.export
     where p.export = $1 and p.index = $2 and e.run = $3`,
    [claim.export, claim.part, claim.run],
  );
  const [found] = rows;
  const isOurs = found !== undefined && Number(found['lease']) === claim.lease;
  if (isOurs && isWritten(found)) return;
  const part = `part ${String(claim.part)} of ${claim.export}`;
  if (found === undefined || found['export_state'] === 'cancelled') {
    throw new PaginationError(
      'ABORTED',
      `The export was cancelled: nothing more of ${part} is written`,
    );
  }
  throw new PaginationError(
    'LEASE_LOST',
    `The lease ${String(claim.lease)} of ${part} is lost: nothing more is written under it`,
  );
}
