'use strict';

const { transformSync } = require('esbuild');

/**
 * Compiles for jest, each file alone: our TypeScript, whose types are judged once, by tsc, and packages that are published as
 * ES modules only. CommonJS lets a spec reach a dynamic import().
 *
 * @type {import('@jest/transform').SyncTransformer}
 */
module.exports = {
  process: (text, file) => {
    const isOurs = file.endsWith('.ts');
    const { code, map } = transformSync(text, {
      loader: isOurs ? 'ts' : 'js',
      format: 'cjs',
      target: 'es2022',
      sourcefile: file,
      sourcemap: isOurs,
      sourcesContent: false,
      supported: { 'dynamic-import': false },
    });
    return isOurs ? { code, map } : { code };
  },
};
