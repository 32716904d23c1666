import type { FaultCase } from '../fault-case';

import { budgetFaults } from './budget-faults';
import { connectionFaults } from './connection-faults';
import { cursorFaults } from './cursor-faults';
import { driftFaults } from './drift-faults';
import { listFaults } from './list-faults';
import { secretFaults } from './secret-faults';
import { securityFaults } from './security-faults';
import { transportFaults } from './transport-faults';
import { waitFaults } from './wait-faults';

/** Every case of the lab, run by spec/faults and by `npm run faults`. */
export const faultCases: readonly FaultCase[] = [
  ...transportFaults,
  ...waitFaults,
  ...connectionFaults,
  ...cursorFaults,
  ...listFaults,
  ...driftFaults,
  ...secretFaults,
  ...budgetFaults,
  ...securityFaults,
];
