'use strict';

const { readFileSync } = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const root = path.join(__dirname, '..');
const file = path.join(root, 'tsconfig.json');

/** @type {{ config?: { compilerOptions: { paths: Record<string, [string]> } } }} */
const tsconfig = ts.parseConfigFileTextToJson(file, readFileSync(file, 'utf8'));

/** Angular is published as ES modules only, so nobody requires what goes with it. */
const esmOnly = ['angular'];

/**
 * The public entries, from `paths` of tsconfig.json: what users import, its name in dist/, its source, and whether
 * package.json offers it to `import` only. (All are built as CommonJS too, for that is what `import` gets in Node.)
 *
 * @type {readonly { specifier: string; name: string; source: string; esmOnly: boolean }[]}
 */
const entries = Object.entries(tsconfig.config?.compilerOptions.paths ?? {}).map(
  ([specifier, [source]]) => {
    const name = specifier.split('/')[1] ?? 'index';
    return {
      specifier,
      name,
      source: source.replace(/^\.\//, ''),
      esmOnly: esmOnly.includes(name),
    };
  },
);

module.exports = { entries, root };
