import { paginate, type PagedResponse, type Transport } from 'paged-observable';
import { lastValueFrom, take, tap, toArray } from 'rxjs';

import type { User } from '../../lib/demo/data-set';
import type { DemoServer } from '../../lib/demo/start-demo-server';

import { protocols, type Protocol } from './protocols';
import { count, type Report } from './report';

/** What a part of the tour works with. */
export interface Tour {
  readonly server: DemoServer;
  readonly transport: Transport;
  /** What the server hands out, in its order. */
  readonly users: readonly User[];
  readonly report: Report;
}

/** Items as they come: subscribe, and requests are made. */
export async function showItems({ server, transport, users, report }: Tour): Promise<void> {
  report.title('Items flow: paginate(axiosTransport(http), url).subscribe(...)');
  server.reset();
  const paged = paginate<User>(transport, '/link/users?per_page=50');
  let seen = 0;
  const first = tap((user: User) => {
    if (++seen <= 3) report.say(`${user.id}  ${user.name.padEnd(16)} ${user.team}`);
  });
  const items = await lastValueFrom(paged.pipe(first, toArray()));
  report.say(`… and ${String(items.length - 3)} more`);
  const result = { same: sameUsers(items, users), requests: server.requestCount() };
  report.check('items', result, { same: 250, requests: 5 }, ({ same, requests }) =>
    [count(same, 'item'), count(requests, 'request')].join(', '),
  );
}

/** The same list through every protocol, counted by the server. */
export async function walkProtocols(tour: Tour): Promise<void> {
  tour.report.title('The same 250 users through every protocol, each once, in server order');
  for (const protocol of protocols) await walkProtocol(protocol, tour);
}

async function walkProtocol(protocol: Protocol, tour: Tour): Promise<void> {
  const { server, transport, users, report } = tour;
  const { name, request, pagination, pages, requests } = protocol;
  server.reset();
  const paged = paginate(transport, request, { pagination });
  const found = await lastValueFrom(paged.pages().pipe(toArray()));
  const items = found.flatMap((page) => page.items);
  const seen = {
    items: sameUsers(items, users),
    pages: found.length,
    requests: server.requestCount(),
  };
  report.check(name, seen, { items: users.length, pages, requests }, tellCounts);
}

function tellCounts(seen: { items: number; pages: number; requests: number }): string {
  return [
    count(seen.items, 'item').padStart(9),
    count(seen.pages, 'page').padStart(7),
    count(seen.requests, 'request').padStart(10),
  ].join(', ');
}

/** What `.pages()` knows besides the items. */
export async function showPages({ server, transport, report }: Tour): Promise<void> {
  report.title("The pages of a walk: paginate(...).pages(), with each page's metadata");
  server.reset();
  const kneo = protocols.find(({ name }) => name === 'kneo');
  if (kneo === undefined) throw new Error('No kneo');
  report.say('index  kind    offset  items  nextOffset  total  pages  progress  status');
  const pages: PagedResponse[] = [];
  await paginate(transport, kneo.request, { pagination: kneo.pagination })
    .pages()
    .forEach((page) => {
      pages.push(page);
      report.say(pageLine(page));
    });
  const indexes = pages.map(({ index }) => index);
  const seen = { indexes, requests: server.requestCount() };
  report.check('pages', seen, { indexes: [0, 1, 2, 3, 4], requests: 5 }, (counts) =>
    [count(counts.indexes.length, 'page'), count(counts.requests, 'request')].join(', '),
  );
}

function pageLine(page: PagedResponse): string {
  if (page.kind !== 'offset') throw new Error('kneo pages are offset pages');
  const { index, kind, offset, items, nextOffset = '-', totalCount, totalPages, status } = page;
  const percent = `${String(Math.round((page.progress.fraction ?? 0) * 100))} %`;
  const cells: readonly (readonly [unknown, number])[] = [
    [index, 5],
    [kind, 8],
    [offset, 6],
    [items.length, 7],
    [nextOffset, 12],
    [totalCount, 7],
    [totalPages, 7],
    [percent, 10],
    [status, 8],
  ];
  return cells.map(([value, width]) => String(value).padStart(width)).join('');
}

/** `take(3)` needs the first page and asks for no other. */
export async function takeThree({ server, transport, users, report }: Tour): Promise<void> {
  report.title('Demand decides');
  server.reset();
  const three = paginate(transport, '/link/users?per_page=50').pipe(take(3), toArray());
  const items = await lastValueFrom(three);
  const seen = { items: sameUsers(items, users.slice(0, 3)), requests: server.requestCount() };
  report.check('take(3)', seen, { items: 3, requests: 1 }, ({ items: taken, requests }) =>
    [count(taken, 'item'), count(requests, 'request')].join(', '),
  );
}

/** How many items are the right ones in the right places; a surplus item spoils the count. */
export function sameUsers(items: readonly unknown[], users: readonly User[]): number {
  const same = items.filter((item, index) => idOf(item) === users[index]?.id).length;
  return items.length > users.length ? items.length : same;
}

/** Protocols name an item differently; what counts is the number of the user in it. */
function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
}
