'use strict';

const { existsSync } = require('node:fs');
const path = require('node:path');

const { defineConfig, globalIgnores } = require('eslint/config');
const rxjsX = require('eslint-plugin-rxjs-x').default;
const tseslint = require('typescript-eslint');

module.exports = defineConfig(
  globalIgnores([
    'dist/',
    'coverage/',
    'temp/',
    'site/',
    'spec/golden/',
    'samples/users-api/',
    'samples/angular/{dist,.library,.angular}/',
    // Its types are those of its own Angular and of what its build copies.
    ...(existsSync(path.join(__dirname, 'samples/angular/.library'))
      ? []
      : ['samples/angular/src/']),
  ]),
  {
    files: ['**/*.{ts,js}'],
    extends: [tseslint.configs.strictTypeChecked, rxjsX.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // `expect(x.method)` is no call, and an index into a fixture is checked by the assertion.
    files: ['spec/**/*.ts'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
