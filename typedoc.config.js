'use strict';

const { readFileSync } = require('node:fs');
const path = require('node:path');

const { entries } = require('./scripts/entries');

/** The guides and the pages from elsewhere, in the order of their index, which names each of them once. */
const pages = [
  ...readFileSync(path.join(__dirname, 'docs/README.md'), 'utf8').matchAll(
    /\]\(((?:guide|from)\/[\w-]+\.md)\)/g,
  ),
].map(([, page = '']) => `docs/${page}`);

/** @type {import('typedoc').TypeDocOptions} */
module.exports = {
  name: 'paged-observable',
  includeVersion: true,
  tsconfig: 'scripts/docs/tsconfig.typedoc.json',
  entryPoints: entries.map(({ source }) => source),
  readme: 'README.md',
  projectDocuments: [
    'docs/README.md',
    ...pages,
    'docs/decisions.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
  ],
  plugin: ['./scripts/docs/typedoc-plugin.js'],
  out: 'site',
  customCss: 'scripts/docs/site.css',
  favicon: 'scripts/docs/favicon.svg',
  // tsc has judged the types; what rxjs and Node document is theirs to show.
  skipErrorChecking: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  disableGit: true,
  hideGenerator: true,
  searchInComments: true,
  searchInDocuments: true,
  // Who looks for a word wants the page about it beside the properties that are called so.
  searchGroupBoosts: { Documents: 20, Functions: 2 },
  sort: ['documents-first', 'kind', 'alphabetical-ignoring-documents'],
  kindSortOrder: ['Document', 'Module', 'Function', 'Variable', 'Class', 'Interface', 'TypeAlias'],
  categorizeByGroup: false,
  defaultCategory: 'Reference',
  categoryOrder: ['Guides', 'From elsewhere', 'Reference', 'Project', '*'],
  groupOrder: ['Documents', 'Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases', '*'],
  navigation: { includeCategories: true, includeGroups: false, includeFolders: true },
  // README.md is no address in Montenegro.
  markdownItOptions: { html: true, linkify: false },
  highlightLanguages: [
    'typescript',
    'html',
    'javascript',
    'python',
    'java',
    'bash',
    'json',
    'yaml',
    'http',
  ],
  // Types of a signature that nobody needs to name.
  intentionallyNotExported: ['PagedResponses', 'SinglePageOptions'],
  treatValidationWarningsAsErrors: true,
  treatWarningsAsErrors: true,
  requiredToBeDocumented: [
    'Function',
    'Class',
    'Interface',
    'TypeAlias',
    'Variable',
    'Method',
    'Constructor',
    'Module',
    'Document',
  ],
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: false,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
};
