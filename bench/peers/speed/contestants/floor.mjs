import { Observable } from 'rxjs';

/** The least that items of pages cost in an Observable: one await a page and a loop. */
export default {
  name: 'bare `Observable` (floor)',
  packages: ['rxjs'],
  each: (list, push) =>
    new Promise((resolve, reject) => {
      new Observable((subscriber) => {
        void run(list, subscriber);
      }).subscribe({ next: push, error: reject, complete: resolve });
    }),
};

async function run(list, subscriber) {
  let cursor;
  do {
    const page = await list.fetch(cursor);
    for (const item of page.items) {
      if (subscriber.closed) return;
      subscriber.next(item);
    }
    cursor = page.next_cursor;
  } while (cursor !== null);
  subscriber.complete();
}
