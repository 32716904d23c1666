// A dialect of one's own as data, and its test against pages in memory: items, requests, end.
import assert from 'node:assert/strict';
import { lastValueFrom, toArray } from 'rxjs';
import { paginate } from 'paged-observable';
import { codeOf, strategyOf, type PaginationDescription } from 'paged-observable/dialects';
import { fakeTransport } from 'paged-observable/testing';

const acme: PaginationDescription = {
  kind: 'cursor',
  items: '/result/rows',
  param: 'from',
  next: '/result/more',
  hasMore: { not: '/result/done' },
};

// As the vendor's documentation shows them; the last page still has a cursor.
const server = fakeTransport([
  { body: { result: { rows: ['a', 'b'], more: 'k2', done: false } } },
  { body: { result: { rows: ['c'], more: 'k3', done: true } } },
]);

async function main(): Promise<void> {
  const orders = paginate(server, 'https://acme.test/orders?size=2', {
    pagination: strategyOf(acme),
  });

  assert.deepEqual(await lastValueFrom(orders.pipe(toArray())), ['a', 'b', 'c']);
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ['https://acme.test/orders?size=2', 'https://acme.test/orders?size=2&from=k2'],
  );
  console.log('3 items by 2 requests, as documented');
  console.log(codeOf(acme));
}

void main();
