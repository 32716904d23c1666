import { ListApi, range } from '../support/list-api';
import { settle } from '../support/manual-clock';

const SIZES = [2, 0, 3];

/** Calls back with each value, and says what was called and asked for once it is over. */
async function goThrough(result: (value: number) => unknown) {
  const api = new ListApi(SIZES);
  const seen: number[] = [];
  const end = await api
    .list()
    .forEach((value) => {
      seen.push(value);
      return result(value);
    })
    .then(
      (value: unknown) => ['resolved', value],
      (error: unknown) => ['rejected', error],
    );
  return { seen, end, asked: api.asked };
}

describe('forEach', () => {
  const asPromise = Object.assign(() => 1, {
    then: (resolve: () => void) => {
      setImmediate(resolve);
    },
  });
  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 0],
    ['a text', 'then'],
    ['an object', {}],
    ['an object whose `then` is no function', { then: true }],
    ['a function', () => 1],
    ['a promise', Promise.resolve()],
    [
      'an object with a function `then`',
      {
        then: (resolve: () => void) => {
          resolve();
        },
      },
    ],
    ['a function with a function `then`', asPromise],
  ])('goes on after a callback that returns %s', async (_, result) => {
    const { seen, end, asked } = await goThrough(() => result);
    expect([seen, end]).toEqual([range(0, 5), ['resolved', undefined]]);
    expect(asked).toEqual([0, 1, 2]);
  });

  it('waits for a function with a function `then`, as for a promise', async () => {
    const seen: number[] = [];
    let go: () => void = () => undefined;
    const done = new ListApi(SIZES).list().forEach((value) => {
      seen.push(value);
      return Object.assign(() => 1, { then: (resolve: () => void) => (go = resolve) });
    });
    for (const count of range(1, 6)) {
      await settle();
      expect(seen).toEqual(range(0, count));
      go();
    }
    await done;
  });

  it.each([
    ['rejects', (error: unknown) => Promise.reject(error as Error)],
    ['throws', (error: unknown) => { throw error; }],
  ])('rejects with the very value with which a callback %s, and calls it no more', async (_, fail) => {
    const { seen, end, asked } = await goThrough((value) => (value === 2 ? fail(undefined) : 1));
    expect([seen, end]).toEqual([range(0, 3), ['rejected', undefined]]);
    expect(asked).toEqual([0, 1, 2]);
  }); // prettier-ignore

  it('counts a value as taken once its callback is done', async () => {
    const items: number[] = [];
    const api = new ListApi(SIZES);
    const events = {
      next: (event: { type: string; items?: unknown }) =>
        event.type === 'end' && items.push(Number(event.items)),
    };
    const failAt = (bad: number) => (value: number) =>
      value === bad ? Promise.reject(new Error('sink')) : Promise.resolve();
    for (const bad of [0, 1, 2, 4]) {
      await expect(api.list({ events }).forEach(failAt(bad))).rejects.toThrow('sink');
    }
    expect(items).toEqual([0, 1, 2, 4]);
  });
});
