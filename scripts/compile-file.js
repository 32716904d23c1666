'use strict';

const { transformSync } = require('esbuild');

/**
 * Compiles a file alone, as CommonJS: our TypeScript, whose types are judged once, by tsc, and packages that are published
 * as ES modules only. CommonJS lets a spec reach a dynamic import().
 *
 * @param {string} text
 * @param {string} file
 */
exports.compileFile = (text, file) => {
  const isOurs = file.endsWith('.ts');
  return transformSync(text, {
    loader: isOurs ? 'ts' : 'js',
    format: 'cjs',
    target: 'es2022',
    sourcefile: file,
    sourcemap: isOurs,
    sourcesContent: false,
    supported: { 'dynamic-import': false },
  });
};
