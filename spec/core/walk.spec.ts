import { defer, NEVER, Subject, takeUntil } from 'rxjs';

import type { WalkEvent } from 'paged-observable';
import { nextTurn } from '../../lib/core/turn';
import { openWalk, type View, type Walk } from '../../lib/core/walk';

import { ListApi, promised } from '../support/list-api';
import { ManualClock, settle } from '../support/manual-clock';
import { record } from '../support/recorder';

describe('the error of a walk that its signal aborted', () => {
  const abortedBy = (reason?: unknown) => {
    const abort = new AbortController();
    const seen = record(new ListApi([1], () => NEVER).list({ signal: abort.signal }));
    abort.abort(reason);
    return seen.error;
  };

  it('says so, with the reason as its cause', () => {
    const error = abortedBy(new RangeError('enough'));
    expect([error.code, error.message]).toEqual([
      'ABORTED',
      'The walk was aborted by its signal (page 1, GET http://api.test/items)',
    ]);
    expect(error.cause).toMatchObject({ name: 'RangeError', message: 'enough' });
  });

  it.each([
    ['the usual reason', undefined, { name: 'AbortError' }],
    ['a reason that is no error', 'enough', { name: 'string', message: 'enough' }],
    ['a reason that is null', null, { name: 'object', message: 'null' }],
  ])('has %s', (_, reason, cause) => {
    expect(abortedBy(reason).cause).toMatchObject(cause);
  });

  it('has no cause where a signal of another kind tells no reason', () => {
    const list = new ListApi([1]).list();
    const dumb = { aborted: true, addEventListener: () => undefined } as unknown as AbortSignal;
    expect(record(list.with({ signal: dumb })).error).not.toHaveProperty('cause');
  });
});

it('says how long a walk was allowed to take', () => {
  const clock = new ManualClock();
  const seen = record(new ListApi([1], () => NEVER).list({ clock, deadline: 70 }));
  clock.advance(70);
  expect([seen.error.code, seen.error.message]).toEqual([
    'DEADLINE',
    'The walk was not over within 70 ms (page 1, GET http://api.test/items)',
  ]);
});

describe('a walk that is left in the event of its own request', () => {
  it.each([0, 1])('does not send it: page %d', (page) => {
    const api = new ListApi([1, 1, 1]);
    const abort = new AbortController();
    const next = (event: WalkEvent) => {
      if (event.type === 'request' && event.index === page) abort.abort();
    };
    const seen = record(api.list({ signal: abort.signal, events: { next } }));
    expect(seen.error.code).toBe('ABORTED');
    expect(seen.values).toHaveLength(page);
    expect(api.asked).toHaveLength(page);
  });

  it('does not send it where its subscriber leaves either', async () => {
    const api = new ListApi([1, 1, 1], promised);
    const left = new Subject<void>();
    const next = (event: WalkEvent) => {
      if (event.type === 'request' && event.index === 1) left.next();
    };
    const seen = record(api.list({ events: { next } }).pipe(takeUntil(left)));
    await settle();
    expect(seen.notifications).toEqual({ values: [0], errors: 0, completions: 1 });
    expect(api.asked).toEqual([0]);
  });
});

describe('a walk that is over', () => {
  const numbers: View<number, number> = { values: (page) => [page], items: (_, taken) => taken };
  /** A walk of a list without pages, and what it and its consumer are told. */
  function opened() {
    const told: string[] = [];
    const pacedBy = defer(() => {
      told.push('paced');
      return NEVER;
    });
    const continuation = { memory: {} };
    const walk: Walk<number> = {
      settings: { prefetch: 0, pacedBy, turn: nextTurn },
      ...{ signal: undefined, deadline: undefined, endReason: 'exhausted' },
      first: () => {
        told.push('first');
        return undefined;
      },
      next: () => undefined,
      handOn: () => undefined,
      shown: () => true,
      stopped: ({ reason }) => {
        told.push(reason);
        return { error: undefined, continuation };
      },
    };
    const flow = openWalk(walk, numbers, {
      values: () => undefined,
      taken: () => 0,
      error: () => told.push('error'),
      complete: () => told.push('complete'),
    });
    return { flow, told };
  }

  it('asks for nothing any more, and tells nobody again', () => {
    const { flow, told } = opened();
    flow.more();
    flow.more();
    flow.stop();
    expect(told).toEqual(['paced', 'first', 'exhausted', 'complete']);
  });

  it('before it began has told nobody, and never begins', () => {
    const { flow, told } = opened();
    flow.stop();
    flow.stop();
    flow.more();
    expect(told).toEqual([]);
  });
});
