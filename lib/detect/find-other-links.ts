import { isBackName, isNextName } from './token-names';
import { queryOf } from '../protocol/query-text';
import type { Finder } from './lead';
import { isSurelyLink, resolved } from './link-text';
import { isAbout } from './signals';

/** Names of links to this page, or to what it is about. */
const OWN = new Set(['url', 'href', 'uri', 'self', 'canonical', 'link', 'id', 'base', 'request']);

/**
 * A URL under a name that says nothing, to the path of the request with another query: it may lead on. Too little to go by, and
 * too much to call the list complete.
 */
export const findOtherLinks: Finder = (sight, list) =>
  [...sight.body.scalars, ...sight.headers].flatMap((field) => {
    const { value, words, pointer } = field;
    if (typeof value !== 'string' || isNextName(words) || isBackName(words)) return [];
    if (words.includes('delta')) return []; // of what changes later
    if (OWN.has(words.join(' ')) || !isAbout(field, list) || !isSurelyLink(value)) return [];
    const link = resolved(value, sight);
    if (link === undefined || !leadsHere(link, sight.request.path)) return [];
    return [
      {
        description: { kind: 'link' as const, next: pointer },
        confidence: 0.5,
        isFirm: false,
        evidence: [
          {
            found: `a link to the same path with another query, in ${words.join(' ')}`,
            at: pointer,
            weight: 0.5,
          },
        ],
      },
    ];
  });

function leadsHere(link: string, path: string): boolean {
  const own = link.replace(/[?#].*$/s, '').replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '');
  return own.replace(/\/$/, '') === path.replace(/\/$/, '') && queryOf(link).length > 0;
}
