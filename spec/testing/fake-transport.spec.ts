import { lastValueFrom, toArray, VirtualTimeScheduler } from 'rxjs';

import { cursorPagination, numberPagination, paginate, type WalkOptions } from 'paged-observable';
import { fakeTransport, type FakePage, type FakeScript } from 'paged-observable/testing';
import { record } from '../support/recorder';

const pages: readonly FakePage[] = [
  { body: { items: [1, 2], next_cursor: 'b' } },
  { body: { items: [3], next_cursor: null }, headers: { 'x-request-id': 'r2' } },
];
const pagination = cursorPagination<number>({ items: '/items' });

function fake(script?: FakeScript) {
  const transport = fakeTransport(pages, script);
  const list = (options: WalkOptions = {}) =>
    paginate<number>(transport, '/users', { ...options, pagination });
  const log = () => transport.requests.map((r) => [r.url, r.page, r.attempt, r.outcome]);
  return { transport, list, log };
}

describe('fakeTransport', () => {
  it('serves the pages in the order they are asked for, and logs the requests', () => {
    const { transport, list } = fake();
    const walked = record(list());
    expect(walked.notifications).toEqual({ values: [1, 2, 3], errors: 0, completions: 1 });
    expect(transport.requests).toEqual([
      {
        method: 'GET',
        url: 'http://fake.test/users',
        headers: {},
        page: 0,
        attempt: 1,
        outcome: 'answered',
      },
      {
        method: 'GET',
        url: 'http://fake.test/users?cursor=b',
        headers: {},
        page: 1,
        attempt: 1,
        outcome: 'answered',
      },
    ]);
  });

  it('gives headers and status of a page', async () => {
    const walked = await lastValueFrom(fake().list().pages().pipe(toArray()));
    expect(walked.map(({ status, headers }) => [status, headers])).toEqual([
      [200, {}],
      [200, { 'x-request-id': 'r2' }],
    ]);
  });

  it('serves the same page to a request that came before', () => {
    const { list, log } = fake();
    record(list());
    expect(record(list()).values).toEqual([1, 2, 3]);
    expect(log().map(([, page, attempt]) => [page, attempt])).toEqual([
      [0, 1],
      [1, 1],
      [0, 2],
      [1, 2],
    ]);
  });

  it('logs method, headers and body as they were sent', () => {
    const transport = fakeTransport([{ body: [1] }, { body: [] }]);
    const request = { method: 'POST', url: '/q', headers: { 'x-a': '1' }, body: { page: 1 } };
    const inBody = numberPagination({ param: '/page', in: 'body', items: '' });
    expect(record(paginate(transport, request, { pagination: inBody })).completions).toBe(1);
    expect(transport.requests.map(({ method, headers, body }) => [method, headers, body])).toEqual([
      ['POST', { 'x-a': '1' }, { page: 1 }],
      ['POST', { 'x-a': '1' }, { page: 2 }],
    ]);
  });

  it('meets each request with its fault, and then with the page', async () => {
    const { list, log } = fake({
      faults: { 1: ['reset', 'bad-json', { status: 503, body: null }] },
    });
    const codes: string[] = [];
    const items = await lastValueFrom(
      list({
        retry: { baseDelay: 1, maxDelay: 1 },
        events: { next: (event) => event.type === 'retry' && codes.push(event.code) },
      }).pipe(toArray()),
    );
    expect(items).toEqual([1, 2, 3]);
    expect(codes).toEqual(['NETWORK', 'BAD_JSON', 'HTTP_STATUS']);
    expect(log().map(([, ...rest]) => rest)).toEqual([
      [0, 1, 'answered'],
      [1, 1, 'failed'],
      [1, 2, 'failed'],
      [1, 3, 'answered'],
      [1, 4, 'answered'],
    ]);
  });

  it('answers after the delay, by the clock', () => {
    const clock = new VirtualTimeScheduler();
    const { list } = fake({ delay: 20, clock });
    const walked = record(list({ clock, timeout: Infinity }));
    expect(walked.values).toEqual([]);
    clock.flush();
    expect(clock.frame).toBe(40);
    expect(walked.notifications).toEqual({ values: [1, 2, 3], errors: 0, completions: 1 });
  });

  it('tells what was aborted', () => {
    const { list, log } = fake({ faults: { 1: ['hang'] } });
    const walked = record(list());
    expect(log()[1]).toEqual(['http://fake.test/users?cursor=b', 1, 1, 'open']);
    walked.subscription.unsubscribe();
    expect(log()[1]).toEqual(['http://fake.test/users?cursor=b', 1, 1, 'aborted']);
  });

  it('lets no walk end quietly that asks beyond the last page', () => {
    const transport = fakeTransport([{ body: [1] }]);
    const walked = record(
      paginate(transport, '/n', { pagination: numberPagination({ items: '' }) }),
    );
    expect(walked.values).toEqual([1]);
    expect(walked.errors).toEqual([
      new TypeError(
        'fakeTransport: there are 1 pages, and this is request 2, GET http://fake.test/n?page=2',
      ),
    ]);
    expect(transport.requests.map(({ outcome }) => outcome)).toEqual(['answered', 'failed']);
  });

  it.each<[string, () => unknown, string]>([
    ['no pages', () => fakeTransport('x' as never), 'expected an array of pages'],
    ['a bare body', () => fakeTransport([[1]] as never), 'expected an array of pages'],
    ['an unknown option', () => fakeTransport([], { lag: 1 } as object), "unknown option 'lag'"],
    ['an unknown fault', () => fakeTransport([], { faults: { 0: ['slow' as never] } }), 'faults'],
    ['a fault of a page that there is not', () => fakeTransport(pages, { faults: { 2: ['reset'] } }), "fakeTransport: option 'faults' must name pages that there are, 2 counted from 0, got 2"],
    ['a page named in two ways', () => fakeTransport(pages, { faults: { ['01']: ['reset'] } as never }), "option 'faults' must be an object of page places"],
    ['an unknown part of a fault', () => fakeTransport(pages, { faults: { 1: ['reset', { body: 0, header: {} } as never] } }), "fakeTransport: faults of page 1: 1: unknown option 'header'; the options are body, status, headers"],
    ['a wrong status of a fault', () => fakeTransport(pages, { faults: { 1: [{ body: 0, status: '503' as never }] } }), "fakeTransport: faults of page 1: 0: option 'status' must be a whole number, 0 or more, got \"503\""],
    ['an unknown part of a page', () => fakeTransport([{ body: 0, code: 404 } as never]), "fakeTransport: page 0: unknown option 'code'; the options are body, status, headers"],
    ['headers of a page that are none', () => fakeTransport([{ body: 0, headers: { age: 1 as never } }]), "fakeTransport: page 0: option 'headers' must be an object whose values are strings, got an object"],
    ['a wrong delay', () => fakeTransport([], { delay: -1 }), 'delay'],
    ['a wrong clock', () => fakeTransport([], { clock: {} as never }), 'clock'],
  ])('throws a TypeError for %s', (_, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  }); // prettier-ignore
});
