import { isDeepStrictEqual, inspect } from 'node:util';

import { exceptions } from '../spec/support/fault-cases/exceptions';
import { faultCases } from '../spec/support/fault-cases';
import { expectedOn } from '../spec/support/fault-case';
import { labTransports } from '../spec/support/lab-transports';

import { exceptionsTable } from './guide/exceptions-table';
import { comparePeers } from './peers/compare-peers';

/*
 * Runs every fault case on every transport and prints a table; a difference is printed fact by fact.
 * Arguments: beginnings of the ids to run, and of transports after `--on`.
 * `--peers` puts other clients to some of the faults instead; `--exceptions` prints where transports differ, as Markdown.
 */
const [wantedIds, wantedNames] = split(process.argv.slice(2), '--on');
const cases = faultCases.filter(({ id }) => fits(id, wantedIds));
const transports = labTransports.filter(({ name }) => fits(name, wantedNames));

async function main(): Promise<void> {
  let failed = 0;
  console.log(
    row(
      '',
      '',
      transports.map(({ name }) => name),
    ),
  );
  for (const one of cases) {
    const differences: string[] = [];
    const cells: string[] = [];
    for (const transport of transports) {
      const started = performance.now();
      const found = await observed(() => one.observe(transport));
      const expected = expectedOn(one, transport, exceptions);
      const wrong = [...new Set([...Object.keys(expected), ...Object.keys(found)])]
        .filter((fact) => !isDeepStrictEqual(found[fact], expected[fact]))
        .map(
          (fact) =>
            `      ${transport.name}, ${fact}: ${show(found[fact])}, expected ${show(expected[fact])}`,
        );
      const time = `${String(Math.round(performance.now() - started))} ms`;
      cells.push(`${wrong.length === 0 ? 'pass' : 'FAIL'} ${time}`);
      if (wrong.length > 0) failed++;
      differences.push(...wrong);
    }
    console.log(row(one.id, one.title, cells));
    if (differences.length > 0) console.log(differences.join('\n'));
  }
  for (const { transport, id, fact, reason } of exceptions) {
    console.log(`exception: ${transport}, ${id}, ${fact}: ${reason}`);
  }
  console.log(
    `${String(cases.length * transports.length - failed)} passed, ${String(failed)} failed`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}

async function observed(observe: () => Promise<Readonly<Record<string, unknown>>>) {
  try {
    return await observe();
  } catch (error) {
    return { thrown: error };
  }
}

function split(words: readonly string[], mark: string): [string[], string[]] {
  const at = words.indexOf(mark);
  return at < 0 ? [[...words], []] : [words.slice(0, at), words.slice(at + 1)];
}

function fits(text: string, beginnings: readonly string[]): boolean {
  return beginnings.length === 0 || beginnings.some((one) => `${text} `.startsWith(`${one} `));
}

function row(id: string, title: string, cells: readonly string[]): string {
  const columns = cells.map((cell) => cell.padEnd(14)).join('');
  return `${id.padEnd(32)}${columns}${title}`;
}

function show(value: unknown): string {
  return inspect(value, { depth: 10, breakLength: Infinity });
}

if (process.argv.includes('--exceptions')) console.log(exceptionsTable());
else void (process.argv.includes('--peers') ? comparePeers() : main());
