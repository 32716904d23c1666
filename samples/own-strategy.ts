// A protocol of one's own as a plain value: OData's links, with the total where the service counts.
import { paginate, type PaginationStrategy } from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { User } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

interface ODataBody {
  readonly value: readonly User[];
  readonly '@odata.count'?: number;
  readonly '@odata.nextLink'?: string;
}

const odata: PaginationStrategy<User, 'link'> = {
  id: 'my-odata', // stands in resume tokens
  start: (request) => ({ ...request, params: { $count: true, ...request.params } }),
  at: ({ headers }, link) => ({ url: link as string, headers }), // a link that next() gave
  read: (_request, { body }) => {
    const page = body as ODataBody;
    return {
      kind: 'link',
      items: page.value,
      totalCount: page['@odata.count'],
      next: () => page['@odata.nextLink'],
    };
  },
};

async function main(): Promise<void> {
  const server = await startDemoServer({ users: 120 });
  const transport = fetchTransport({ baseUrl: server.url });
  for await (const page of paginate(transport, '/odata/users', { pagination: odata }).pages()) {
    const { items, totalCount, hasNextPage } = page;
    console.log(String(items.length), 'of', String(totalCount), hasNextPage ? '...' : 'the end');
  }
  await server.close();
}

void main();
