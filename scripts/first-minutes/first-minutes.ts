import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';

import manifest from '../../package.json';
import { firstReadmeBlock } from '../readme-block';
import { runBeside } from '../run';

import { buildAndOpen } from './bundlers';
import type { Outcome } from './outcome';

/** Versions of Node besides the one that runs this, and how they were installed. */
const others = [
  { name: 'Node 22', path: join(__dirname, 'node_modules', 'node-22', 'bin', 'node') },
  { name: 'Node 24', path: join(__dirname, 'node_modules', 'node-24', 'bin', 'node') },
];

const OPTIONS = ['--target', 'es2022', '--module', 'nodenext', '--strict', '--outDir', 'compiled'];

/**
 * What someone does in the first ten minutes, in an empty folder: `npm init`, install the packed library, paste the first block of
 * the README, run it: as an ES module, as CommonJS and as TypeScript, by each version of Node, and in a browser as each bundler
 * builds it. Gives a line for each way, or throws the first that did not print what it should.
 */
export async function firstMinutes(archive: string, folder: string): Promise<string[]> {
  mkdirSync(folder);
  await runBeside('npm', ['init', '-y'], folder);
  const packages = [archive, `rxjs@${manifest.devDependencies.rxjs}`];
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund'];
  await runBeside('npm', ['install', ...quietly, ...packages], folder);
  const server = await serveDemo(folder);
  try {
    await paste(folder, firstReadmeBlock(server.url));
    const ways = [...(await runByNodes(folder)), ...(await buildAndOpen(folder))];
    for (const { way, lines } of ways) check(way, lines);
    return ways.map(
      ({ way, lines }) => `${way.padEnd(40)}${lines === undefined ? 'SKIPPED' : 'ok'}`,
    );
  } finally {
    server.child.kill();
  }
}

/** The block as it stands, and without its types. */
async function paste(folder: string, code: string): Promise<void> {
  const plain = await transform(code, { loader: 'ts', target: 'es2022' });
  const required = await transform(code, { loader: 'ts', target: 'es2022', format: 'cjs' });
  writeFileSync(join(folder, 'first.ts'), code);
  writeFileSync(join(folder, 'first.mts'), code);
  writeFileSync(join(folder, 'first.mjs'), plain.code);
  writeFileSync(join(folder, 'first.cjs'), required.code);
  await runBeside('tsc', [...OPTIONS, 'first.mts', 'first.ts'], folder);
}

async function runByNodes(folder: string): Promise<Outcome[]> {
  const own = { name: `Node ${process.versions.node.split('.')[0] ?? ''}`, path: process.execPath };
  const forms = [
    ['ES module', 'first.mjs'],
    ['CommonJS', 'first.cjs'],
    ['TypeScript to an ES module', 'compiled/first.mjs'],
    ['TypeScript to CommonJS', 'compiled/first.js'],
  ] as const;
  const asItIs = ['TypeScript as it is', 'first.mts'] as const;
  const outcomes: Outcome[] = [];
  for (const { name, path } of [own, ...others]) {
    for (const [form, file] of path === own.path ? forms : [...forms, asItIs]) {
      const said = existsSync(path) ? await runBeside(path, [file], folder) : undefined;
      outcomes.push({ way: `${name}, ${form}`, lines: said?.trimEnd().split('\n') });
    }
  }
  return outcomes;
}

/** The server that the README says to start, of the installed package. */
async function serveDemo(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const command = join(folder, 'node_modules', manifest.name, manifest.bin['paged-observable']);
  const child = spawn(process.execPath, [command, 'serve-demo', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      const [found] = /http:\/\/[\d.]+:\d+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', () => {
      reject(new Error(`serve-demo ended: ${said}`));
    });
  });
  return { child, url };
}

/** The block prints the first ten active users of the demo. */
function check(way: string, lines: readonly string[] | undefined): void {
  if (lines === undefined) {
    if (process.env['CI'] !== undefined) throw new Error(`${way} cannot be tried here`);
    return;
  }
  if (lines.length !== 10 || lines[0] !== "u0000003 Björn O'Brien") {
    throw new Error(`${way} printed\n${lines.join('\n')}`);
  }
}
