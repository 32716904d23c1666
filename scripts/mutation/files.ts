import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

import { root } from '../entries';

/** The folders of lib/ that hold what a walk does. */
const folders = ['strategy', 'core', 'flow'];

/** The files of folders (`flow`) and files (`flow/drift`) of lib/, without names those of a walk. What holds only types has nothing to change. */
export function filesOf(names: readonly string[]): string[] {
  const asked = names.length === 0 ? folders : names;
  return asked.flatMap((name) =>
    name.includes('/')
      ? [`lib/${name}.ts`]
      : readdirSync(join(root, 'lib', name))
          .filter((file) => file.endsWith('.ts'))
          .map((file) => `lib/${name}/${file}`)
          .filter(hasCode),
  );
}

function hasCode(file: string): boolean {
  const text = readFileSync(join(root, file), 'utf8');
  const compilerOptions = {
    module: ModuleKind.ESNext,
    target: ScriptTarget.ES2022,
    removeComments: true,
  };
  return transpileModule(text, { compilerOptions }).outputText.trim() !== 'export {};';
}
