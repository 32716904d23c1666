import { catchError, concatMap, defer, EMPTY, filter, map, take } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { Transport } from '../../lib/core/transport';
import type { WalkEvent } from '../../lib/core/walk-event';
import { listShapes } from '../support/list-shapes';
import { modelOfCase, recordWalk, type Planted, type WalkCase } from '../support/record-walk';
import type { Trace, TraceEntry } from '../support/trace';
import { violations } from '../support/walk-laws';

const cursor = listShapes[0]!;

const whole: WalkCase = {
  shape: cursor,
  sizes: [2, 0, 3, 2],
  view: 'items',
  consumer: { how: 'subscribe' },
  arrival: 'by promise',
  prefetch: 0,
};
const failed: WalkCase = { ...whole, failing: 2 };
const left: WalkCase = { ...whole, consumer: { how: 'leave inside next', after: 3 } };
const pulled: WalkCase = { ...whole, consumer: { how: 'for await', slow: true, after: Infinity } };

type Change = (trace: Trace) => Trace;

const at = (trace: Trace, type: TraceEntry['type'], nth = 0): number => {
  const places = trace.flatMap((entry, index) => (entry.type === type ? [index] : []));
  return places.at(nth)!;
};
const cut = (trace: Trace, from: number, count: number, ...added: TraceEntry[]): Trace => {
  const copy = [...trace];
  copy.splice(from, count, ...added);
  return copy;
};
const without = (trace: Trace, index: number): Trace => cut(trace, index, 1);
const swapped = (trace: Trace, a: number, b: number): Trace =>
  trace.map((entry, index) => (index === a ? trace[b]! : index === b ? trace[a]! : entry));
const append =
  (...entries: TraceEntry[]): Change =>
  (trace) => [...trace, ...entries];
const inEnd =
  (change: object): Change =>
  (trace) =>
    trace.map((entry) =>
      entry.type === 'event' && entry.event.type === 'end'
        ? { type: 'event', event: { ...entry.event, ...change } }
        : entry,
    );
const endOf = (trace: Trace): WalkEvent =>
  trace.flatMap((entry) =>
    entry.type === 'event' && entry.event.type === 'end' ? [entry.event] : [],
  )[0]!;
const withoutEnd: Change = (trace) =>
  trace.filter((entry) => !(entry.type === 'event' && entry.event.type === 'end'));

const defects: readonly (readonly [name: string, walk: WalkCase, change: Change, found: RegExp])[] =
  [
    ['a dropped item', whole, (trace) => without(trace, at(trace, 'value', 2)), /^L2: value 2/],
    [
      'a dropped last item',
      whole,
      (trace) => without(trace, at(trace, 'value', -1)),
      /^L1: .* 1 values undelivered/,
    ],
    [
      'a doubled item',
      whole,
      (trace) => cut(trace, at(trace, 'value', 1), 0, trace[at(trace, 'value', 1)]!),
      /^L2: value 2/,
    ],
    [
      'two items swapped',
      whole,
      (trace) => swapped(trace, at(trace, 'value', 2), at(trace, 'value', 3)),
      /^L2: value 2/,
    ],
    [
      'an item nobody has',
      whole,
      (trace) => cut(trace, at(trace, 'complete'), 0, { type: 'value', ids: [7] }),
      /^L2: value 7/,
    ],
    [
      'no end at all',
      whole,
      (trace) => without(trace, at(trace, 'complete')),
      /^L1: the walk never ends/,
    ],
    [
      'a silent end in place of an error',
      failed,
      (trace) => cut(trace, at(trace, 'error'), 1, { type: 'complete' }),
      /^L1: ended with complete, not error HTTP_STATUS/,
    ],
    [
      'an end before the list was over',
      whole,
      (trace) => trace.filter((entry) => entry.type !== 'value' || entry.ids[0]! < 5),
      /^L1: .* 2 values undelivered/,
    ],
    [
      'another error',
      failed,
      (trace) => cut(trace, at(trace, 'error'), 1, { type: 'error', code: 'NETWORK' }),
      /^L1: ended with error NETWORK/,
    ],
    [
      'an error of a walk that has none',
      whole,
      (trace) => cut(trace, at(trace, 'complete'), 1, { type: 'error', code: 'LOOP' }),
      /^L1: ended with error LOOP/,
    ],
    [
      'a surplus request',
      whole,
      (trace) => cut(trace, at(trace, 'complete'), 0, { type: 'request', place: 4 }),
      /^L8: 1 surplus requests/,
    ],
    [
      'a page asked for twice',
      whole,
      (trace) => cut(trace, at(trace, 'request', 1), 0, trace[at(trace, 'request', 0)]!),
      /^L2: request 1 is for page 0/,
    ],
    [
      'a request after the consumer left',
      left,
      append({ type: 'request', place: 3 }),
      /^L8: request after the stop/,
    ],
    [
      'an item after the consumer left',
      left,
      append({ type: 'value', ids: [3] }),
      /^L8: value after the stop/,
    ],
    [
      'a notification after the consumer left',
      left,
      append({ type: 'complete' }),
      /^L8: complete after the stop/,
    ],
    [
      'an item after the error',
      failed,
      append({ type: 'value', ids: [2] }),
      /^L8: value after the stop/,
    ],
    [
      'complete after the error',
      failed,
      append({ type: 'complete' }),
      /^L8: complete after the stop/,
    ],
    ['two completes', whole, append({ type: 'complete' }), /^L8: complete after the stop/],
    [
      'a late event',
      whole,
      append({
        type: 'event',
        event: { type: 'page', index: 4, items: 0, status: 200, elapsedMs: 1 },
      }),
      /^L8: event after the stop/,
    ],
    [
      'an item after the end event',
      whole,
      (trace) =>
        swapped(
          trace,
          at(trace, 'value', -1),
          trace.findIndex((entry) => entry.type === 'event' && entry.event.type === 'end'),
        ),
      /^L8: value after the end event/,
    ],
    [
      'an end event after complete',
      whole,
      (trace) => swapped(trace, trace.length - 1, trace.length - 2),
      /^L8: no end event before/,
    ],
    [
      'two end events',
      left,
      (trace) => [...trace, { type: 'event', event: endOf(trace) }],
      /^L8: 2 end events/,
    ],
    ['no end event', left, withoutEnd, /^L8: 0 end events/],
    [
      'a wrong count of items in the end event',
      left,
      inEnd({ items: 4 }),
      /^event: items in the end event is 4, not 3/,
    ],
    [
      'a wrong count of pages in the end event',
      failed,
      inEnd({ pages: 3 }),
      /^event: pages in the end event is 3, not 2/,
    ],
    [
      'a wrong count of requests in the end event',
      failed,
      inEnd({ attempts: 2 }),
      /^event: attempts in the end event is 2, not 3/,
    ],
    [
      'a wrong reason in the end event',
      left,
      inEnd({ endReason: 'exhausted' }),
      /^event: endReason is exhausted, not unsubscribed/,
    ],
    [
      'a request event without its request',
      whole,
      (trace) => without(trace, at(trace, 'request', 2)),
      /^event: number of request events/,
    ],
    [
      'a page event of another size',
      whole,
      (trace) =>
        trace.map((entry) =>
          entry.type === 'event' && entry.event.type === 'page'
            ? { ...entry, event: { ...entry.event, items: 9 } }
            : entry,
        ),
      /^event: items of page 0 is 9/,
    ],
    [
      'a request before the consumer asks',
      pulled,
      (trace) => swapped(trace, at(trace, 'ask'), at(trace, 'request')),
      /^L10: 1 pages requested with 0 consumed/,
    ],
    [
      'a page requested before the one in hand is consumed',
      pulled,
      (trace) => {
        const request = at(trace, 'request', 1);
        return cut(without(trace, request), at(trace, 'value', 0), 0, trace[request]!);
      },
      /^L10: 2 pages requested with 0 consumed/,
    ],
  ];

describe('the checker of the laws', () => {
  it.each([whole, failed, left, pulled])(
    'finds nothing wrong with a sound walk (%#)',
    async (walk) => {
      expect(violations(await recordWalk(walk), modelOfCase(walk))).toEqual([]);
    },
  );

  it.each(defects)('sees %s in a trace', async (_, walk, change, found) => {
    const trace = change(await recordWalk(walk));

    expect(violations(trace, modelOfCase(walk))).toContainEqual(expect.stringMatching(found));
  });

  const once =
    (transport: Transport): Transport =>
    (request, signal) => {
      void transport(request, signal);
      return transport(request, signal);
    };
  const edited =
    (edit: (reply: PageReply) => PageReply) =>
    (transport: Transport): Transport =>
    (request, signal) =>
      defer(() => transport(request, signal)).pipe(map(edit));
  const noLink = edited((reply) => ({ ...reply, body: { ...(reply.body as object), next: null } }));
  const reversed = edited((reply) => {
    const { data, ...rest } = reply.body as { data: unknown[] };
    return { ...reply, body: { ...rest, data: [...data].reverse() } };
  });

  const real: readonly (readonly [name: string, planted: Planted, found: RegExp])[] = [
    [
      'a transport that asks twice',
      { transport: once },
      /^event: number of request events is 4, not 8/,
    ],
    [
      'a server that forgets the next cursor',
      { transport: noLink },
      /^L1: ended with 5 values undelivered/,
    ],
    [
      'a server that turns its pages round',
      { transport: reversed },
      /^L2: value 0 is \[1\], not \[0\]/,
    ],
    [
      'a transport that never answers',
      { transport: () => () => new Promise(() => undefined) },
      /^L1: the walk never ends/,
    ],
    [
      'an operator that ends the walk early',
      { values: (source) => source.pipe(take(3)) },
      /^L1: ended with 4 values undelivered/,
    ],
    [
      'an operator that loses a value',
      { values: (source) => source.pipe(filter((_, at) => at !== 2)) },
      /^L2: value 2 is \[3\], not \[2\]/,
    ],
    [
      'an operator that repeats a value',
      {
        values: (source) =>
          source.pipe(concatMap((value, at) => (at === 2 ? [value, value] : [value]))),
      },
      /^L2: value 3 is \[2\], not \[3\]/,
    ],
    [
      'an operator that hides the error',
      { values: (source) => source.pipe(catchError(() => EMPTY)) },
      /^L1: ended with complete, not error/,
    ],
  ];
  it.each(real)('sees %s around a real walk', async (name, planted, found) => {
    const walk = name.endsWith('hides the error') ? failed : whole;
    const trace = await recordWalk(walk, planted);

    expect(violations(trace, modelOfCase(walk))).toContainEqual(expect.stringMatching(found));
  });
});
