import { openQueue, type ExportDescription, type ExportQueue } from 'paged-observable/queue';

import { OFFSET_LIST } from '../support/part-list';
import { describePostgres, postgresServer } from '../support/postgres';

const server = postgresServer();
const queues: ExportQueue[] = [];

async function open(): Promise<ExportQueue> {
  const queue = await openQueue(server().url);
  queues.push(queue);
  return queue;
}

afterEach(() => Promise.all(queues.splice(0).map((queue) => queue.close())));

function description(transport: string): ExportDescription {
  return {
    transport,
    request: '/items?limit=10',
    pagination: OFFSET_LIST,
    sink: { kind: 'files', folder: 'drive' },
  };
}

describePostgres('a queue', () => {
  it('does more at once than it has connections', async () => {
    const ids = Array.from({ length: 8 }, (_, at) => `crowd-${String(at)}`);
    const first = await open();
    const begun = await Promise.all(ids.map((id) => first.start(description(id), { id })));
    expect(begun.map(({ id, state }) => [id, state])).toEqual(ids.map((id) => [id, 'running']));
    const ended = await Promise.all(ids.map((id) => first.cancel(id)));
    expect(ended.map((status) => status?.state)).toEqual(ids.map(() => 'cancelled'));
    // One that knows none of their queues yet.
    const second = await open();
    expect(await Promise.all(ids.map((id) => second.retry(id)))).toEqual(ids.map(() => 1));
    const third = await open();
    await Promise.all(ids.map((id) => third.cancel(id)));
  });

  it('says what it expects of who leaves something out or gives something else', async () => {
    const queue = await open();
    const start = (options?: unknown) => () => queue.start(description('one'), options as never);
    for (const options of [undefined, {}, { id: undefined }]) {
      expect(start(options)).toThrow(
        new TypeError("start: it needs an 'id', a plain file name, got undefined"),
      );
    }
    expect(start(null)).toThrow(new TypeError('start: expected an object of options, got null'));
    expect(start({ id: 3 })).toThrow(new TypeError("start: option 'id' must be text, got 3"));
    const retry = (parts: unknown) => queue.retry('one', parts as never);
    for (const [parts, got] of [
      [['x'], '"x"'],
      [[0, -1], '-1'],
      [[0.5], '0.5'],
      [[null], 'null'],
      [[2 ** 31], '2147483648'],
      [3, '3'],
      ['12', '"12"'],
    ] as const) {
      await expect(retry(parts)).rejects.toEqual(
        new TypeError(
          `retry: expected an array of numbers of parts, whole and from 0 to 2147483647, got ${got}`,
        ),
      );
    }
    expect(await retry([0, 2 ** 31 - 1])).toBe(0);
    expect(await retry([])).toBe(0);
    await queue.start(description('one'), { id: 'one' });
    await expect(retry([0, 1])).rejects.toEqual(
      new TypeError('retry: one has the parts 0 to 0, got 1'),
    );
    expect(await retry([0])).toBe(0);
  });
});
