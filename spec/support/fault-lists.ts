import type { FaultScript } from './fault-server';
import type { ReplyText, RequestText } from './http-text';

/** The reference walk: pages of ten items with the ids 0 to 99. */
export const PAGES = 10;
export const SIZE = 10;

/** What a list of a test does differently. */
type Changes = Partial<FaultScript>;

/** The items of a page of the reference list; none beyond its end. */
export function itemsOf(page: number, size = SIZE): { readonly id: number }[] {
  if (page < 1 || page > PAGES) return [];
  return Array.from({ length: size }, (_, index) => ({ id: (page - 1) * size + index }));
}

/** A JSON reply. */
export function jsonReply(body: unknown, parts: ReplyText = {}): ReplyText {
  return { ...parts, body: JSON.stringify(body) };
}

/** Cursors `p2` to `p10` in the parameter `cursor`, given as `/next_cursor`; items at `/items`. */
export function cursorList(changes: Changes = {}): FaultScript {
  return {
    pageOf: ({ target }) => Number(paramOf(target, 'cursor')?.slice(1) ?? 1),
    reply: (page) => cursorPage(page, page < PAGES ? `p${String(page + 1)}` : null),
    ...changes,
  };
}

/** A page of the reference list with this cursor for the next one. */
export function cursorPage(page: number, next: unknown, further: object = {}): ReplyText {
  return jsonReply({ items: itemsOf(page), next_cursor: next, ...further });
}

/** `Link` headers; the body is the array of items. */
export function linkList(changes: Changes = {}): FaultScript {
  return {
    pageOf: ({ target }) => Number(paramOf(target, 'page') ?? 1),
    reply: (page) =>
      linkPage(page, page < PAGES ? `<{origin}/items?page=${String(page + 1)}>; rel="next"` : ''),
    ...changes,
  };
}

export function linkPage(page: number, link: string | readonly string[]): ReplyText {
  return jsonReply(itemsOf(page), link === '' ? {} : { headers: { link } });
}

/** Offsets in the parameter `offset`; items at `/items`, and nothing said of an end. */
export function offsetList(changes: Changes = {}): FaultScript {
  return {
    pageOf: ({ target }) => Math.floor(Number(paramOf(target, 'offset') ?? 0) / SIZE) + 1,
    reply: (page) => jsonReply({ items: itemsOf(page) }),
    ...changes,
  };
}

/** Page numbers in the parameter `page`; items at `/items`, and nothing said of an end. */
export function numberList(changes: Changes = {}): FaultScript {
  return {
    pageOf: ({ target }) => Number(paramOf(target, 'page') ?? 1),
    reply: (page) => jsonReply({ items: itemsOf(page) }),
    ...changes,
  };
}

export function paramOf(target: string, name: string): string | undefined {
  return new URLSearchParams(target.split('?')[1] ?? '').get(name) ?? undefined;
}

/** For lists whose pages are found in the request's body. */
export function bodyOf({ body }: RequestText): Record<string, unknown> {
  return JSON.parse(body === '' ? '{}' : body) as Record<string, unknown>;
}
