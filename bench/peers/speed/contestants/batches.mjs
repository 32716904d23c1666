/** The first page for the number of pages, then so many at once, the next when all of them have come. */
export default {
  name: '`Promise.all` batches',
  packages: [],
  async parallel(fetch, push, k) {
    const { items, pages } = await fetch(1);
    items.forEach(push);
    for (let from = 2; from <= pages; from += k) {
      const numbers = Array.from({ length: Math.min(k, pages - from + 1) }, (_, at) => from + at);
      const batch = await Promise.all(numbers.map((number) => fetch(number)));
      for (const page of batch) page.items.forEach(push);
    }
  },
};
