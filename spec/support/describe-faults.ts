import { expectedOn } from './fault-case';
import { faultCases } from './fault-cases';
import { exceptions } from './fault-cases/exceptions';
import { labTransports } from './lab-transports';

/** Declares the fault cases on one transport; a spec file each, so that they run beside one another. */
export function describeFaults(name: string): void {
  const transport = labTransports.find((one) => one.name === name);
  if (transport === undefined) throw new Error(`There is no transport called ${name} in the lab.`);

  jest.setTimeout(60_000);

  // Some facts are real milliseconds between two processes' clocks; what is wrong stays wrong at the third look.
  jest.retryTimes(2);

  describe(`a walk on the ${name} transport survives`, () => {
    it.each(faultCases.map((one) => [one.id, one.title, one] as const))(
      '%s: %s',
      async (_id, _title, one) => {
        expect(await one.observe(transport)).toEqual(expectedOn(one, transport, exceptions));
      },
    );
  });
}
