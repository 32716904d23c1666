import { detect } from '../lib/detect/detect';
import { largePages } from '../spec/support/large-pages';

/*
 * What detection of a page of 10 MB costs, as a share of what JSON.parse of it costs: the medians of runs that take turns in
 * one process. Ends with 1 where a page costs more than 5 %.
 *
 * A map of 44,000 records by their ids is no page of a list, and is shown besides: whoever looks at one name of it has the engine list all of
 * them, which alone is about 5 % of parsing.
 */
const RUNS = 15;
const MOST = 0.05;
const MAP = 'records by id';

/** Milliseconds that something takes. */
function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

let worst = 0;
console.log(
  `${'page'.padEnd(40)}${'MB'.padStart(8)}${'parse ms'.padStart(12)}${'detect ms'.padStart(12)}   share`,
);
for (const { name, request, headers, body } of largePages(1)) {
  const text = JSON.stringify(body);
  const parse: number[] = [];
  const found: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    let parsed: unknown;
    parse.push(timeOf(() => (parsed = JSON.parse(text))));
    const reply = { status: 200, headers, body: parsed, url: request.url };
    found.push(timeOf(() => detect(request, reply)));
  }
  const share = median(found) / median(parse);
  if (!name.startsWith(MAP)) worst = Math.max(worst, share);
  const cells = [text.length / 1e6, median(parse), median(found)].map((n, i) =>
    n.toFixed(i === 2 ? 3 : 1).padStart(i === 0 ? 8 : 12),
  );
  console.log(`${name.padEnd(40)}${cells.join('')}   ${(100 * share).toFixed(2)} %`);
}
console.log(
  `\nThe dearest page costs ${(100 * worst).toFixed(2)} % of parsing; the bound is ${String(100 * MOST)} %.`,
);
if (worst > MOST) process.exitCode = 1;
