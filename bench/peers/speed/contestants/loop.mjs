/** One await a page: the limit. */
export default {
  name: 'loop of awaits (limit)',
  packages: ['axios'],
  async each(list, push) {
    let cursor;
    do {
      const page = await list.fetch(cursor);
      for (const item of page.items) push(item);
      cursor = page.next_cursor;
    } while (cursor !== null);
  },
  async http(url, push, how) {
    const http = how.endsWith('axios')
      ? (await import('axios')).default.create({ baseURL: url, ...settingsOf(how) })
      : undefined;
    let cursor;
    do {
      const page =
        http !== undefined
          ? (await http.get('/items', { params: { cursor }, signal: new AbortController().signal }))
              .data
          : await getJson(url, cursor, new AbortController().signal);
      for (const item of page.items) push(item);
      cursor = page.next_cursor;
    } while (cursor !== null);
  },
  async parallel(fetch, push) {
    let number = 0;
    for (let pages = 1; number < pages;) {
      const page = await fetch(++number);
      for (const item of page.items) push(item);
      pages = page.pages;
    }
  },
  async overlapped(url, work) {
    let cursor;
    do {
      const page = await getJson(url, cursor);
      await work(page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
  },
};

/** Those which `axiosTransport` sets too and that change how axios sends and reads; without them it goes through follow-redirects. */
const settingsOf = (how) =>
  how === 'plain axios' ? {} : { maxRedirects: 0, maxContentLength: 64 * 1024 * 1024 };

export async function getJson(url, cursor, signal) {
  const response = await fetch(`${url}/items${cursor === undefined ? '' : `?cursor=${cursor}`}`, {
    signal,
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}
