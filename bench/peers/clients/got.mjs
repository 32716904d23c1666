import got from 'got';

import { RETRIES, TIMEOUT, TOKEN } from '../settings.mjs';

/** The example of its documentation. */
const byNumber = {
  searchParams: { page: 1 },
  pagination: {
    transform: ({ body }) => JSON.parse(body).items,
    paginate: ({ response, currentItems }) => {
      if (currentItems.length === 0) return false;
      const page = Number(response.request.options.searchParams.get('page'));
      return { searchParams: { page: page + 1 } };
    },
  },
};

export default {
  name: 'got.paginate',
  packages: ['got'],
  flavours: ['link', 'number'],
  async walk({ url, flavour }, push) {
    const items = got.paginate(`${url}/items`, {
      headers: { authorization: `Bearer ${TOKEN}` },
      timeout: { request: TIMEOUT },
      retry: { limit: RETRIES },
      ...(flavour === 'number' && byNumber),
    });
    for await (const item of items) push(item);
  },
};
