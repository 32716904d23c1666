import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

import { generateClient, type GenerateOptions } from '../../lib/codegen/generate-client';
import { root } from '../../scripts/entries';

/** Where the files of a test are thought to be: nothing is written. */
const folder = join(root, 'temp', 'generated');

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  baseUrl: root,
  paths: {
    'paged-observable': ['lib/index.ts'],
    'paged-observable/openapi': ['lib/openapi/index.ts'],
  },
};

/** Files of the library, parsed once for all programs. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** The messages of the compiler about files under their names, in strict settings; none where all is well. */
export function compile(files: ReadonlyMap<string, string>): readonly string[] {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  const own = new Map([...files].map(([name, content]) => [join(folder, name), content]));
  host.readFile = (name) => own.get(name) ?? readFile(name);
  host.fileExists = (name) => own.has(name) || fileExists(name);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version) => {
    const content = own.get(name);
    if (content !== undefined) return ts.createSourceFile(name, content, version);
    const source = sources.get(name) ?? getSourceFile(name, version);
    sources.set(name, source);
    return source;
  };
  host.directoryExists = () => true;
  const program = ts.createProgram([...own.keys()], options, host);
  return [...own.keys()].flatMap((name) => {
    const source = program.getSourceFile(name);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(
      ({ messageText }) =>
        `${name.slice(folder.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

/** The TypeScript files of a document's client, in a folder. */
export async function clientOf(
  document: unknown,
  name = 'api',
  settings: GenerateOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const { files } = await generateClient(document, settings);
  const code = [...files].filter(([file]) => file.endsWith('.ts'));
  return new Map(code.map(([file, content]) => [`${name}/${file}`, content]));
}

/** Runs the client as Node would after compiling; gives what it exports. */
export function run(code: string): Record<string, unknown> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exported = {};
  const load = (name: string): unknown => {
    if (name === 'paged-observable/openapi') return jest.requireActual('../../lib/openapi/index');
    throw new Error(`The client imports ${name} at run time`);
  };
  const body = compileFunction(outputText, ['exports', 'require']) as (...given: unknown[]) => void;
  body(exported, load);
  return exported;
}
