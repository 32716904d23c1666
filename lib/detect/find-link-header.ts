import type { PageReply } from '../core/page-reply';
import { linkByRel, parseLinkHeader } from '../protocol/link-header';
import type { Finder } from './lead';
import { resolved } from './link-text';
import type { Sight } from './sight';

/** Relations about other pages of the same list. */
const PAGING_RELS = ['prev', 'previous', 'first', 'last', 'current', 'self', 'next'];

/** A `Link` header with `rel=next` (RFC 8288). */
export const findLinkHeader: Finder = (sight) => {
  const links = linksOf(sight);
  const next = linkByRel(links, 'next', sight.reply.url);
  if (next === undefined || resolved(next, sight) === undefined) return [];
  if (leadsNowhere(sight.reply)) return [];
  return [
    {
      description: { kind: 'link' },
      confidence: 0.98,
      isFirm: true,
      evidence: [
        { found: 'a Link header with rel=next', at: '$response.headers#/link', weight: 0.98 },
      ],
    },
  ];
};

/** The relations about paging that the `Link` header has besides `next`. */
export function pagingRels(sight: Sight): readonly string[] {
  const isOver = leadsNowhere(sight.reply);
  return linksOf(sight).flatMap(({ rels }) =>
    rels.filter((rel) => PAGING_RELS.includes(rel) && !(isOver && rel === 'next')),
  );
}

/**
 * Whether the next link says itself that no results are there, as some services write that always give one.
 * @see https://docs.sentry.io/api/pagination/
 */
export function leadsNowhere(reply: PageReply): boolean {
  const links = linksOf({ reply }).filter(({ rels }) => rels.includes('next'));
  return links.length > 0 && links.every(({ params }) => params['results'] === 'false');
}

function linksOf({ reply: { headers } }: Pick<Sight, 'reply'>) {
  const text = Object.hasOwn(headers, 'link') ? (headers['link'] ?? '') : '';
  return parseLinkHeader(text.slice(0, 65_536));
}
