'use strict';

const { compileFile } = require('./compile-file');

/** @type {import('@jest/transform').SyncTransformer} */
module.exports = {
  process: (text, file) => {
    const { code, map } = compileFile(text, file);
    return map === '' ? { code } : { code, map };
  },
};
