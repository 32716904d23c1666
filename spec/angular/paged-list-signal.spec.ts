import '@angular/compiler'; // before all else of Angular
import { withFetch } from '@angular/common/http';
import {
  ApplicationRef,
  createEnvironmentInjector,
  effect,
  Injector,
  runInInjectionContext,
  signal,
  type EnvironmentInjector,
} from '@angular/core';
import { expectTypeOf } from 'expect-type';
import { of } from 'rxjs';

import { cursorPagination, paginate } from 'paged-observable';
import {
  pagedListSignal,
  type PagedListSignal,
  type PagedListSignalOptions,
} from 'paged-observable/angular';
import type { ListState } from 'paged-observable/list';
import { fakeTransport } from 'paged-observable/testing';

import { startAngular } from '../support/angular';
import { ListApi } from '../support/list-api';
import { settled } from '../support/settled';

function start(): EnvironmentInjector {
  const { injector } = startAngular([withFetch()]);
  return createEnvironmentInjector([], injector);
}

function within<T>(create: () => PagedListSignal<T>, injector = start()): PagedListSignal<T> {
  return runInInjectionContext(injector.get(Injector), create);
}

/** After effects ran, too, which wait for a frame. */
async function rendered(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) await settled();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await settled();
}

const never = () => new Promise<never>(() => undefined);

describe('pagedListSignal', () => {
  it('has the state of the list in signals', async () => {
    const api = new ListApi([2, 2]);
    const list = within(() => pagedListSignal(api.list()));
    expect([list.status(), list.items(), list.pages()]).toEqual(['loading', [], 0]);
    await settled();
    expect(list.state()).toEqual({ items: [0, 1], pages: 1, status: 'idle', hasPrevious: false });
    list.loadMore();
    expect(list.status()).toBe('loading');
    await settled();
    expect([list.status(), list.items(), list.pages()]).toEqual(['done', [0, 1, 2, 3], 2]);
    expect([list.error(), list.totalCount(), list.hasPrevious()]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    expect(api.asked).toEqual([0, 1]);
  });

  it('has the total of the list, where the server tells it', async () => {
    const body = { items: [1, 2], next_cursor: 'c1', total: 4 };
    const pagination = cursorPagination<number>({ items: '/items', totalCount: '/total' });
    const users = paginate<number>(fakeTransport([{ body }]), '/items', { pagination });
    const list = within(() => pagedListSignal(users));
    expect(list.totalCount()).toBeUndefined();
    await settled();
    expect([list.items(), list.totalCount()]).toEqual([[1, 2], 4]);
  });

  it('keeps what is there beside an error, and retries', async () => {
    let status = 200;
    const api = new ListApi([1, 1], (reply) => of({ ...reply, status }));
    const list = within(() => pagedListSignal(api.list()));
    await settled();
    status = 404;
    list.loadMore();
    await settled();
    expect([list.status(), list.items()]).toEqual(['error', [0]]);
    expect(list.error()).toMatchObject({ code: 'HTTP_STATUS', status: 404 });
    status = 200;
    list.retry();
    await settled();
    expect([list.status(), list.items(), list.error()]).toEqual(['done', [0, 1], undefined]);
  });

  it('goes both ways in a window, refreshes and resets', async () => {
    const api = new ListApi([1, 1, 1]);
    const other = new ListApi([3]);
    const list = within(() => pagedListSignal(api.list(), { maxPages: 1 }));
    await settled();
    const shown: unknown[] = [];
    for (const call of [list.loadMore, list.loadPrevious, list.refresh]) {
      call();
      await settled();
      shown.push([list.items(), list.hasPrevious()]);
    }
    list.reset(other.list());
    await settled();
    shown.push([list.items(), list.hasPrevious()]);
    expect(shown).toEqual([
      [[1], true],
      [[0], false],
      [[0], false],
      [[0, 1, 2], false],
    ]);
  });

  it('starts over when a signal of its source changes, and aborts the request in flight', async () => {
    const text = signal('a');
    const apis: Record<string, ListApi> = {
      a: new ListApi([2, 2], never),
      ab: new ListApi([1, 1]),
    };
    const injector = start();
    const list = within(() => pagedListSignal(() => apis[text()]!.list()), injector);
    expect([list.status(), apis['a']!.asked]).toEqual(['loading', []]);
    list.loadMore(); // there is no list yet
    await rendered();
    expect(apis['a']!.asked).toEqual([0]);
    text.set('ab');
    await rendered();
    expect([apis['a']!.aborted, apis['ab']!.asked]).toEqual([[0], [0]]);
    expect([list.status(), list.items()]).toEqual(['idle', [0]]);
    list.loadMore();
    await settled();
    expect(list.items()).toEqual([0, 1]);
  });

  it('does not start over for a signal that its transport reads', async () => {
    const token = signal('one');
    const api = new ListApi([1, 1], (reply) => {
      token();
      return of(reply);
    });
    within(() => pagedListSignal(() => api.list()));
    await rendered();
    token.set('two');
    await rendered();
    expect(api.asked).toEqual([0]);
  });

  it('does not bind the effect that makes it to a signal that its transport reads', async () => {
    const token = signal('one');
    const api = new ListApi([1, 1], (reply) => {
      token();
      return of(reply);
    });
    const injector = start().get(Injector);
    effect(() => void pagedListSignal(api.list(), { injector }), { injector });
    await rendered();
    expect(api.asked).toEqual([0]);
    token.set('two');
    await rendered();
    expect(api.asked).toEqual([0]);
  });

  it('is closed with its injector: the request in flight is aborted, and nothing is asked for any more', async () => {
    const api = new ListApi([1, 1, 1], (reply, page) => (page === 1 ? never() : of(reply)));
    const injector = start();
    const list = within(() => pagedListSignal(api.list()), injector);
    await settled();
    list.loadMore();
    const before = list.state();
    injector.destroy();
    expect(api.aborted).toEqual([1]);
    list.refresh();
    list.loadMore();
    await settled();
    expect(list.state()).toBe(before);
    expect(api.asked).toEqual([0, 1]);
  });

  it('asks for nothing where its injector is destroyed already', async () => {
    const api = new ListApi([1, 1]);
    const injector = start();
    const named = injector.get(Injector);
    injector.destroy();
    expect(() => pagedListSignal(api.list(), { injector: named })).toThrow('destroyed');
    await settled();
    expect(api.asked).toEqual([]);
  });

  it('keeps the application from being stable while a page is on its way, through retries too', async () => {
    const answers: ((status: number) => void)[] = [];
    const api = new ListApi(
      [1, 1],
      (reply) =>
        new Promise((resolve) => {
          answers.push((status) => {
            resolve({ ...reply, status });
          });
        }),
    );
    const injector = start();
    const application = injector.get(ApplicationRef);
    const stable: boolean[] = [];
    application.isStable.subscribe((is) => stable.push(is));
    await rendered();
    const retry = { baseDelay: 1, maxDelay: 1 };
    const list = within(() => pagedListSignal(api.list({ retry })), injector);
    await settled();
    expect(stable).toEqual([true, false]);
    answers[0]?.(503);
    while (answers.length < 2) await settled();
    expect([stable, api.asked]).toEqual([
      [true, false],
      [0, 0],
    ]);
    answers[1]?.(200);
    await application.whenStable();
    expect(list.items()).toEqual([0]);
    list.loadMore();
    expect(stable.at(-1)).toBe(false);
    injector.destroy();
    await rendered();
    expect(stable.at(-1)).toBe(true);
  });

  it('shares the life of the injector that is named', async () => {
    const api = new ListApi([1, 1], never);
    const injector = start();
    pagedListSignal(api.list(), { injector: injector.get(Injector) });
    await settled();
    injector.destroy();
    expect(api.aborted).toEqual([0]);
  });

  it('asks for nothing by itself without autoLoad', async () => {
    const api = new ListApi([1, 1]);
    const list = within(() => pagedListSignal(() => api.list(), { autoLoad: false }));
    await rendered();
    expect([list.status(), api.asked]).toEqual(['idle', []]);
    list.loadMore();
    await settled();
    expect(list.items()).toEqual([0]);
  });

  it('has the type of its items', () => {
    const list = within(() => pagedListSignal(new ListApi([1]).list()));
    expectTypeOf(list.items()).toEqualTypeOf<readonly number[]>();
    expectTypeOf(list.state()).toEqualTypeOf<ListState<number>>();
  });

  it('throws for a wrong option, and outside an injection context', () => {
    const list = new ListApi([1]).list();
    const wrong = { size: 1 } as PagedListSignalOptions<number>;
    expect(() => within(() => pagedListSignal(list, wrong))).toThrow("unknown option 'size'");
    expect(() => pagedListSignal(list)).toThrow('pagedListSignal() can only be used within');
  });
});
