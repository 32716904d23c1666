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
});
