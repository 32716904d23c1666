import type { PageReply } from '../../lib/core/page-reply';
import { deepFreeze } from './deep-freeze';

/** A reply that nothing can change. */
export function replyOf(body: unknown, parts: Partial<PageReply> = {}): PageReply {
  return deepFreeze({
    status: 200,
    headers: {},
    url: 'https://api.example.com/v1/items?limit=2',
    body,
    ...parts,
  });
}
