import type { PartResult, SoakPart } from './part';
import { showProgress, thousands } from './progress';

/** What is asked of a soak. */
export interface SoakOrder {
  /** Names of parts, or their beginnings up to a hyphen; all parts where there are none. */
  readonly only: readonly string[];
  /** In place of the number of each part. */
  readonly runs?: number | undefined;
  readonly seed: number;
  /** Leads to one input that broke a part. */
  readonly path?: string | undefined;
  /** Whether a part that cannot be played for want of something has failed. @defaultValue false */
  readonly needsAll?: boolean | undefined;
}

/** Plays one part. */
export type Play = (
  part: SoakPart,
  task: { readonly runs: number; readonly seed: number; readonly path?: string | undefined },
  tell: (done: number) => void,
) => Promise<PartResult>;

/**
 * Plays the parts in turn and prints a line for each; where one fails, also what broke and the shortest command that shows it
 * again. Gives how many failed.
 * @throws Error where no part is of such a name
 */
export async function runSoak(
  parts: readonly SoakPart[],
  { only, runs: given, seed, path, needsAll = false }: SoakOrder,
  play: Play,
  print: (line: string) => void,
): Promise<number> {
  const wanted = parts.filter(({ name }) => isWanted(name, only));
  if (wanted.length === 0) throw new Error(`No part is called ${only.join(' or ')}; see --list`);
  let [failed, skipped] = [0, 0];
  for (const part of wanted) {
    const runs = given ?? part.runs;
    const progress = showProgress(part.name, part.unit, runs);
    const result = await play(part, { runs, seed, path }, progress.tell);
    const elapsedMs = progress.end();
    print(
      result.skipped === undefined
        ? resultLine(part, result, seed, elapsedMs)
        : `${needsAll ? 'FAIL' : 'skip'} ${part.name.padEnd(20)} ${result.skipped}`,
    );
    if (result.skipped !== undefined) {
      if (needsAll) failed++;
      else skipped++;
    }
    if (result.failure === undefined) continue;
    failed++;
    print(`${result.failure.report}\n\n  ${again(part, runs, seed, result.failure.path)}\n`);
  }
  const passed = String(wanted.length - failed - skipped);
  const left = skipped === 0 ? '' : `${String(skipped)} skipped, `;
  print(`${passed} passed, ${String(failed)} failed, ${left}seed ${String(seed)}`);
  return failed;
}

function isWanted(name: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((one) => `${name}-`.startsWith(`${one}-`));
}

function resultLine(
  { name, unit }: SoakPart,
  { done, counts, failure }: PartResult,
  seed: number,
  elapsedMs: number,
): string {
  const seen = Object.entries(counts).map(
    ([outcome, count]) => `${typeof count === 'number' ? thousands(count) : count} ${outcome}`,
  );
  const verdict = failure === undefined ? 'pass' : 'FAIL';
  const time = `${(elapsedMs / 1000).toFixed(1)} s`;
  return `${verdict} ${name.padEnd(20)} ${thousands(done)} ${unit} in ${time}, seed ${String(seed)}: ${seen.join(', ')}`;
}

function again({ name }: SoakPart, runs: number, seed: number, path: string | undefined): string {
  const which = path === undefined ? ['--runs', String(runs)] : ['--path', path];
  return ['npm run soak -- --only', name, '--seed', String(seed), ...which].join(' ');
}
