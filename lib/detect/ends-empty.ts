import { isRecord } from '../protocol/is-record';
import { member } from './body-view';
import type { List } from './body-view';

/**
 * Whether a list is of a kind that leads on for ever, so that its one end is a page without items: lists that grow give a
 * next place on their last page too, and on an empty one their own. Only these shapes are known to mean it:
 * - `_embedded.records` with `_links` of `self`, `next` and `prev`
 *   (https://developers.stellar.org/docs/data/apis/horizon/api-reference/structure/pagination);
 * - `items` with `paging` of `next`, `previous`, `first` and `last`
 *   (https://documentation.mailgun.com/docs/mailgun/api-reference/pagination);
 * - `docs` with a `bookmark` (https://docs.couchdb.org/en/stable/api/database/find.html#pagination).
 */
export function endsEmpty(next: string, list: List, body: unknown): boolean {
  switch (list.pointer) {
    case '/_embedded/records':
      return next.startsWith('/_links/next') && hasAll(member(body, '_links'), ['self', 'prev']);
    case '/items':
      return (
        next === '/paging/next' && hasAll(member(body, 'paging'), ['previous', 'first', 'last'])
      );
    case '/docs':
      return next === '/bookmark' && typeof member(body, 'bookmark') === 'string';
    default:
      return false;
  }
}

function hasAll(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => Object.hasOwn(value, name));
}
