'use strict';

const { transformSync } = require('esbuild');

/**
 * Translates ES modules for jest: Angular's packages are published as nothing else.
 *
 * @type {import('@jest/transform').SyncTransformer}
 */
module.exports = {
  process: (text, file) => {
    const { code } = transformSync(text, {
      format: 'cjs',
      target: 'es2022',
      sourcefile: file,
      supported: { 'dynamic-import': false },
    });
    return { code };
  },
};
