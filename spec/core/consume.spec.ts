import { cursorPagination, isPaginationError, paginate, type EndEvent } from 'paged-observable';
import {
  concat,
  concatMap,
  delay,
  lastValueFrom,
  NEVER,
  of,
  Subject,
  take,
  throwError,
  timer,
} from 'rxjs';

import type { Transport, WalkOptions } from 'paged-observable';

/** Six items in pages of two. */
const transport: Transport = (request) => {
  const at = Number(request.params?.['cursor'] ?? 0);
  const next_cursor = at + 2 < 6 ? at + 2 : null;
  return of({
    status: 200,
    headers: {},
    url: 'http://api.test/',
    body: { items: [at, at + 1], next_cursor },
  });
};
const failingAt =
  (cursor: number): Transport =>
  (request, signal) =>
    Number(request.params?.['cursor'] ?? 0) === cursor
      ? of({ status: 404, headers: {}, url: 'http://api.test/', body: {} })
      : transport(request, signal);

function listOf(server = transport, options: WalkOptions = {}) {
  const ends: EndEvent[] = [];
  const events = {
    next: (event: { type: string }) => {
      if (event.type === 'end') ends.push(event as EndEvent);
    },
  };
  const pagination = cursorPagination<number>({ items: '/items' });
  return { list: paginate<number>(server, '/items', { pagination, events, ...options }), ends };
}

async function rest(token: string): Promise<number[]> {
  const values: number[] = [];
  await listOf()
    .list.with({ resumeFrom: token })
    .forEach((value) => values.push(value));
  return values;
}

describe('the resume token of a walk that is consumed', () => {
  it('goes on at the first value that is not done when a page fails', async () => {
    const { list } = listOf(failingAt(2));
    const error: unknown = await lastValueFrom(
      list.consume((value) => timer(50).pipe(concatMap(() => of(value))), { concurrency: 3 }),
    ).catch((reason: unknown) => reason);
    if (!isPaginationError(error)) throw new Error('Expected the walk to fail');
    expect([error.code, error.itemsEmitted]).toEqual(['HTTP_STATUS', 0]);
    expect(await rest(error.resumeToken)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('goes back to an earlier page whose value failed after the next page had come', async () => {
    const { list, ends } = listOf();
    const outputs: number[] = [];
    const last = new Subject<never>();
    const failure: unknown = await list
      .consume((value) => (value === 1 ? last : of(value).pipe(delay(1))), { concurrency: 2 })
      .forEach((value) => {
        outputs.push(value);
        if (value === 5) last.error(new Error('sink'));
      })
      .catch((reason: unknown) => reason);
    expect(failure).toEqual(new Error('sink'));
    expect(outputs).toEqual([0, 2, 3, 4, 5]);
    expect(await rest(ends[0]!.resumeToken)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    [
      'left',
      (list: ReturnType<typeof listOf>['list']) => {
        list
          .consume((value) => (value === 3 ? NEVER : of(value)))
          .subscribe()
          .unsubscribe();
      },
    ],
    [
      'aborted',
      (list: ReturnType<typeof listOf>['list']) => {
        const controller = new AbortController();
        list
          .with({ signal: controller.signal })
          .consume((value) => (value === 3 ? NEVER : of(value)))
          .subscribe({ error: () => undefined });
        controller.abort();
      },
    ],
  ])('holds the value in work when the walk is %s', async (_, stop) => {
    // prettier-ignore
    const { list, ends } = listOf();
    stop(list);
    expect(ends.map(({ items }) => items)).toEqual([3]);
    expect(await rest(ends[0]!.resumeToken)).toEqual([3, 4, 5]);
  });

  it('does not repeat a value of which something came when the consumer has enough', async () => {
    const { list, ends } = listOf();
    const outputs: number[] = [];
    await list
      .consume((value) => of(value))
      .pipe(take(3))
      .forEach((value) => outputs.push(value));
    expect(outputs).toEqual([0, 1, 2]);
    expect(await rest(ends[0]!.resumeToken)).toEqual([3, 4, 5]);
  });

  it('goes back to a value that failed after something had come of it', async () => {
    const { list, ends } = listOf();
    const outputs: number[] = [];
    const failing = concat(of(1), throwError(() => new Error('sink'))); // prettier-ignore
    const walk = list.consume((value) => (value === 1 ? failing : of(value)));
    await expect(walk.forEach((value) => outputs.push(value))).rejects.toThrow('sink');
    expect(outputs).toEqual([0, 1]);
    expect(await rest(ends[0]!.resumeToken)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([1, 3, 5])('goes back over any number of pages, to the value in work: %d', (at) => {
    const { list, ends } = listOf((request) => {
      const cursor = Number(request.params?.['cursor'] ?? 0);
      const next_cursor = cursor + 1 < 12 ? cursor + 1 : null;
      return of({ status: 200, headers: {}, url: '', body: { items: [cursor], next_cursor } });
    });
    const begun: number[] = [];
    const work = (value: number) => {
      begun.push(value);
      return value === at ? NEVER : of(value);
    };
    list.consume(work, { concurrency: 2 }).subscribe().unsubscribe();
    expect(begun).toHaveLength(12);
    expect(ends.map(({ items }) => items)).toEqual([at]);
  });
});
