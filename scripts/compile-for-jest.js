'use strict';

const { transformSync } = require('esbuild');

/**
 * Compiles TypeScript for jest, each file alone: types are judged once, by tsc. CommonJS lets a spec reach a dynamic import().
 *
 * @type {import('@jest/transform').SyncTransformer}
 */
module.exports = {
  process: (text, file) => {
    const { code, map } = transformSync(text, {
      loader: 'ts',
      format: 'cjs',
      target: 'es2022',
      sourcefile: file,
      sourcemap: true,
      sourcesContent: false,
      supported: { 'dynamic-import': false },
    });
    return { code, map };
  },
};
