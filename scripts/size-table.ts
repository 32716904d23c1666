import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { markdownTable } from '../bench/markdown';

import manifest from '../package.json';

import * as consumers from './consumers';
import { entries, root } from './entries';
import { sizeParts } from './size-parts';
import { bundleSize, exportsOf, type Size } from './sizes';

const file = join(root, 'etc', 'sizes.md');

/** Growth that is let pass: bundlers and compression differ a little by version. */
const TOLERANCE = 0.01;

/** Bytes gzipped that were aimed at, by what is imported. */
const goals: Readonly<Record<string, number>> = {
  'paginate + cursorPagination': 8_000,
  'paged-observable': 18_000,
  'paged-observable but explainPagination': 18_000,
  'paged-observable/fetch': 1_500,
  'paged-observable/axios': 1_500,
  'paged-observable/angular': 1_500,
  'paged-observable/list': 2_500,
};

const HEAD = `# Sizes

Bytes of what bundlers make of an import for browsers, without peers: minified, gzipped, and gzipped what is loaded only when it is
needed. Written by \`npm run pack:check -- --sizes\` and compared by \`npm run pack:check\`: more than 1 % of growth is an error.
Entries contain what they share with others, so that two of them together are less than their sum: what an application that has
\`paginate\` and \`cursorPagination\` already gains by an entry is the column "added", gzipped. Of all that detection is made of,
\`explainPagination\` alone is loaded at once where it is named; a walk loads it when it is needed.

`;

/** Behind the table of sizes. */
const PARTS = `
## What the bytes are for

Most of \`paginate + cursorPagination\` is in every walk because every walk promises it: an error with a resume token and without a secret,
no page twice, another attempt, a reply that is checked. None of that is loaded when something fails, for then the network is what fails. The
goals above are of a loop without these promises.

`;

/** What an application has that is said to add an entry. */
const BASE = `export { cursorPagination, paginate } from '${manifest.name}';`;

/** `added`: bytes gzipped that come with an entry where the base is there already. */
type Sizes = readonly (readonly [title: string, size: Size, added?: number])[];

async function measure(folder: string): Promise<Sizes> {
  const sizes: [string, Size, number?][] = [];
  const main = 'paged-observable';
  const names = await exportsOf(main, folder);
  const most = names.filter((name) => name !== 'explainPagination').join(', ');
  const rest = [`${main} but explainPagination`, `export { ${most} } from '${main}'`] as const;
  for (const [title, code] of [...consumers.bundles, rest]) {
    sizes.push([title, await bundleSize(code, folder)]);
  }
  const base = await bundleSize(BASE, folder);
  for (const { specifier } of entries) {
    const code = `export * from '${specifier}';`;
    const size = await bundleSize(code, folder);
    const both = await bundleSize(`${BASE}\n${code}`, folder);
    sizes.push([specifier, size, both.gzipped - base.gzipped]);
  }
  return sizes;
}

function tableOf(sizes: Sizes): string {
  const rows = sizes.map(([title, { minified, gzipped, lazy }, added]) => {
    const goal = goals[title];
    const aim = goal === undefined ? '' : `${String(goal)}${gzipped > goal ? ' (missed)' : ''}`;
    const more = added === undefined ? '' : String(added);
    return [`\`${title}\``, String(minified), String(gzipped), more, String(lazy), aim];
  });
  const head = ['', 'minified', 'gzipped', 'added', 'loaded later', 'goal, gzipped'];
  return markdownTable([head, ...rows]);
}

function partsTable(parts: Awaited<ReturnType<typeof sizeParts>>): string {
  const sum = parts.reduce((total, [, minified]) => total + minified, 0);
  const rows = parts.map(([part, minified]) => [
    part,
    String(minified),
    `${((100 * minified) / sum).toFixed(0)} %`,
  ]);
  return markdownTable([['', 'minified', 'share'], ...rows]);
}

/** What the committed table says, by title: bytes gzipped. */
export function committedSizes(markdown: string): Map<string, number> {
  const row = /^\| `([^`]+)` *\| *\d+ *\| *(\d+) *\|/gm;
  return new Map([...markdown.matchAll(row)].map(([, title = '', size]) => [title, Number(size)]));
}

/** What has grown beyond what is let pass, or is not in the table at all; a line each. */
export function grown(committed: ReadonlyMap<string, number>, sizes: Sizes): string[] {
  return sizes.flatMap(([title, { gzipped }]) => {
    const before = committed.get(title);
    if (before === undefined) return [`${title} is not in etc/sizes.md`];
    const isMore = gzipped > before * (1 + TOLERANCE);
    return isMore ? [`${title} grew from ${String(before)} to ${String(gzipped)} bytes`] : [];
  });
}

/** Writes the committed table, or throws what has grown. Prints it. `folder` must have the package installed. */
export async function checkSizes(folder: string, update: boolean): Promise<void> {
  const sizes = await measure(folder);
  const table = tableOf(sizes);
  const parts = partsTable(await sizeParts(BASE, folder));
  console.log(`${table}\n\n${parts}`);
  if (update) {
    writeFileSync(file, `${HEAD}${table}\n${PARTS}${parts}\n`);
    return;
  }
  const faults = grown(committedSizes(readFileSync(file, 'utf8')), sizes);
  if (faults.length > 0) {
    throw new Error(
      `${faults.join('\n')}\n\`npm run pack:check -- --sizes\` writes the table anew.`,
    );
  }
}
