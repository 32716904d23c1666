import { paginator } from '@google-cloud/paginator';

/** A list method as Google's own clients have them. */
class Lists {
  constructor(list) {
    this.list = list;
  }
  getItems({ cursor }, callback) {
    this.list.fetch(cursor).then((page) => {
      callback(
        null,
        page.items,
        page.next_cursor === null ? null : { cursor: page.next_cursor },
        page,
      );
    }, callback);
  }
}
Lists.prototype.getItemsStream = paginator.streamify('getItems');

export default {
  name: 'google paginator',
  packages: ['@google-cloud/paginator'],
  each: (list, push) =>
    new Promise((resolve, reject) => {
      new Lists(list).getItemsStream({}).on('data', push).on('error', reject).on('end', resolve);
    }),
  iterate: (list) => new Lists(list).getItemsStream({}),
};
