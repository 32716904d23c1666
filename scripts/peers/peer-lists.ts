import { jsonReply, itemsOf, PAGES, paramOf, SIZE } from '../../spec/support/fault-lists';
import type { FaultScript } from '../../spec/support/fault-server';
import type { ReplyText, RequestText } from '../../spec/support/http-text';

/**
 * How a list leads on: a `Link` header, a URL in the body, a cursor in the body, the last item's id with `has_more`, or page
 * numbers until an empty page.
 */
export type PeerFlavour = 'link' | 'next link' | 'cursor' | 'last item' | 'number';

interface PeerPage {
  readonly items: readonly { readonly id: number }[];
  /** Place of the next page, from 1; absent at the end. */
  readonly next?: number | undefined;
  /** Where it is. @defaultValue the server's own origin */
  readonly origin?: string | undefined;
  /** What is said of more, where the list says so. @defaultValue whether there is a next page */
  readonly more?: boolean | undefined;
}

/** The reference list, with these pages instead of its own. */
export interface PeerList {
  readonly pages?: Readonly<Record<number, PeerPage>> | undefined;
  /** The page beyond the end of a list by number. @defaultValue an empty one */
  readonly beyond?: PeerPage | undefined;
  readonly faults?: FaultScript['faults'];
  /** Answers instead of the page. */
  readonly instead?: ((page: number, request: RequestText) => ReplyText | undefined) | undefined;
}

/** Every client sends it, in a form of its own. */
export const TOKEN = 'peer-token';

export function peerScript(flavour: PeerFlavour, list: PeerList = {}): FaultScript {
  const pageAt = (page: number): PeerPage =>
    list.pages?.[page] ??
    (page > PAGES ? list.beyond : undefined) ?? {
      items: itemsOf(page),
      ...(page < PAGES && { next: page + 1 }),
    };
  return {
    pageOf: ({ target }) => {
      // Clients of this kind name the item, and the server finds what comes after it.
      const after = paramOf(target, 'after') ?? paramOf(target, 'starting_after');
      if (after !== undefined) return pageAt(Math.floor(Number(after) / SIZE) + 1).next ?? 0;
      const named = paramOf(target, 'page') ?? paramOf(target, 'cursor')?.slice(1);
      return Number(named ?? 1);
    },
    reply: (page, request) => {
      if (!request.headers.some(([, value]) => value.includes(TOKEN))) return { status: 401 };
      return list.instead?.(page, request) ?? written(flavour, pageAt(page));
    },
    ...(list.faults !== undefined && { faults: list.faults }),
  };
}

function written(flavour: PeerFlavour, page: PeerPage): ReplyText {
  const { items, next, origin = '{origin}', more = next !== undefined } = page;
  const url = next === undefined ? undefined : `${origin}/items?page=${String(next)}`;
  switch (flavour) {
    case 'link':
      return jsonReply(
        items,
        url === undefined ? {} : { headers: { link: `<${url}>; rel="next"` } },
      );
    case 'next link':
      return jsonReply({ value: items, nextLink: url });
    case 'cursor': {
      const cursor = next === undefined ? null : `p${String(next)}`;
      return jsonReply({ items, next_cursor: cursor, has_more: more });
    }
    case 'last item': {
      const data = items.map(({ id }) => ({ id: String(id) }));
      return jsonReply({ object: 'list', url: '/v1/items', data, has_more: more });
    }
    case 'number':
      return jsonReply({ items });
  }
}
