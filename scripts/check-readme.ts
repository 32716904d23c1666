import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

import { wrongClaims } from '../bench/claims';

import { root } from './entries';

/*
 * Type-checks every ```ts block of README.md and docs/, each as a module of its own, and compares the figures of the bench
 * with those that were kept.
 * - Lines a reader does not need stand in an HTML comment `<!-- ts ... -->` right before the block.
 * - ```ts no-check is for code that needs packages this project does not install.
 */
const folder = join(root, 'temp', 'readme');

interface Block {
  /** Of the block's first line, from 1. */
  readonly line: number;
  readonly code: string;
  readonly hidden: string;
}

function markdownFiles(): string[] {
  const docs = join(root, 'docs');
  const pages = existsSync(docs)
    ? readdirSync(docs, { recursive: true, encoding: 'utf8' }).map((file) => join(docs, file))
    : [];
  return [join(root, 'README.md'), ...pages].filter((f) => f.endsWith('.md') && existsSync(f));
}

function blocks(markdown: string): Block[] {
  const fence = /(?:<!-- ts\n(?<hidden>[^]*?)-->\n+)?^```(?:ts|typescript)\n(?<code>[^]*?)^```/gm;
  return [...markdown.matchAll(fence)].map(({ 0: text, index, groups }) => {
    const code = groups?.['code'] ?? '';
    const start = index + text.length - '```'.length - code.length;
    return {
      line: markdown.slice(0, start).split('\n').length,
      code,
      hidden: groups?.['hidden'] ?? '',
    };
  });
}

/** Puts the block on the line it has in its page, so that an error shows the right one. */
function moduleText({ line, code, hidden }: Block): string {
  const head = hidden.trim().replaceAll('\n', ' ');
  return `${head}${'\n'.repeat(line - 1)}${code}`;
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (f) => ts.sys.readFile(f)) as {
    config: object;
  };
  return {
    ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
    moduleDetection: ts.ModuleDetectionKind.Force,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
}

function main(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pageOf = new Map<string, string>();
  for (const page of markdownFiles()) {
    const name = relative(root, page);
    for (const block of blocks(readFileSync(page, 'utf8'))) {
      const file = join(folder, `${name.replaceAll(/[\\/]/g, '-')}.${String(block.line)}.ts`);
      writeFileSync(file, moduleText(block));
      pageOf.set(file, name);
    }
  }
  const program = ts.createProgram([...pageOf.keys()], compilerOptions());
  const faults = ts.getPreEmitDiagnostics(program);
  for (const { file, start, messageText } of faults) {
    const line =
      file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const place = file ? (pageOf.get(file.fileName) ?? relative(root, file.fileName)) : 'tsc';
    console.error(`${place}:${String(line)} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  }
  console.log(`${String(pageOf.size)} blocks, ${String(faults.length)} errors`);
  const claims = wrongClaims();
  for (const claim of claims) console.error(`${claim}; run \`npm run bench -- --write\``);
  if (faults.length + claims.length > 0) process.exitCode = 1;
}

main();
