import { concatMap, defer, EMPTY, expand, retry, timer } from 'rxjs';

import { getJson, RETRIES, urlAfter } from '../settings.mjs';

/** The usual recipe, with the retry on the request, where it belongs, and a back-off. */
export default {
  name: 'rxjs expand + retry',
  packages: ['rxjs'],
  flavours: ['cursor', 'number'],
  walk(list, push) {
    const pageAt = (url, number) =>
      defer(async () => ({ ...(await getJson(url)), number })).pipe(
        retry({ count: RETRIES, delay: (_, count) => timer(100 * 2 ** count) }),
      );
    return pageAt(urlAfter(list, undefined, 1), 1)
      .pipe(
        expand((page) => {
          const next = urlAfter(list, page, page.number + 1);
          return next === undefined ? EMPTY : pageAt(next, page.number + 1);
        }),
        concatMap(({ items }) => items),
      )
      .forEach(push);
  },
};
