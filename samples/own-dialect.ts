// A dialect of one's own as data, and its test against pages in memory: items, requests, end.
import assert from 'node:assert/strict';
import { lastValueFrom, of, toArray } from 'rxjs';
import { paginate, requestUrl, type Transport } from 'paged-observable';
import { codeOf, strategyOf, type PaginationDescription } from 'paged-observable/dialects';

const acme: PaginationDescription = {
  kind: 'cursor',
  items: '/result/rows',
  param: 'from',
  next: '/result/more',
  hasMore: { not: '/result/done' },
};

// As the vendor's documentation shows them; the last page still has a cursor.
const pages: Readonly<Record<string, unknown>> = {
  'https://acme.test/orders?size=2': { result: { rows: ['a', 'b'], more: 'k2', done: false } },
  'https://acme.test/orders?size=2&from=k2': { result: { rows: ['c'], more: 'k3', done: true } },
};

async function main(): Promise<void> {
  const asked: string[] = [];
  const transport: Transport = (request) => {
    const url = requestUrl(request);
    asked.push(url);
    return of({ status: url in pages ? 200 : 404, headers: {}, url, body: pages[url] });
  };
  const orders = paginate(transport, 'https://acme.test/orders?size=2', {
    pagination: strategyOf(acme),
  });

  assert.deepEqual(await lastValueFrom(orders.pipe(toArray())), ['a', 'b', 'c']);
  assert.deepEqual(asked, Object.keys(pages));
  console.log('3 items by 2 requests, as documented');
  console.log(codeOf(acme));
}

void main();
