/** Prints a report as one line, and stays until the one who started this process has looked around and closes the input. */
export function report(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
  process.stdin.resume();
}
