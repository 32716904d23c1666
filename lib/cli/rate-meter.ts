/** Samples are kept for so long, in milliseconds: a rate is of the last moments, not of the whole night. */
const SPAN = 15_000;

interface Sample {
  readonly at: number;
  readonly rows: number;
}

/** Rows a second of many things that are looked at again and again. */
export class RateMeter {
  readonly #samples = new Map<string, Sample[]>();

  /**
   * @param at milliseconds, on any clock that goes on evenly
   * @returns rows a second, as soon as there are two looks
   */
  rate(name: string, rows: number, at: number): number | undefined {
    const samples = this.#samples.get(name) ?? [];
    this.#samples.set(name, samples);
    samples.push({ at, rows });
    // The last one before the span begins is where it is measured from.
    while ((samples[1]?.at ?? at) < at - SPAN) samples.shift();
    const [first] = samples;
    if (first === undefined || at <= first.at) return undefined;
    return Math.max(0, ((rows - first.rows) * 1000) / (at - first.at));
  }
}
