import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What is wrong with the links of a built site: files and anchors that are not there, and addresses that are none. */
export function brokenLinks(site: string): string[] {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (file: string): ReadonlySet<string> => {
    const known = anchors.get(file) ?? new Set(attributes(readFileSync(file, 'utf8'), ['id']));
    anchors.set(file, known);
    return known;
  };
  return pages.flatMap((page) => {
    const file = join(site, page);
    const links = new Set(attributes(readFileSync(file, 'utf8'), ['href', 'src']));
    return [...links].flatMap((link) => {
      const fault = /^[a-z][a-z\d+.-]*:/i.test(link)
        ? externalFault(link)
        : internalFault(link, file, anchorsOf);
      return fault === undefined ? [] : [`${relative(site, file)}: ${link} ${fault}`];
    });
  });
}

function internalFault(
  link: string,
  page: string,
  anchorsOf: (file: string) => ReadonlySet<string>,
): string | undefined {
  const [path = '', anchor = ''] = link.split('#');
  const target = join(dirname(page), decodeURIComponent(path.split('?')[0] ?? ''));
  const file = path === '' ? page : path.endsWith('/') ? join(target, 'index.html') : target;
  if (!existsSync(file) || !statSync(file).isFile()) return 'leads to no file';
  if (anchor === '' || !file.endsWith('.html')) return undefined;
  return anchorsOf(file).has(decodeURIComponent(anchor)) ? undefined : 'leads to no such heading';
}

/** By its form only: nothing is requested. */
function externalFault(link: string): string | undefined {
  if (!URL.canParse(link)) return 'is no URL';
  return ['https:', 'mailto:', 'data:'].includes(new URL(link).protocol)
    ? undefined
    : 'is not https';
}

/** The values of attributes in the tags of a page, as a browser reads them. */
function attributes(html: string, names: readonly string[]): string[] {
  const markup = html.replaceAll(/<script[^]*?<\/script>/g, (script) =>
    script.slice(0, script.indexOf('>') + 1),
  );
  const attribute = new RegExp(`\\s(?:${names.join('|')})="([^"]*)"`, 'g');
  return [...markup.matchAll(/<[a-z][^>]*>/gi)].flatMap(([tag]) =>
    [...tag.matchAll(attribute)].map(([, value = '']) => unescapeHtml(value)),
  );
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
