'use strict';

const { statSync } = require('node:fs');
const path = require('node:path');

const { entries, root } = require('../entries');

/** By the name that typedoc gives an entry, which is its path below lib/. */
const specifiers = new Map(
  entries.map(({ specifier, source }) => [
    source.replace(/^lib\//, '').replace(/(\/index)?\.ts$/, ''),
    specifier,
  ]),
);

/** @typedef {import('typedoc').CommentDisplayPart} Part */

/**
 * Makes the parts of a page fit to be shown: without what only our own checks read, and without links to folders of the
 * repository, which are no pages.
 *
 * @param {Part[]} parts
 */
function tidy(parts) {
  parts.forEach((part, at) => {
    const [before, after] = [parts[at - 1], parts[at + 1]];
    if (part.kind !== 'relative-link' || !isFolder(part.text)) return;
    if (before?.kind !== 'text' || after?.kind !== 'text') return;
    before.text = before.text.replace(/\[([^\]]*)\]\($/, '$1');
    after.text = after.text.replace(/^\)/, '');
    parts[at] = { kind: 'text', text: '' };
  });
  for (const part of parts) {
    if (part.kind !== 'text') continue;
    part.text = part.text
      .replace(/<!--[^]*?-->\n*/g, '')
      .replace(/^```(\w+) [\w-]+$/gm, '```$1')
      // In boxes of their own, without colours.
      .replace(/^```text$/gm, '```');
  }
}

/** @param {string} file */
function categoryOf(file) {
  const folder = path.basename(path.dirname(file));
  return folder === 'guide' ? 'Guides' : folder === 'from' ? 'From elsewhere' : 'Project';
}

/** @param {string} link from a page, wherever that is */
function isFolder(link) {
  const target = path.join(root, link.replace(/^(\.\.?\/)+/, ''));
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Entries are called what users import, pages what their headings say.
 *
 * @param {import('typedoc').Application} app
 */
exports.load = (app) => {
  app.converter.on('createDeclaration', (_context, reflection) => {
    if (reflection.parent?.isProject() !== true) return;
    reflection.name = specifiers.get(reflection.name) ?? reflection.name;
  });
  app.converter.on('createDocument', (_context, document) => {
    const text = document.content.map((part) => part.text).join('');
    // Up to the first comma or colon, for the name is the address, too.
    const [, heading = document.name] = /^# ([^:,\n]+)/m.exec(text) ?? [];
    document.name = heading.replaceAll('`', '').trim();
    const file = document.project.files.getReflectionPath(document);
    document.frontmatter['category'] = categoryOf(file ?? '');
    tidy(document.content);
  });
  // A search finds each member once, where it is said, and not in all that have it from there.
  app.converter.on('resolveEnd', ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      if (reflection.isDeclaration() && reflection.inheritedFrom) reflection.relevanceBoost = 0;
    }
  });
  app.converter.on('resolveBegin', ({ project }) => {
    const readme = project.readme ?? [];
    tidy(readme);
    // The page has the name of the project above it.
    for (const part of readme.slice(0, 1)) part.text = part.text.replace(/^# .*\n+/, '');
  });
  // For who goes through a page by its landmarks.
  app.renderer.on('endPage', (page) => {
    page.contents = (page.contents ?? '').replace(
      '<div class="col-content">',
      '<div class="col-content" role="main">',
    );
  });
};
