import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { brokenLinks } from '../../scripts/docs/check-site';
import { blocksOf, strayFences } from '../../scripts/docs/markdown-blocks';
import { tempFolder } from '../support/temp-folder';

const page = `# A page

<!-- ts
const hidden = 1;
-->

\`\`\`ts
console.log(hidden);
\`\`\`

\`\`\`text prints
1
\`\`\`

\`\`\`ts no-run
declare const never: string;
\`\`\`

\`\`\`ts theirs
import got from 'got';
\`\`\`

\`\`\`ts no-check
import nothing from 'nowhere';
\`\`\`

\`\`\`js
1;
\`\`\`
`;

describe('the blocks of a page', () => {
  it('are its fences of TypeScript, with what is hidden before and printed behind', () => {
    expect(blocksOf(page)).toEqual([
      {
        line: 8,
        code: 'console.log(hidden);\n',
        hidden: 'const hidden = 1;\n',
        isRun: true,
        isTheirs: false,
        prints: '1\n',
      },
      {
        line: 16,
        code: 'declare const never: string;\n',
        hidden: '',
        isRun: false,
        isTheirs: false,
        prints: undefined,
      },
      {
        line: 20,
        code: "import got from 'got';\n",
        hidden: '',
        isRun: true,
        isTheirs: true,
        prints: undefined,
      },
    ]);
    expect(strayFences(page)).toEqual([]);
  });

  it('are not left out for a mark that is misspelt, nor what is printed by nothing', () => {
    expect(strayFences('```ts norun\n1;\n```\n\n```text prints\n1\n```\n')).toEqual([
      'has a block marked norun, which is no mark',
      'says what a block prints where there is none above',
    ]);
  });
});

describe('the links of a site', () => {
  const newFolder = tempFolder();

  it('lead to files and anchors that are there, and elsewhere by https', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'sub'));
    const home = '<h1 id="top">Home</h1><a href="sub/page.html#here"></a><img src="no.svg">';
    const links = ['../', '../index.html#top', '#here', '#there', '../index.html#bottom'];
    const others = ['https://a.example/', 'http://b.example/', 'https://['];
    const anchors = [...links, ...others].map((link) => `<a class="x" href="${link}">x</a>`);
    writeFileSync(join(folder, 'index.html'), home);
    writeFileSync(
      join(folder, 'sub', 'page.html'),
      `<p id="here"></p>${anchors.join('')}<script>const text = '<a href="gone.html">';</script>`,
    );
    const faults = brokenLinks(folder).map((fault) => fault.replaceAll('\\', '/'));
    expect(faults).toEqual([
      'index.html: no.svg leads to no file',
      'sub/page.html: #there leads to no such heading',
      'sub/page.html: ../index.html#bottom leads to no such heading',
      'sub/page.html: http://b.example/ is not https',
      'sub/page.html: https://[ is no URL',
    ]);
  });
});
