/**
 * Runs `work` until `atLeast` milliseconds have passed, after `warmUp` runs that are not measured, and gives what one run took: CPU of
 * the process in milliseconds.
 */
export async function cpuOf({ atLeast, warmUp = 0 }, work) {
  for (let runs = 0; runs < warmUp; runs++) await work();
  let runs = 0;
  let result;
  const before = process.cpuUsage();
  const until = performance.now() + atLeast;
  do {
    result = await work();
    runs++;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000 / runs, ...result };
}

/** What a walk gives, one item at a time: their number, and a sum of their ids so that none is left unread. */
export function counter() {
  const seen = { items: 0, sum: 0 };
  return {
    push: (item) => {
      seen.items++;
      seen.sum += item.id;
    },
    seen,
  };
}

export const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
