import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import settings from '../../typedoc.config.js';

const root = join(__dirname, '..', '..');
const docs = join(root, 'docs');
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map((name) =>
    join(root, name),
  ),
  ...readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(docs, file)),
];

/** What is said outside of code. */
function prose(file: string): string {
  return readFileSync(file, 'utf8')
    .replaceAll(/^```[^]*?^```/gm, '')
    .replaceAll(/<!--[^]*?-->/g, '');
}

/** Of a heading, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(file: string): string[] {
  return [...prose(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

function linksOf(file: string): string[] {
  return [...prose(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

describe('a link', () => {
  it.each(pages.map((file) => [relative(root, file), file]))(
    'of %s leads to a file and a heading that are there',
    (_, file) => {
      const broken = linksOf(file)
        .filter((link) => !link.startsWith('https://'))
        .filter((link) => {
          const [path = '', anchor] = link.split('#');
          const target = path === '' ? file : join(dirname(file), path);
          if (!existsSync(target)) return true;
          return anchor !== undefined && !anchorsOf(target).includes(anchor);
        });
      expect(broken).toEqual([]);
    },
  );
});

describe('the index of the documents', () => {
  it.each(['guide', 'from'])('names every page of docs/%s once', (folder) => {
    const named = linksOf(join(docs, 'README.md')).filter((link) => link.startsWith(`${folder}/`));
    const there = readdirSync(join(docs, folder)).filter((file) => file.endsWith('.md'));
    expect([...named].sort()).toEqual(there.map((file) => `${folder}/${file}`).sort());
  });

  it('gives the static pages their order', () => {
    const pages = linksOf(join(docs, 'README.md')).filter((link) => /^(?:guide|from)\//.test(link));
    expect(settings.projectDocuments).toEqual([
      'docs/README.md',
      ...pages.map((page) => `docs/${page}`),
      ...['docs/decisions.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
    ]);
  });
});
