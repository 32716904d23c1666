import { createPaginator } from '@smithy/core';

class Client {
  constructor(list) {
    this.list = list;
  }
  send({ input }) {
    return this.list.fetch(input.cursor);
  }
}

class ListCommand {
  constructor(input) {
    this.input = input;
  }
}

const paginate = createPaginator(Client, ListCommand, 'cursor', 'next_cursor', '');

/** It gives pages; the loop over their items is the caller's. */
export default {
  name: 'smithy createPaginator',
  packages: ['@smithy/core'],
  async each(list, push) {
    for await (const page of paginate({ client: new Client(list) }, {})) page.items.forEach(push);
  },
};
