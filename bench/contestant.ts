import { ContestantProcess, type Mode } from './contestant-process';
import type { Scale } from './figures';

interface Facts {
  readonly name: string;
  readonly versions: readonly string[];
}

const versions = new Set<string>();

/** Packages of all that ran, with their versions. */
export function versionsSeen(): readonly string[] {
  return [...versions].sort();
}

/** One that walks a list in its own way. */
export class Contestant {
  readonly name: string;
  readonly file: string;
  readonly #host: ContestantProcess;
  readonly #isShared: boolean;

  private constructor(file: string, name: string, host: ContestantProcess, isShared: boolean) {
    this.file = file;
    this.name = name;
    this.#host = host;
    this.#isShared = isShared;
  }

  /** @param file name of its module in bench/peers/speed/contestants */
  static async start(file: string, { quick }: Scale, mode: Mode = 'plain'): Promise<Contestant> {
    const host = quick ? ContestantProcess.shared(mode) : new ContestantProcess(mode);
    const facts = (await host.do({ file })) as Facts;
    for (const version of facts.versions) versions.add(version);
    return new Contestant(file, facts.name, host, quick);
  }

  static startAll(files: readonly string[], scale: Scale, mode?: Mode): Promise<Contestant[]> {
    return Promise.all(files.map((file) => Contestant.start(file, scale, mode)));
  }

  /** Does a job, which must give so many items. */
  async run<R extends { readonly items: number }>(job: object, items: number): Promise<R> {
    const result = (await this.#host.do({ ...job, file: this.file })) as R;
    if (result.items === items) return result;
    const [want, got] = [String(items), String(result.items)];
    throw new Error(`${this.file}: ${want} items were to come, ${got} came`);
  }

  stop(): void {
    if (!this.#isShared) this.#host.stop();
  }
}

/** Lets all of them do it, round after round in turn, so that the machine's moods are the same for all. */
export async function interleave<R>(
  contestants: readonly Contestant[],
  { rounds, quick }: Scale,
  measure: (contestant: Contestant, round: number) => Promise<R>,
): Promise<ReadonlyMap<string, readonly R[]>> {
  const found = new Map<string, R[]>(contestants.map(({ file }) => [file, []]));
  // Round 0 warms up.
  for (let round = quick ? 1 : 0; round <= rounds; round++) {
    for (const contestant of contestants) {
      const measured = await measure(contestant, round);
      if (round > 0) found.get(contestant.file)?.push(measured);
    }
  }
  return found;
}
