import {
  churnInProcess,
  crowdInProcess,
  type CrowdClientName,
} from '../support/soak/walk-in-process';

jest.setTimeout(180_000);

/** `npm run soak` does the same with 1,000 walks at once, and with 10,000 that are left. */
const CROWD = { walks: 100, seed: 7, stalls: false, timeout: 60_000 };
const CHURN = { walks: 200, seed: 7 };
const NOTHING = { listeners: 0, left: {}, warnings: [], open: 0, code: 0 };

const CLIENTS: readonly CrowdClientName[] = ['axios', 'fetch'];

describe.each(CLIENTS)('by %s, in a process of its own,', (client) => {
  // Both at once: each waits for kept-alive connections to be closed.
  const crowd = once(() => crowdInProcess(client, CROWD));
  const churn = once(() => churnInProcess(client, CHURN));
  beforeAll(() => Promise.all([crowd(), churn()]));

  it('a hundred walks at once are exact where one page in a hundred fails, and leave nothing', async () => {
    const { faults, ...seen } = await crowd();
    const requests = 1000 + faults;
    expect(seen).toEqual({ ...NOTHING, exact: 100, wrong: [], busy: 0, retries: faults, requests });
    expect(faults).toBeGreaterThan(5);
  });

  it('walks that are left at random moments leave nothing', async () => {
    const { moments, riseMb, requests, ...seen } = await churn();
    expect(seen).toEqual({ ...NOTHING, walks: CHURN.walks, late: 0 });
    expect(riseMb).toBeLessThan(5);
    expect(requests).toBeGreaterThan(CHURN.walks);
    expect(Object.keys(moments)).toEqual(
      expect.arrayContaining(['at once', 'turns', 'time', 'event', 'next']),
    );
  });
});

function once<R>(run: () => Promise<R>): () => Promise<R> {
  let result: Promise<R> | undefined;
  return () => (result ??= run());
}
