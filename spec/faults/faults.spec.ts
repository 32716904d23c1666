import { expectedOn } from '../support/fault-case';
import { exceptions } from '../support/fault-cases/exceptions';
import { faultCases } from '../support/fault-cases';
import { labTransports } from '../support/lab-transports';

jest.setTimeout(60_000);

// Some facts are real milliseconds between two processes' clocks; what is wrong stays wrong at the third look.
jest.retryTimes(2);

describe.each(labTransports.map((transport) => ({ name: transport.name, transport })))(
  'a walk on the $name transport survives',
  ({ transport }) => {
    it.each(faultCases.map((one) => [one.id, one.title, one] as const))(
      '%s: %s',
      async (_id, _title, one) => {
        expect(await one.observe(transport)).toEqual(expectedOn(one, transport, exceptions));
      },
    );
  },
);

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
});
