import { from } from 'ix/asynciterable';
import { retry } from 'ix/asynciterable/operators';

import { getJson, RETRIES, urlAfter } from '../settings.mjs';

async function* items(list) {
  let page;
  let url = urlAfter(list, undefined, 1);
  for (let number = 2; url !== undefined; number++) {
    page = await getJson(url);
    yield* page.items;
    url = urlAfter(list, page, number);
  }
}

export default {
  name: 'IxJS generator + retry',
  packages: ['ix'],
  flavours: ['cursor', 'number'],
  async walk(list, push) {
    const again = { [Symbol.asyncIterator]: () => items(list) };
    for await (const item of from(again).pipe(retry(RETRIES))) push(item);
  },
};
