import fc from 'fast-check';

import { cursorPagination, linkPagination, type PageReply } from 'paged-observable';

import { resolveLink } from '../../../lib/protocol/next-url';
import { fuzzTarget } from './fuzz-target';
import { links } from './links';
import { demand, FIRST, survive, type Survived } from './survive';

const REPLY = `${FIRST}&page=2#x`;

/** The ways a URL of the server's leads to the next request. */
const WAYS: Readonly<Record<string, (given: readonly string[]) => Survived>> = {
  followed: (given) =>
    survive(inTheBody(given), linkPagination({ items: '/items', next: '/next' })),
  merged: (given) =>
    survive(inTheBody(given), linkPagination({ items: '/items', next: '/next', follow: 'merge' })),
  redirected: (given) =>
    survive(
      (nth): Partial<PageReply> => {
        const location = given[nth];
        return location === undefined
          ? { body: { items: [nth], next: null } }
          : { status: 301 + ((nth + location.length) % 3), headers: { location } };
      },
      cursorPagination({ items: '/items', next: '/next' }),
    ),
};

function inTheBody(given: readonly string[]) {
  return (nth: number) => ({ body: { items: [nth], next: given[nth] ?? null } });
}

export const nextUrls = fuzzTarget({
  name: 'next-urls',
  title: 'links and locations, joined to the URL of their reply and followed',
  shows: ['followed', 'merged', 'redirected', 'CROSS_ORIGIN'],
  inputs: fc.tuple(
    fc.array(links, { minLength: 1, maxLength: 7 }),
    fc.constantFrom(...Object.keys(WAYS)),
  ),
  check: ([given, way]) => {
    for (const link of given) {
      demand(joined(link) === standard(link), `${JSON.stringify(link)} is joined in another way`);
      const relative = resolveLink(link, '/v1/items?page=2');
      demand(relative?.includes('unknown.invalid') !== true, 'the origin that stands in shows');
    }
    const { requests = [], code } = WAYS[way]?.(given) ?? {};
    return requests.length > 1 ? way : (code ?? 'no link');
  },
});

function joined(link: string): string | undefined {
  const url = resolveLink(link, REPLY);
  return url === undefined ? undefined : new URL(url).href;
}

/** As the URL standard joins it, without what cannot be sent. */
function standard(link: string): string | undefined {
  return /\p{Cs}/u.test(link) || !URL.canParse(link, REPLY) ? undefined : new URL(link, REPLY).href;
}
