import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

import { bundledPackages, bundling, entryPoints, plainClassNames } from './bundling';
import { entries, root } from './entries';

/** Packages that an entry may contain; who does not import what needs them, does not ship them. */
const inLibrary = ['node_modules/json-p3', 'node_modules/yaml'];

/**
 * For bundlers, a file for each module: they leave out whole files that nobody needs. What is loaded only when it is needed comes
 * in one file with all it needs: esbuild loads every file that this would share with an entry along with the entry, whoever
 * else needs it, so that detection would bring each strategy it can find to those who name another one.
 */
export async function buildEsm(dist: string): Promise<void> {
  const { metafile } = await build({
    ...bundling,
    entryPoints,
    outdir: dist,
    platform: 'neutral',
    mainFields,
  });
  const modules = Object.keys(metafile.inputs).filter((input) => input.startsWith('lib/'));
  const later = loadedLater(metafile);
  const apart = modules.filter((module) => !later.includes(module));
  await writeModules(dist, apart, [ownModulesApart]);
  await writeModules(dist, later, []);
  for (const { name, source } of entries) {
    const module = source.replace(/^(?:\.\/)?lib\//, './esm/').replace(/\.ts$/, '.mjs');
    writeFileSync(join(dist, `${name}.mjs`), `export * from '${module}';\n`);
  }
}

/** The own modules that only a dynamic import names. */
function loadedLater({ inputs }: Metafile): string[] {
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  const named = imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path);
  return [...new Set(named)].filter((path) => path.startsWith('lib/'));
}

async function writeModules(
  dist: string,
  modules: readonly string[],
  plugins: Plugin[],
): Promise<void> {
  const { outputFiles, metafile } = await build({
    ...bundling,
    entryPoints: [...modules],
    outdir: join(dist, 'esm'),
    outbase: 'lib',
    splitting: false,
    outExtension: { '.js': '.mjs' },
    platform: 'neutral',
    mainFields,
    plugins,
  });
  const bundled = bundledPackages(metafile).find((folder) => !inLibrary.includes(folder));
  if (bundled !== undefined) throw new Error(`${bundled} must not be bundled into the library`);
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, plainClassNames(text));
  }
}

const mainFields = ['module', 'main'];

/** Keeps imports of our own modules as they are, with the extension that files have in the package. */
const ownModulesApart: Plugin = {
  name: 'own-modules-apart',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
      importer.startsWith(join(root, 'lib')) && !path.endsWith('.json')
        ? { path: `${path}.mjs`, external: true }
        : undefined,
    );
  },
};
