import { inspect, isDeepStrictEqual } from 'node:util';

import { budgetFaults } from '../../spec/support/fault-cases/budget-faults';
import {
  churnInProcess,
  crowdInProcess,
  type CrowdClientName,
} from '../../spec/support/soak/walk-in-process';

import type { SoakPart } from './part';

const CLIENTS: readonly CrowdClientName[] = ['axios', 'fetch'];
const MOST_RISE_MB = 5;
/** Of one attempt, in milliseconds: a thousand requests at once take long on a busy machine. */
const TIMEOUT = 60_000;

/** What must not be there when all is over, besides what each kind must come to. */
const NOTHING = { listeners: 0, left: {}, warnings: [], open: 0, code: 0 };

/** All at once by one client, one page in a hundred of which goes wrong. */
const crowds = CLIENTS.map((client): SoakPart => ({
  name: `crowd-${client}`,
  title: `walks at once on one ${client} client with 1 % faults, all exact, and what they leave behind`,
  unit: 'walks',
  runs: 1000,
  play: async ({ runs, seed, tell }) => {
    const settings = { walks: runs, seed, stalls: true, timeout: TIMEOUT };
    const { requests, retries, faults, ...seen } = await crowdInProcess(client, settings);
    tell(runs);
    const wanted = { ...NOTHING, exact: runs, wrong: [], busy: 0 };
    const counts = { exact: seen.exact, faults, retries, requests };
    return { done: runs, counts, failure: difference(seen, wanted) };
  },
}));

const churns = CLIENTS.map((client): SoakPart => ({
  name: `churn-${client}`,
  title: `walks by ${client} that are left at random moments, and what they leave behind`,
  unit: 'walks',
  runs: 10_000,
  play: async ({ runs, seed, tell }) => {
    const { moments, riseMb, requests, ...seen } = await churnInProcess(
      client,
      { walks: runs, seed },
      tell,
    );
    const isRisen = riseMb > MOST_RISE_MB;
    const failure = isRisen
      ? { report: `The heap rose by ${String(riseMb)} MB` }
      : difference(seen, { ...NOTHING, walks: runs, late: 0 });
    return { done: runs, counts: { ...moments, requests, 'MB of heap': riseMb }, failure };
  },
}));

/** Of the fault lab: its walks are as many as it says. */
const budgets = budgetFaults
  .filter(({ expected }) => 'requests' in expected)
  .map(({ id, title, expected, observe }): SoakPart => ({
    name: id.replaceAll(' ', '-'),
    title: `${title}, by every transport`,
    unit: 'transports',
    runs: 3,
    play: async ({ runs, tell }) => {
      // Angular is slow to load, and no other part needs it.
      const { labTransports } = await import('../../spec/support/lab-transports');
      const counts: Record<string, number | string> = {};
      for (const [at, lab] of labTransports.slice(0, runs).entries()) {
        const found = await observe(lab);
        tell(at + 1);
        counts[`requests by ${lab.name}`] = String(found['requests']);
        const failure = difference(found, expected);
        if (failure !== undefined) return { done: at + 1, counts, failure };
      }
      return { done: Object.keys(counts).length, counts };
    },
  }));

export const leakParts: readonly SoakPart[] = [...crowds, ...churns, ...budgets];

function difference(seen: object, wanted: object) {
  if (isDeepStrictEqual(seen, wanted)) return undefined;
  const show = (value: object) => inspect(value, { depth: 5, breakLength: 120, sorted: true });
  return { report: `Expected ${show(wanted)}\ngot ${show(seen)}` };
}
