'use strict';

const { readFileSync } = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const root = path.join(__dirname, '..');
const file = path.join(root, 'tsconfig.json');

/** @type {{ config?: { compilerOptions: { paths: Record<string, [string]> } } }} */
const tsconfig = ts.parseConfigFileTextToJson(file, readFileSync(file, 'utf8'));

/**
 * The public entries, from `paths` of tsconfig.json: what users import, its name in dist/, its source.
 *
 * @type {readonly { specifier: string; name: string; source: string }[]}
 */
const entries = Object.entries(tsconfig.config?.compilerOptions.paths ?? {}).map(
  ([specifier, [source]]) => ({
    specifier,
    name: specifier.split('/')[1] ?? 'index',
    source: source.replace(/^\.\//, ''),
  }),
);

module.exports = { entries, root };
