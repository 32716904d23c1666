import { isDeepStrictEqual } from 'node:util';

import type { DialectFile, DialectPage } from '../dialect-file';
import { mapBody, partsOf, valueAt, withPages, wordsOf } from './json-tools';
import { isLink } from './paging/link-text';
import type { Transformation } from './transformation';

/** A link of the page that this URL led to, written otherwise; the same where it cannot be. */
type Form = (link: string, url: string, base: string | undefined) => string;

/** How links resolve against the URL of their page; some APIs name a base that theirs follow instead. */
const absolute: Form = (link, url, base) => {
  if (link.startsWith('?')) return url + link;
  return link.startsWith('/') ? (base ?? new URL(url).origin) + link : link;
};

const relative: Form = (link, url, base) => {
  const { origin } = new URL(url);
  return base === undefined && link.startsWith(`${origin}/`) ? link.slice(origin.length) : link;
};

const queryOnly: Form = (link, url, base) => {
  const full = absolute(link, url, base);
  return base === undefined && full.startsWith(`${url}?`) ? full.slice(url.length) : link;
};

function withLinks(file: DialectFile, form: Form): DialectFile | undefined {
  // What a link beside a POST means differs; those that are there are traps as they stand.
  if (file.request.method === 'POST') return undefined;
  const changed = withPages(file, (page, place) => {
    const url = (place === 0 ? file.request : file.expect.next[place - 1])?.url ?? file.request.url;
    return { ...page, headers: headersOf(page, url, form), body: bodyOf(file, page, url, form) };
  });
  return isDeepStrictEqual(changed, file) ? undefined : changed;
}

function headersOf({ headers }: DialectPage, url: string, form: Form): DialectPage['headers'] {
  const rewrite = (text: string) =>
    text.replaceAll(/<([^>]*)>/g, (_, target: string) => `<${form(target, url, undefined)}>`);
  const lines = Object.entries(headers).map(([name, value]) => {
    if (name.toLowerCase() !== 'link') return [name, value] as const;
    return [name, typeof value === 'string' ? rewrite(value) : value.map(rewrite)] as const;
  });
  return Object.fromEntries(lines);
}

function bodyOf(
  file: DialectFile,
  { body }: DialectPage,
  url: string,
  form: Form,
): DialectPage['body'] {
  const rewritten = mapBody(body, file.expect.itemsPointer, (value, pointer) => {
    if (typeof value !== 'string' || !isLink(value) || !isLinkName(pointer)) return value;
    const base = baseOf(file, body, pointer, value);
    const isOther = /^https?:/.test(value) && new URL(value).origin !== new URL(url).origin;
    return isOther ? value : form(value, url, base);
  });
  return rewritten ?? null;
}

/** Names that links stand under; a path elsewhere, such as the root of a service, is none. */
function isLinkName(pointer: string): boolean {
  const { name } = partsOf(pointer);
  return wordsOf(name).some((word) =>
    /^(?:next|prev|previous|first|last|self|href|url|uri|link)$/.test(word),
  );
}

/** The base that a body names beside a link, if the link follows it and not the origin. */
function baseOf(
  file: DialectFile,
  body: DialectPage['body'],
  pointer: string,
  link: string,
): string | undefined {
  const base = valueAt(body, `${partsOf(pointer).parent}/base`);
  if (typeof base !== 'string') return undefined;
  const { pathname } = new URL(base + link);
  return [file.request, ...file.expect.next].some((request) => request?.path === pathname)
    ? base
    : undefined;
}

export const absoluteLinks: Transformation = {
  name: 'links absolute',
  does: 'relative and query-only links written with their origin',
  apply: (file) => withLinks(file, absolute),
};

export const relativeLinks: Transformation = {
  name: 'links relative',
  does: 'absolute links of the same origin written as paths',
  apply: (file) => withLinks(file, relative),
};

export const queryOnlyLinks: Transformation = {
  name: 'links query-only',
  does: 'links to the same path written as their query alone',
  apply: (file) => withLinks(file, queryOnly),
};
