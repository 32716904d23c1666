import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { root } from '../entries';

import { blocksOf, pagesWithBlocks, type Block } from './markdown-blocks';

/** A block as a module of its own. */
export interface BlockFile extends Block {
  /** Of the page, from the root. */
  readonly page: string;
  readonly file: string;
}

const folder = join(root, 'temp', 'readme');
const peers = join(root, 'bench', 'peers', 'node_modules');

/** Whether the other clients are installed. */
export const hasPeers = existsSync(peers);

/** Writes every block of the pages into a file; those of other clients where their packages are found. */
export function writeBlocks(): BlockFile[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'theirs'), { recursive: true });
  linkPeers(folder);
  return pagesWithBlocks().flatMap(({ name: page, markdown }) =>
    blocksOf(markdown).map((block) => {
      const name = `${page.replaceAll(/[\\/]/g, '-')}.${String(block.line)}.ts`;
      const file = join(folder, block.isTheirs ? 'theirs' : '', name);
      writeFileSync(file, moduleText(block));
      return { ...block, page, file };
    }),
  );
}

/** Packages of other clients are found from the folder `theirs` of this one. */
export function linkPeers(parent: string): void {
  const link = join(parent, 'theirs', 'node_modules');
  if (!hasPeers || existsSync(link)) return;
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(peers, link, 'junction');
}

/** Puts the block on the line it has in its page, so that an error shows the right one. */
function moduleText({ line, code, hidden }: Block): string {
  const head = hidden.trim().replaceAll('\n', ' ');
  return `${head}${'\n'.repeat(line - 1)}${code}`;
}
