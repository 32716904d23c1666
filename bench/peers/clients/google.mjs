import { paginator } from '@google-cloud/paginator';

import { getJson, urlAfter } from '../settings.mjs';

/** A list method as Google's own clients have them; over a plain `fetch`, without their retry. */
class Lists {
  constructor(list) {
    this.list = list;
  }
  getItems({ number = 1, url = urlAfter(this.list, undefined, 1) }, callback) {
    getJson(url).then(
      (page) => {
        const next = urlAfter(this.list, page, number + 1);
        const nextQuery = next === undefined ? null : { url: next, number: number + 1 };
        callback(null, page.items, nextQuery, page);
      },
      (error) => callback(error),
    );
  }
}
Lists.prototype.getItemsStream = paginator.streamify('getItems');

export default {
  name: 'google paginator',
  packages: ['@google-cloud/paginator'],
  flavours: ['cursor', 'number'],
  async walk(list, push) {
    for await (const item of new Lists(list).getItemsStream({})) push(item);
  },
};
