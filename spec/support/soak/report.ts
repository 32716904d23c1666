/** Every so many walks are told. */
const STEP = 50;

/** Tells how many walks are over. */
export function tellDone(done: number): void {
  if (done % STEP === 0) process.stdout.write(`${JSON.stringify({ done })}\n`);
}

/** Prints a report as one line, and stays until the one who started this process has looked around and closes the input. */
export function report(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
  process.stdin.resume();
}
