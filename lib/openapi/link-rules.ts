import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { linkPagination, type LinkOptions } from '../strategy/link-pagination';
import type { SelectorFunction } from '../strategy/selector';
import { readSlot, withSlot } from '../strategy/slot';

/**
 * Links that are asked for with the method, headers and body of the first request; of its query only the link's counts. A link that
 * begins with `/` is relative to the server's URL, which may have a path of its own.
 */
export function sameMethodLinks<T>(
  options: LinkOptions<T> & { readonly next: SelectorFunction },
  path = '',
): PaginationStrategy<T, 'link'> {
  const links = linkPagination<T>(options);
  return {
    ...links,
    id: `${links.id} same-method`,
    at: (request, position) => {
      const { method, body } = request;
      const isOfServer = typeof position === 'string' && /^\/(?!\/)/.test(position);
      const link = isOfServer ? serverOf(request.url, path) + position : position;
      return {
        ...links.at(request, link),
        ...(method !== undefined && { method }),
        ...(body !== undefined && { body }),
      };
    },
    read: (request, reply) => {
      const reading = links.read(request, reply);
      const next = () => {
        const resolved = reading.next();
        const link = resolved === undefined ? undefined : options.next(reply, reading.items);
        return typeof link === 'string' && /^\/(?!\/)/.test(link) ? link : resolved;
      };
      return { ...reading, next };
    },
  };
}

/** What stands before the path of an operation in the URL of its request. */
export function serverOf(url: string, path: string): string {
  if (path !== '' && url.endsWith(path)) return url.slice(0, -path.length);
  return /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
}

/** Links that must carry some query parameters of the first request, whatever they say of them themselves. */
export function keepingParams<T>(
  links: PaginationStrategy<T, 'link'>,
  names: readonly string[],
): PaginationStrategy<T, 'link'> {
  return {
    ...links,
    id: `${links.id} keep=${names.join(',')}`,
    at: (request, position) =>
      names.reduce<PageRequest>(
        (next, name) => {
          const value = readSlot(request, 'params', name);
          const isSent = typeof value === 'string' || typeof value === 'number';
          return isSent ? withSlot(next, 'params', name, value) : next;
        },
        links.at(request, position),
      ),
  };
}
