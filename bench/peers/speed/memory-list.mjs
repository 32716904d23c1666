/*
 * A list of parsed pages in memory, the same for every contestant: `fetch` gives a page by its cursor, `reply` the page as a
 * reply of a transport.
 */

const ITEMS = 1_000_000;
const items = [];

/**
 * @param {number} size items a page
 * @param {number} total
 */
export function memoryList(size, total) {
  if (total > ITEMS) throw new Error(`at most ${ITEMS} items`);
  for (let id = items.length; id < total; id++) {
    items.push({ id, name: `item ${id}`, active: id % 2 === 0 });
  }
  const count = Math.ceil(total / size);
  const pages = Array.from({ length: count }, (_, at) => ({
    items: items.slice(at * size, Math.min(total, (at + 1) * size)),
    next_cursor: at + 1 < count ? `p${at + 1}` : null,
  }));
  const replies = pages.map((body, at) => {
    return { status: 200, headers: {}, url: `http://list.test/items?cursor=p${at}`, body };
  });
  const placeOf = (cursor) => (cursor === undefined ? 0 : Number(cursor.slice(1)));
  return {
    pages,
    fetch: async (cursor) => pages[placeOf(cursor)],
    reply: async (cursor) => replies[placeOf(cursor)],
    replyAt: async (number) => replies[number - 1],
  };
}
