'use strict';

const { entries } = require('./scripts/entries');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  moduleNameMapper: Object.fromEntries(
    entries.map(({ specifier, source }) => [`^${specifier}$`, `<rootDir>/${source}`]),
  ),
  transformIgnorePatterns: ['/node_modules/(?!@angular/)'],
  transform: {
    '^.+\\.mjs$': '<rootDir>/scripts/esm-to-commonjs.js',
    // Types are judged once, by tsc, so each file can be compiled alone; CommonJS lets a spec reach a dynamic import().
    '^.+\\.ts$': [
      'ts-jest',
      {
        tsconfig: {
          target: 'ES2022',
          module: 'CommonJS',
          moduleResolution: 'Node10',
          esModuleInterop: true,
          isolatedModules: true,
          strict: true,
        },
      },
    ],
  },
};
