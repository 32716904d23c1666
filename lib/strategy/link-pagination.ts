import { checkOptions, isOneOf } from '../core/check-options';
import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PageLinks, PageReading, PaginationStrategy } from '../core/pagination-strategy';
import { requestUrl } from '../core/request-url';
import { excerpt } from '../protocol/excerpt';
import { isBrokenLink, linkByRel, parseLinkHeader } from '../protocol/link-header';
import { resolveLink } from '../protocol/next-url';
import { commonChecks, readCommon, readFigures, statusesOf, strategyId } from './common-options';
import type { CommonOptions } from './common-options';
import { mergeQuery } from './merge-query';
import { typeFound } from './read-values';
import { isSelector, select, selectorLabel } from './selector';
import type { Selector } from './selector';

/** Where an API gives its links. A link may be text or an object with `href`. */
export interface LinkOptions<T = unknown> extends CommonOptions<T> {
  /** @defaultValue the `Link` header's target of `rel=next` (RFC 8288) */
  readonly next?: Selector | undefined;
  /**
   * `'link'` asks for the link as it is, by GET and with the headers of the first request; `'merge'` repeats the first
   * request and takes over only the link's query parameters. @defaultValue 'link'
   */
  readonly follow?: 'link' | 'merge' | undefined;
  /** A flag that says whether there is more; `false` ends the walk even where there is a link. */
  readonly hasMore?: Selector | undefined;
  readonly totalCount?: Selector | undefined;
  /** @defaultValue the `Link` header, where `next` comes from it */
  readonly prev?: Selector | undefined;
  /** @defaultValue the `Link` header, where `next` comes from it */
  readonly first?: Selector | undefined;
  /** @defaultValue the `Link` header, where `next` comes from it */
  readonly last?: Selector | undefined;
  /** Where a link to later changes is (OData). */
  readonly delta?: Selector | undefined;
  /** Whether a page without items ends the walk although there is a link. @defaultValue 'continue' */
  readonly emptyPage?: 'continue' | 'end' | undefined;
}

const WHERE = 'linkPagination';

const LINK_HEADER = '$response.headers#/link';

const checks = {
  ...commonChecks,
  next: isSelector,
  follow: isOneOf('link', 'merge'),
  hasMore: isSelector,
  totalCount: isSelector,
  prev: isSelector,
  first: isSelector,
  last: isSelector,
  delta: isSelector,
  emptyPage: isOneOf('continue', 'end'),
};

/**
 * Pages whose replies link to the next one. Links are resolved against the URL of the reply (RFC 3986). The walk ends where
 * there is no link, it is `null` or empty, or the `hasMore` flag is `false`; an empty page does not end it. Errors: `BAD_SHAPE`
 * for a link that is neither text nor an object with `href`, `PROTOCOL` for one that is no URL.
 *
 * @throws TypeError for an unknown or wrong option.
 *
 * @example
 * ```ts
 * import { linkPagination, paginate } from 'paged-observable';
 * import { fetchTransport } from 'paged-observable/fetch';
 *
 * const transport = fetchTransport({ baseUrl: 'http://127.0.0.1:8080' });
 * const inHeader = paginate(transport, '/link/users', { pagination: linkPagination() });
 * const inBody = paginate(transport, '/hal/users', {
 *   pagination: linkPagination({ items: '/_embedded/users', next: '/_links/next' }),
 * });
 * await inHeader.pages().forEach(({ nextLink }) => {
 *   console.log(nextLink);
 * });
 * await inBody.pages().forEach(({ nextLink }) => {
 *   console.log(nextLink);
 * });
 * ```
 */
export function linkPagination<T = unknown>(
  options: LinkOptions<T> = {},
): PaginationStrategy<T, 'link'> {
  checkOptions(WHERE, options, checks);
  const { next, follow = 'link', hasMore, totalCount, emptyPage = 'continue' } = options;

  const read = (request: PageRequest, reply: PageReply): PageReading<T, 'link'> => {
    const common = readCommon(reply, options);
    const figures = readFigures(reply, common.items, { hasMore, totalCount });
    const ends = common.items.length === 0 && emptyPage === 'end';
    const replyUrl = reply.url === '' ? requestUrl(request) : reply.url;
    const find = (selector: Selector | undefined, rels: readonly string[]): string | undefined => {
      const source = selector ?? (next === undefined ? LINK_HEADER : undefined);
      if (source === undefined) return undefined;
      return toLink(select(reply, source, common.items), source, rels, replyUrl);
    };
    return {
      kind: 'link',
      ...common,
      ...figures,
      ...(ends ? { hasMore: false } : {}), // or it would be an end where more was promised
      links: () => readLinks(options, find),
      previous: () => {
        const { prev } = readLinks(options, find);
        return prev === undefined ? undefined : { position: prev };
      },
      next: () => {
        if (common.apiError !== undefined || figures.hasMore === false) return undefined;
        if (ends) return undefined;
        return find(next, ['next']);
      },
    };
  };

  return {
    kind: 'link',
    id:
      options.id ?? strategyId('link', { next, follow, hasMore, items: options.items, emptyPage }),
    start: (request) => request,
    at:
      follow === 'link' ? followLink : (request, position) => mergeQuery(request, asLink(position)),
    read,
    statuses: statusesOf(options),
  };
}

/** The link as it is: it already holds all parameters. Braces are encoded, or they would stand for values of `path`. */
function followLink({ headers }: PageRequest, position: Json): PageRequest {
  const url = asLink(position).replace(/[{}]/g, encodeURIComponent);
  return headers === undefined ? { url } : { url, headers };
}

/** A position is a link as it was resolved, without the blanks and tabs that clients leave out of what they are given. */
function asLink(position: Json): string {
  if (typeof position === 'string' && isClean(position)) return position;
  if (typeof position === 'string') {
    throw new PaginationError(
      'CHECKPOINT_CORRUPT',
      'The position of a link walk holds characters that no link has',
    );
  }
  throw new PaginationError(
    'CHECKPOINT_CORRUPT',
    `The position of a link walk must be text, not ${typeFound(position)}`,
  );
}

function isClean(link: string): boolean {
  return !/[\s\p{Cc}]/u.test(link);
}

function toLink(
  value: unknown,
  source: Selector,
  rels: readonly string[],
  replyUrl: string,
): string | undefined {
  const text = hrefOf(value, selectorLabel(source) ?? '')?.trim();
  // No URL begins with "<": this is a Link header, or one that stands elsewhere.
  const isHeader = source === LINK_HEADER || text?.startsWith('<') === true;
  const found = text !== undefined && isHeader ? firstByRel(text, rels, replyUrl) : text;
  if (found === undefined && text !== undefined && rels.some((rel) => isBrokenLink(text, rel))) {
    throw new PaginationError(
      'PROTOCOL',
      `The Link header speaks of ${rels.join(' or ')}, and holds no link to it that can be read: ${excerpt(text, 200)}`,
    );
  }
  if (found === undefined || found === '') return undefined;
  const link = resolveLink(found, replyUrl);
  if (link === undefined) throw new PaginationError('PROTOCOL', 'The link to a page is no URL');
  return link;
}

function firstByRel(header: string, rels: readonly string[], replyUrl: string): string | undefined {
  const links = parseLinkHeader(header);
  return rels.map((rel) => linkByRel(links, rel, replyUrl)).find((link) => link !== undefined);
}

/** JSON:API and HAL write `{ href }` where others write text. A template without values expands to what is around it (RFC 6570). */
function hrefOf(value: unknown, label: string): string | undefined {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, 'href');
  const link: unknown = isObject && 'href' in value ? value.href : value;
  if (link === undefined || link === null) return undefined;
  const isTemplated = isObject && 'templated' in value && value.templated === true;
  if (typeof link === 'string') return isTemplated ? link.replace(/\{[^{}]*\}/g, '') : link;
  throw new PaginationError(
    'BAD_SHAPE',
    `Expected a link at ${label}, text or an object with href, found ${typeFound(link)}`,
  );
}

/** Getters of a page never throw, so a link that cannot be read is left out. */
function readLinks(
  { prev, first, last, delta }: LinkOptions,
  find: (selector: Selector | undefined, rels: readonly string[]) => string | undefined,
): PageLinks {
  const read = (selector: Selector | undefined, ...rels: string[]): string | undefined => {
    try {
      return find(selector, rels);
    } catch {
      return undefined;
    }
  };
  return {
    prev: read(prev, 'prev', 'previous'),
    first: read(first, 'first'),
    last: read(last, 'last'),
    delta: read(delta),
  };
}
