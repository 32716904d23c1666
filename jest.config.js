'use strict';

const { entries } = require('./scripts/entries');

// ES modules only, which jest cannot require on Node 20: packages of openapi-typescript, and pg-boss with its own.
const esmOnly = [
  ...['parse-json', 'index-to-position', 'supports-color', 'change-case'],
  ...['pg-boss', 'serialize-error', 'non-error'],
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // On two cores jest would take one.
  maxWorkers: '100%',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  moduleNameMapper: Object.fromEntries(
    entries.map(({ specifier, source }) => [`^${specifier}$`, `<rootDir>/${source}`]),
  ),
  transformIgnorePatterns: [
    `/node_modules/(?!(?:@angular|${esmOnly.join('|')}|openapi-typescript)/)`,
  ],
  transform: {
    '^.+\\.mjs$': '<rootDir>/scripts/esm-to-commonjs.js',
    [`/node_modules/(?:${esmOnly.join('|')})/.+\\.js$`]: '<rootDir>/scripts/esm-to-commonjs.js',
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
