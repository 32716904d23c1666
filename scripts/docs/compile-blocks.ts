import { join, relative } from 'node:path';
import ts from 'typescript';

import { root } from '../entries';

import type { BlockFile } from './write-blocks';

/** What TypeScript finds wrong with the blocks, all of them in one program. */
export function compileBlocks(blocks: readonly BlockFile[]): string[] {
  const pages = new Map(blocks.map(({ file, page }) => [file, page]));
  const program = ts.createProgram([...pages.keys()], compilerOptions());
  // Of the blocks only: what they import has been checked with the rest of the project.
  const found = [...pages.keys()].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)),
  );
  return found.map(({ file, start, messageText }) => {
    const line =
      file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const place = file ? (pages.get(file.fileName) ?? relative(root, file.fileName)) : 'tsc';
    return `${place}:${String(line)} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
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
