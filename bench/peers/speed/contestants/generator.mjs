/** The async generator that is written by hand. */
async function* items(fetch) {
  let cursor;
  do {
    const page = await fetch(cursor);
    for (const item of page.items) yield item;
    cursor = page.next_cursor;
  } while (cursor !== null);
}

export default {
  name: 'plain async generator',
  packages: [],
  iterate: (list) => items(list.fetch),
  async slow(fetch, work) {
    for await (const item of items(fetch)) await work(item);
  },
};
