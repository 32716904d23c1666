import { getJson } from './loop.mjs';

/** A loop that asks for the next page before it works on this one, as it is written by hand. */
export default {
  name: 'loop with a prefetch by hand',
  packages: [],
  async overlapped(url, work) {
    let coming = getJson(url);
    while (coming !== undefined) {
      const page = await coming;
      coming = page.next_cursor === null ? undefined : getJson(url, page.next_cursor);
      await work(page.items);
    }
  },
};
