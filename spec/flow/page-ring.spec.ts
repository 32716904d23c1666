import { NEVER, of } from 'rxjs';

import {
  numberPagination,
  paginate,
  type PageReply,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

/** A numbered list of one row a page without an end, of which page 1 comes at once and no other ever. */
class Endless {
  readonly asked: number[] = [];
  readonly aborted: number[] = [];
  /** Called for each request. */
  onRequest: (page: number) => void = () => undefined;

  readonly transport: Transport = (request, signal) => {
    const page = Number(request.params?.['page'] ?? 1);
    this.asked.push(page);
    signal.addEventListener('abort', () => this.aborted.push(page));
    this.onRequest(page);
    return page === 1 ? of(replyOf(page)) : NEVER;
  };

  walk(options: WalkOptions = {}) {
    const pagination = numberPagination<number>({ items: '/rows' });
    return paginate(this.transport, 'http://api.test/rows', {
      timeout: Infinity,
      pagination,
      ...options,
    });
  }
}

function replyOf(page: number): PageReply {
  return { status: 200, headers: {}, url: 'http://api.test/rows', body: { rows: [page] } };
}

describe('who hears of a request that is asked for ahead', () => {
  it('may leave: it is not sent, nor any other', () => {
    const api = new Endless();
    const events: string[] = [];
    const walk = api.walk({
      concurrency: 5,
      events: {
        next: (event) => {
          events.push(event.type);
          if (event.type === 'request' && event.index === 2) void pages.return?.();
        },
      },
    });
    const pages = walk[Symbol.asyncIterator]();
    void pages.next();
    expect(api.asked).toEqual([1, 2]);
    expect(api.aborted).toEqual([2]);
    expect(events).toEqual(['request', 'page', 'request', 'request', 'end']);
  });

  it('may leave as its transport: it is aborted, and no other is sent', () => {
    const api = new Endless();
    api.onRequest = (page) => {
      if (page === 3) void pages.return?.();
    };
    const pages = api.walk({ concurrency: 5 })[Symbol.asyncIterator]();
    void pages.next();
    expect(api.asked).toEqual([1, 2, 3]);
    expect(api.aborted).toEqual([2, 3]);
  });
});
