'use strict';

const { entries } = require('./scripts/entries');

// ES modules only, which jest cannot require on Node 20: packages of openapi-typescript, and pg-boss with its own.
const esmOnly = [
  ...['parse-json', 'index-to-position', 'supports-color', 'change-case'],
  ...['pg-boss', 'serialize-error', 'non-error'],
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/scripts/plain-globals.js',
  // On two cores jest would take one.
  maxWorkers: '100%',
  // Many specs run real processes, and a machine may have other things to do.
  testTimeout: 20_000,
  // What takes long begins first, or one worker is left with it at the end.
  testSequencer: '<rootDir>/scripts/slow-specs-first.js',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  moduleNameMapper: Object.fromEntries(
    entries.map(({ specifier, source }) => [`^${specifier}$`, `<rootDir>/${source}`]),
  ),
  transformIgnorePatterns: [
    `/node_modules/(?!(?:@angular|${esmOnly.join('|')}|openapi-typescript)/)`,
  ],
  transform: {
    '^.+\\.mjs$': '<rootDir>/scripts/compile-for-jest.js',
    [`/node_modules/(?:${esmOnly.join('|')})/.+\\.js$`]: '<rootDir>/scripts/compile-for-jest.js',
    '^.+\\.ts$': '<rootDir>/scripts/compile-for-jest.js',
  },
};
