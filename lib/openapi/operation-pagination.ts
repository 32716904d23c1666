import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { readItems } from '../strategy/read-items';
import { select, type SelectorFunction } from '../strategy/selector';
import { withSlot } from '../strategy/slot';
import { serverOf } from './link-rules';
import type { NextOperation } from './pagination-description';
import { SLOT_PLACES } from './slot-place';

/**
 * Lists whose next pages are another operation, with the parameters of the first and the next link in one of its own
 * (`operationName` of `x-ms-pageable`). The link is text that only the server understands: a token, or a piece of a path.
 */
export function operationPagination<T>(
  items: string,
  next: SelectorFunction,
  operation: NextOperation,
): PaginationStrategy<T, 'link'> {
  const { method, path, from, param } = operation;
  return {
    id: `operation(${method} ${path} ${param.name} items=${items})`,
    start: (request) => request,
    at: (request, position) => {
      if (typeof position !== 'string') {
        throw new PaginationError('CHECKPOINT_CORRUPT', 'The position of a link walk must be text');
      }
      const server = serverOf(request.url, from);
      if (operation.unencoded === undefined) {
        return withSlot(
          { ...request, method, url: server + path },
          SLOT_PLACES[param.in],
          param.name,
          position,
        );
      }
      return {
        ...request,
        method,
        url: server + path.replace(`{${param.name}}`, () => plain(position)),
      };
    },
    read: (_, reply) => ({
      kind: 'link',
      items: readItems<T>(reply, items),
      next: () => {
        const link = select(reply, next);
        if (link === undefined || link === null || link === '') return undefined;
        if (typeof link === 'string') return link;
        throw new PaginationError('BAD_SHAPE', 'Expected text as the next link');
      },
    }),
  };
}

/** A piece of a path is sent as it is; it must not lead to another host, and braces would stand for values of `path`. */
function plain(link: string): string {
  return link.replace(/^\/+/, '').replace(/[{}#\\]/g, encodeURIComponent);
}
