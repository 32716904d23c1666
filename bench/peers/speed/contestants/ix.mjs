import { from } from 'ix/asynciterable';
import { concatMap } from 'ix/asynciterable/operators';

async function* pages(list) {
  let cursor;
  do {
    const page = await list.fetch(cursor);
    yield page;
    cursor = page.next_cursor;
  } while (cursor !== null);
}

const iterate = (list) => from(pages(list)).pipe(concatMap(({ items }) => from(items)));

export default {
  name: 'IxJS',
  packages: ['ix'],
  iterate,
  each: (list, push) => iterate(list).forEach(push),
};
