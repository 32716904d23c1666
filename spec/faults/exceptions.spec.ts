import { readdirSync } from 'node:fs';

import { exceptions } from '../support/fault-cases/exceptions';
import { faultCases } from '../support/fault-cases';
import { labTransports } from '../support/lab-transports';

describe('the exceptions of the transports', () => {
  it('name cases and facts that exist, and differ from what is usual', () => {
    const idle = exceptions.filter(({ id, fact, expected, transport }) => {
      const usual = faultCases.find((one) => one.id === id)?.expected[fact];
      const known = labTransports.some(({ name }) => name === transport);
      return !known || usual === undefined || JSON.stringify(usual) === JSON.stringify(expected);
    });
    expect(idle).toEqual([]);
  });

  it('are few, and have each case once', () => {
    const ids = faultCases.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(exceptions.length).toBeLessThan(faultCases.length / 10);
  });

  it('leave no transport of the lab without its run of the cases', () => {
    const files = readdirSync(__dirname);
    expect(labTransports.filter(({ name }) => !files.includes(`faults-${name}.spec.ts`))).toEqual(
      [],
    );
  });
});
