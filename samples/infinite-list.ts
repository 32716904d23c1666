// The state of an infinite list on a screen: what a component shows, whatever its framework. An error keeps what is there.
import { linkPagination, paginate } from 'paged-observable';
import { pagedList } from 'paged-observable/list';
import { fakeTransport } from 'paged-observable/testing';

interface Issue {
  readonly title: string;
}

// A server of three pages, the second of which is not found at first.
const server = fakeTransport(
  [
    { body: { issues: [{ title: 'Crash on start' }, { title: 'Typo' }], next: '/issues?page=2' } },
    { body: { issues: [{ title: 'Dark mode' }], next: '/issues?page=3' } },
    { body: { issues: [{ title: 'Faster search' }], next: null } },
  ],
  { faults: { 1: [{ status: 404, body: null }] } },
);
const issues = paginate<Issue>(server, '/issues', {
  pagination: linkPagination({ items: '/issues', next: '/next' }),
});

const list = pagedList(issues, { key: '/title' });
list.state.subscribe({
  next: ({ items, status, error }) => {
    const titles = items.map(({ title }) => title).join(', ');
    console.log(`${status.padEnd(7)} ${error instanceof Error ? `(${error.name}) ` : ''}${titles}`);
    // Here in place of a user, who scrolls down and tries again.
    if (status === 'idle') list.loadMore();
    if (status === 'error') list.retry();
    if (status === 'done') list.close();
  },
  complete: () => {
    console.log(`closed after ${String(server.requests.length)} requests`);
  },
});
