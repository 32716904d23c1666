import { faultCases } from '../../spec/support/fault-cases';
import { exceptions } from '../../spec/support/fault-cases/exceptions';

import { markdownTable } from './markdown-table';

/** Where a transport differs from the others in the fault lab, as the guide shows it. */
export function exceptionsTable(): string {
  const rows = exceptions.map(({ transport, id, fact, reason }) => {
    const title = faultCases.find((one) => one.id === id)?.title ?? 'no such case';
    return [transport, `${id}: ${title}`, fact, reason];
  });
  return markdownTable([['transport', 'case', 'fact', 'reason'], ...rows]);
}
