import fc from 'fast-check';
import { Observable } from 'rxjs';

import type { PageReply } from 'paged-observable';
import { pagedList, type ListState } from 'paged-observable/list';
import { ListApi, range } from '../support/list-api';
import { settled } from '../support/settled';

const CALLS = ['loadMore', 'loadPrevious', 'refresh', 'retry'] as const;
const EVENTS = ['fail', 'leave', 'reset', 'turn'] as const;

async function turn(times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await settled();
}

/** An API that takes its time, and how many of its requests are and were under way at once. */
function slowApi(sizes: readonly number[], waits: readonly number[]) {
  const told = { fails: 0, open: 0, most: 0 };
  const api: ListApi = new ListApi(
    sizes,
    (reply) =>
      new Observable<PageReply>((subscriber) => {
        told.open += 1;
        told.most = Math.max(told.most, told.open);
        const status = told.fails > 0 ? 404 : 200;
        told.fails = Math.max(0, told.fails - 1);
        void turn(waits[api.asked.length % waits.length] ?? 0).then(() => {
          subscriber.next({ ...reply, status });
          subscriber.complete();
        });
        return () => {
          told.open -= 1;
        };
      }),
  );
  return { api, told };
}

describe('pagedList, asked for anything at any time', () => {
  it('has one request under way, shows whole neighbouring pages, and comes to its end', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 });
    const names = fc.array(fc.constantFrom(...CALLS, ...EVENTS), { maxLength: 40 });
    const waits = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 10 });
    const windows = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(sizes, names, waits, windows, async (pages, asked, times, maxPages) => {
        const { api, told } = slowApi(pages, times);
        const list = pagedList(api.list(), { maxPages, key: (item) => item });
        const states: ListState<number>[] = [];
        const watch = () => list.state.subscribe((state) => states.push(state));
        let watcher = watch();
        for (const name of asked) {
          if (name === 'fail') told.fails += 1;
          else if (name === 'turn') await settled();
          else if (name === 'reset') list.reset(api.list());
          else if (name === 'leave') {
            watcher.unsubscribe();
            watcher = watch();
          } else list[name]();
        }
        told.fails = 0;
        for (let at = 0; states.at(-1)?.status !== 'done'; at += 1) {
          expect(at).toBeLessThan(100);
          await turn(6);
          list.retry();
          list.loadMore();
        }
        expect([told.most, told.open]).toEqual([1, 0]);
        for (const { items } of states) {
          expect(items).toEqual(range(items[0] ?? 0, (items.at(-1) ?? -1) + 1));
        }
        const end = api.items.length;
        const seen = pages.filter((size) => size > 0);
        const kept = seen.slice(-maxPages).reduce((sum, size) => sum + size, 0);
        expect(states.at(-1)?.items).toEqual(range(Math.max(0, end - kept), end));
        list.close();
      }),
    );
  });
});
