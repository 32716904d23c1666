/** An iterator by hand whose `next` gives `Promise.resolve`. */
function iterate(list) {
  let at = 0;
  let items = [];
  let cursor;
  const more = async () => {
    if (cursor === null) return { value: undefined, done: true };
    const page = await list.fetch(cursor);
    ({ items } = page);
    cursor = page.next_cursor;
    at = 0;
    return next();
  };
  const next = () =>
    at < items.length ? Promise.resolve({ value: items[at++], done: false }) : more();
  return {
    next,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export default { name: '`Promise.resolve` an item', packages: [], iterate };
