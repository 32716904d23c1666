import { createPaginator } from '@smithy/core';

import { getJson } from '../settings.mjs';

class Client {
  constructor(url) {
    this.url = url;
  }
  send({ input }) {
    return getJson(`${this.url}/items${input.cursor ? `?cursor=${input.cursor}` : ''}`);
  }
}

class ListCommand {
  constructor(input) {
    this.input = input;
  }
}

const paginate = createPaginator(Client, ListCommand, 'cursor', 'next_cursor', '');

/** Over a plain `fetch`, without the retry of the AWS clients. */
export default {
  name: 'smithy createPaginator',
  packages: ['@smithy/core'],
  flavours: ['cursor'],
  async walk({ url }, push) {
    for await (const page of paginate({ client: new Client(url) }, {})) page.items.forEach(push);
  },
};
