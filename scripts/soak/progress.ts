/** Milliseconds between two lines where they cannot be overwritten. */
const INTERVAL = 5000;

/** Shows on stderr how far a part is, how fast it goes, and how long it will take. */
export function showProgress(name: string, unit: string, runs: number) {
  const started = performance.now();
  const { isTTY } = process.stderr;
  let last = started;
  let first: { readonly at: number; readonly done: number } | undefined;
  return {
    tell: (done: number) => {
      const now = performance.now();
      // The rate is that of the runs, without the time to load them.
      first ??= { at: now, done };
      if (!isTTY && now - last < INTERVAL) return;
      last = now;
      const line = progressLine(name, unit, {
        done,
        runs,
        rate: rateOf(done - first.done, now - first.at),
      });
      process.stderr.write(isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end: () => {
      if (isTTY) process.stderr.write('\r\u001b[K');
      return performance.now() - started;
    },
  };
}

/** A second. */
function rateOf(done: number, elapsedMs: number): number | undefined {
  return done > 0 && elapsedMs > 0 ? (done / elapsedMs) * 1000 : undefined;
}

function progressLine(
  name: string,
  unit: string,
  {
    done,
    runs,
    rate,
  }: { readonly done: number; readonly runs: number; readonly rate?: number | undefined },
): string {
  const head = `${name}: ${thousands(done)} of ${thousands(runs)} ${unit}`;
  if (rate === undefined) return head;
  const left = Math.ceil((runs - done) / rate);
  return `${head}, ${thousands(Number(rate.toPrecision(2)))} a second, ${thousands(left)} s left`;
}

export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
