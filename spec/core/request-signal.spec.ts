import { Observable, of } from 'rxjs';

import { cursorPagination, paginate, type PageReply, type PageRequest } from 'paged-observable';

import { controllerFor, RequestControllers } from '../../lib/core/request-signal';
import { range } from '../support/list-api';
import { record } from '../support/recorder';

const PAGES = 20;

function replyTo({ params }: PageRequest): PageReply {
  const page = Number(params?.['cursor'] ?? 0);
  const next = page + 1 < PAGES ? page + 1 : null;
  return { status: 200, headers: {}, url: '', body: { items: [page], next_cursor: next } };
}

const options = {
  pagination: cursorPagination<number>({ items: '/items' }),
  retry: false,
} as const;
const URL = 'http://api.test/items';

describe('the signal of a request', () => {
  it('is one of its own where the transport names it', () => {
    const signals: AbortSignal[] = [];
    const list = paginate<number>(
      (request, signal) => {
        signals.push(signal);
        return of(replyTo(request));
      },
      URL,
      options,
    );

    expect(record(list).values).toEqual(range(0, PAGES));
    expect(new Set(signals).size).toBe(PAGES);
  });

  it('serves at most eight requests, one after another, of a transport that does not name it', () => {
    const signals: unknown[] = [];
    const list = paginate<number>(
      (request, ...rest) => {
        signals.push(rest[0]);
        return of(replyTo(request));
      },
      URL,
      options,
    );

    expect(record(list).values).toEqual(range(0, PAGES));
    // Told apart by identity: to `toEqual` one signal is like another.
    expect(signals.map((signal) => signals.indexOf(signal))).toEqual(
      range(0, PAGES).map((place) => place - (place % 8)),
    );
    const [first] = signals;
    expect(first).toBeInstanceOf(AbortSignal);
  });

  it('aborts although the transport does not name it, and serves no other request then', () => {
    const signals: AbortSignal[] = [];
    const list = paginate<number>(
      (request, ...rest) => {
        signals.push(rest[0]);
        const isStuck = signals.length % 3 === 0;
        return isStuck ? new Observable<PageReply>() : of(replyTo(request));
      },
      URL,
      options,
    );

    list.subscribe().unsubscribe();
    list.subscribe().unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual(range(0, 6).map(() => true));
    expect(signals.map((signal) => signals.indexOf(signal))).toEqual([0, 0, 0, 3, 3, 3]);
  });

  it('is not shared by requests that are on their way at once', () => {
    const signals: AbortSignal[] = [];
    const list = paginate<number>(
      (...given) => {
        signals.push(given[1]);
        return new Observable<PageReply>();
      },
      URL,
      options,
    );
    const walks = [list.subscribe(), list.subscribe()];

    walks[0]?.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    walks[1]?.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});

describe('the controller for one request', () => {
  it('is the one behind the signal, where a walk made it', () => {
    const own = new RequestControllers(() => of()).take();
    const { controller, release } = controllerFor(own.signal);
    expect(controller).toBe(own);
    release();
    own.abort();
    expect(controller.signal.aborted).toBe(true);
  });

  it.each([
    ['controllerFor', controllerFor],
    ['controllerFor', controllerFor],
  ])('by %s is one of its own for any other signal, and aborts with it', (_, make) => {
    const given = new AbortController();
    const { controller } = make(given.signal);
    expect(controller.signal).not.toBe(given.signal);
    expect(controller.signal.aborted).toBe(false);
    given.abort('why');
    expect([controller.signal.aborted, controller.signal.reason]).toEqual([true, 'why']);

    const late = make(given.signal).controller.signal;
    expect([late.aborted, late.reason]).toEqual([true, 'why']);
  });

  it('aborts no more once it was let go of', () => {
    const given = new AbortController();
    const { controller, release } = controllerFor(given.signal);
    release();
    given.abort();
    expect(controller.signal.aborted).toBe(false);
  });

  it('serves one request at a time, also where two are given back', () => {
    const controllers = new RequestControllers(() => of());
    const [one, two] = [controllers.take(), controllers.take()];
    expect(one).not.toBe(two);
    controllers.giveBack(one);
    controllers.giveBack(two);
    expect(controllers.take()).toBe(one);
    expect([one, two]).not.toContain(controllers.take());
  });
});
