import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../entries';

/** A block of code in a page, as its fence says it is to be taken. */
export interface Block {
  /** Of the block's first line, from 1. */
  readonly line: number;
  readonly code: string;
  /** Lines that a reader does not need, from the comment right before the block. */
  readonly hidden: string;
  /** It needs what is not at hand here, such as a database, and is compiled only. */
  readonly isRun: boolean;
  /** It is written for another client, which bench/peers installs. */
  readonly isTheirs: boolean;
  /** What it prints, where the page says it. */
  readonly prints: string | undefined;
}

/** A page, or a source whose comments have examples: its path from the root, and its text as Markdown. */
export interface Page {
  readonly name: string;
  readonly markdown: string;
}

/** The pages whose blocks are checked. */
export function pagesWithBlocks(): Page[] {
  const within = (folder: string, ending: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(ending))
      .map((file) => join(folder, file));
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  return [
    ...['README.md', ...within('docs', '.md')].map((name) => ({ name, markdown: read(name) })),
    ...within('lib', '.ts')
      .map((name) => ({ name, markdown: read(name) }))
      .filter(({ markdown }) => markdown.includes(' * ```ts'))
      // Line by line, so that each keeps its number.
      .map(({ name, markdown }) => ({ name, markdown: markdown.replaceAll(/^ \* ?/gm, '') })),
  ];
}

const FENCE =
  /(?:<!-- ts\n(?<hidden>[^]*?)-->\n+)?^```(?:ts|typescript)(?<mark> no-run| theirs)?\n(?<code>[^]*?)^```\n(?:\n```text prints\n(?<prints>[^]*?)^```)?/dgm;

/** The `ts` blocks of a page; those marked `no-check` are none. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map(({ groups = {}, indices }) => {
    const [start = 0] = indices?.groups?.['code'] ?? [];
    return {
      line: markdown.slice(0, start).split('\n').length,
      code: groups['code'] ?? '',
      hidden: groups['hidden'] ?? '',
      isRun: groups['mark'] !== ' no-run',
      isTheirs: groups['mark'] === ' theirs',
      prints: groups['prints'],
    };
  });
}

/** Fences of a page that nobody would check: with a mark that is none, or of what is printed, and not right behind a block. */
export function strayFences(markdown: string): string[] {
  const marks = [...markdown.matchAll(/^```(?:ts|typescript) (.+)$/gm)]
    .map(([, mark = '']) => mark)
    .filter((mark) => !['no-run', 'no-check', 'theirs'].includes(mark))
    .map((mark) => `has a block marked ${mark}, which is no mark`);
  const printed = [...markdown.matchAll(/^```text prints$/gm)].length;
  const behind = blocksOf(markdown).filter(({ prints }) => prints !== undefined).length;
  return printed === behind
    ? marks
    : [...marks, 'says what a block prints where there is none above'];
}
