import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

import { devDependencies } from '../../package.json';
import { root } from '../entries';

import type { Outcome, RunnableBlock } from './block-process';
import { linkPeers, type BlockFile } from './write-blocks';

const sources = join(root, 'temp', 'readme');
const folder = join(root, 'temp', 'readme-run');
const harness = join(root, 'scripts', 'docs');

/** Runs the blocks one after another in one process, against the demo API; gives what went wrong. */
export async function runBlocks(blocks: readonly BlockFile[]): Promise<string[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  linkPeers(join(folder, 'blocks'));
  // Bundled with the sources of this project at once; a chunk holds what the blocks share.
  await build({
    absWorkingDir: root,
    entryPoints: [
      ...blocks.map(({ file }) => ({
        in: file,
        out: join('blocks', relative(sources, file).replace(/\.ts$/, '')),
      })),
      ...['block-process', 'demo-worker'].map((name) => ({
        in: join(harness, `${name}.ts`),
        out: name,
      })),
    ],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    external: [...Object.keys(devDependencies), 'got', 'openai', '@octokit/*', '@smithy/*'],
  });
  const list = blocks.map(({ file, page, line, prints }): RunnableBlock => ({
    place: `${page}:${String(line)}`,
    module: `./blocks/${relative(sources, file).replace(/\.ts$/, '.mjs')}`,
    prints,
  }));
  writeFileSync(join(folder, 'blocks.json'), JSON.stringify(list));
  const args = [join(folder, 'block-process.mjs'), folder, join(root, 'samples')];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  return [...faultsOf(), ...(stderr === '' ? [] : [stderr])];
}

function faultsOf(): readonly string[] {
  try {
    const outcome = JSON.parse(readFileSync(join(folder, 'outcome.json'), 'utf8')) as Outcome;
    return outcome.faults;
  } catch {
    return ['The process that runs the blocks ended before they were over'];
  }
}
