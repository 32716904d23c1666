import { catchError, concatMap, defer, EMPTY, map, of, retry, type Observable } from 'rxjs';

import {
  PaginationError,
  type ErrorCode,
  type FailedAttempt,
  type PaginationErrorFields,
} from '../../lib/core/pagination-error';
import type { PageReply } from '../../lib/core/page-reply';
import type { Transport } from '../../lib/core/transport';
import type { RequestEvent, RetryEvent } from '../../lib/core/walk-event';
import { listShapes } from '../support/list-shapes';
import { modelOfCase, recordWalk, type Planted, type WalkCase } from '../support/record-walk';
import type { Trace, TraceEntry } from '../support/trace';
import type { Trouble } from '../support/trouble';
import { troubleViolations } from '../support/trouble-laws';

const status = (code: number): Trouble => ({ kind: 'status', delayMs: 10, status: code });
const throttled: Trouble = { ...status(429), retryAfter: { text: '2', ms: 2000 } } as Trouble;

const walkWith = (...troubles: (readonly Trouble[])[]): WalkCase => ({
  shape: listShapes[0]!,
  sizes: [2, 1, 3],
  view: 'items',
  consumer: { how: 'subscribe' },
  arrival: 'in virtual time',
  prefetch: 0,
  trouble: { troubles, retry: {}, timeoutMs: 30_000, seed: 1 },
});

/** Two retries on page 1, and all is well. */
const saved = walkWith([], [throttled, status(503)]);
const refused = walkWith([], [status(503)], [status(404), status(503)]);
const exhausted = walkWith(
  [],
  [],
  Array.from({ length: 5 }, () => status(503)),
);
const left: WalkCase = { ...saved, consumer: { how: 'leave at', ticks: 300 } };

type Change = (trace: Trace) => Trace;
type Entry<K extends TraceEntry['type']> = Extract<TraceEntry, { type: K }>;

const placesOf = (trace: Trace, fits: (entry: TraceEntry) => boolean) =>
  trace.flatMap((entry, at) => (fits(entry) ? [at] : []));
const at = (trace: Trace, type: TraceEntry['type'], nth: number): number =>
  placesOf(trace, (entry) => entry.type === type).at(nth)!;
const insert = (trace: Trace, place: number, ...added: TraceEntry[]): Trace => [
  ...trace.slice(0, place),
  ...added,
  ...trace.slice(place),
];
const eventAt = (trace: Trace, type: string, nth = 0): number =>
  placesOf(trace, (entry) => entry.type === 'event' && entry.event.type === type).at(nth)!;
const replaced = (trace: Trace, place: number, entry: TraceEntry): Trace =>
  trace.map((old, index) => (index === place ? entry : old));
const withError =
  (change: (error: PaginationError) => object): Change =>
  (trace) => {
    const place = at(trace, 'error', 0);
    const { error } = trace[place] as Entry<'error'>;
    const given: PaginationErrorFields & { code?: ErrorCode } = change(error!);
    const { code = error!.code, ...fields } = given;
    const { attempts, history, itemsEmitted, resumeToken } = error!;
    const kept = { attempts, history, itemsEmitted, resumeToken };
    const changed = new PaginationError(code, error!.message, { ...kept, ...fields });
    return replaced(trace, place, { type: 'error', code, error: changed });
  };
const withRetry =
  (change: (retry: RetryEvent) => Partial<RetryEvent>): Change =>
  (trace) => {
    const place = eventAt(trace, 'retry');
    const { event } = trace[place] as Entry<'event'>;
    const retryEvent = event as RetryEvent;
    return replaced(trace, place, {
      type: 'event',
      event: { ...retryEvent, ...change(retryEvent) },
    });
  };
/** Another request for the page, told by its event as the engine would tell it. */
const askedAgain = (trace: Trace, place: number, attempt: number, before: number): Trace => {
  const told = trace[eventAt(trace, 'request')] as Entry<'event'>;
  const event = { ...told.event, index: place, attempt } as Entry<'event'>['event'];
  const { atMs = 0 } = trace[at(trace, 'request', -1)] as Entry<'request'>;
  return insert(trace, before, { type: 'event', event }, { type: 'request', place, atMs });
};
const laterBy =
  (ms: number, nth: number): Change =>
  (trace) => {
    const place = at(trace, 'request', nth);
    const request = trace[place] as Entry<'request'>;
    return replaced(trace, place, { ...request, atMs: (request.atMs ?? 0) + ms });
  };
const withHistory = (change: (history: readonly FailedAttempt[]) => readonly FailedAttempt[]) =>
  withError((error) => ({ history: change(error.history) }));

const defects: readonly (readonly [name: string, walk: WalkCase, change: Change, found: RegExp])[] =
  [
    [
      'an item delivered twice by a retry',
      saved,
      (trace) => insert(trace, at(trace, 'value', 2), trace[at(trace, 'value', 1)]!),
      /^L2: value 2 is \[1\], not \[2\]/,
    ],
    [
      'a retry of a 404',
      refused,
      (trace) => askedAgain(trace, 2, 2, eventAt(trace, 'end')),
      /^L8: 1 surplus requests/,
    ],
    [
      'one attempt too many',
      exhausted,
      (trace) => askedAgain(trace, 2, 5, eventAt(trace, 'end')),
      /^L8: 1 surplus requests/,
    ],
    [
      'one attempt too few',
      exhausted,
      withError((error) => ({ attempts: 3, history: error.history.slice(1) })),
      /^error: attempts is 3, not 4/,
    ],
    [
      'a wait shorter than the server asked for',
      saved,
      (trace) => laterBy(-1000, 2)(withRetry(({ waitMs }) => ({ waitMs: waitMs - 1000 }))(trace)),
      /^L4: the wait before attempt 2 at page 1 waits \d+ ms, not 2000 to 2450/,
    ],
    [
      'a wait longer than it may be',
      saved,
      (trace) => laterBy(1000, 3)(trace),
      /^L4: the wait before attempt 3 at page 1 waits \d+ ms, not 250 to 500/,
    ],
    [
      'a wait told as another',
      saved,
      withRetry(({ waitMs }) => ({ waitMs: waitMs + 1 })),
      /^L4: the wait before attempt 2 at page 1 is \d+ ms, and was told as \d+/,
    ],
    [
      'a wait that is never told',
      saved,
      (trace) => trace.filter((_, place) => place !== eventAt(trace, 'retry', 1)),
      /^L3: the wait before attempt 3 at page 1 was never told/,
    ],
    [
      'a retry told of another failure',
      saved,
      withRetry(() => ({ status: 503 })),
      /^L3: retry 0 is 1 1 HTTP_STATUS 503, not 1 1 HTTP_STATUS 429/,
    ],
    [
      'a silent end after a failed page',
      exhausted,
      (trace) => replaced(trace, at(trace, 'error', 0), { type: 'complete' }),
      /^L1: ended with complete, not error RETRY_EXHAUSTED/,
    ],
    [
      'an error with the code of its last attempt',
      exhausted,
      withError(() => ({ code: 'HTTP_STATUS' })),
      /^L1: ended with error HTTP_STATUS, not error RETRY_EXHAUSTED/,
    ],
    [
      'a page lost after a retry',
      saved,
      (trace) => trace.filter((_, place) => place !== at(trace, 'value', 2)),
      /^L2: value 2 is \[3\], not \[2\]/,
    ],
    [
      'a history that lacks an attempt',
      exhausted,
      withHistory((history) => history.slice(1)),
      /^error: history is/,
    ],
    [
      'a history with another wait',
      exhausted,
      withHistory(([first, ...rest]) => [{ ...first!, waitMs: 1 }, ...rest]),
      /^error: history is \[\["HTTP_STATUS",503,1\]/,
    ],
    [
      'a history of another status',
      refused,
      withHistory((history) => history.map((each) => ({ ...each, status: 500 }))),
      /^error: history is \[\["HTTP_STATUS",500,0\]\], not \[\["HTTP_STATUS",404,0\]\]/,
    ],
    [
      'an error about another page',
      refused,
      withError(() => ({ pageIndex: 1 })),
      /^error: pageIndex is 1, not 2/,
    ],
    [
      'a token of another place than the end event has',
      exhausted,
      withError(() => ({ resumeToken: 'po1.x.y' })),
      /^error: resumeToken is po1\.x\.y/,
    ],
    [
      'a token that goes on a page too late',
      exhausted,
      (trace) => replaced(trace, trace.length - 1, { type: 'resumed', ids: [], end: 'complete' }),
      /^resume: gave \[\], not \[3,4,5\]/,
    ],
    [
      'a token that goes on an item too early',
      left,
      (trace) =>
        replaced(trace, trace.length - 1, {
          type: 'resumed',
          ids: [1, 2, 3, 4, 5],
          end: 'complete',
        }),
      /^resume: gave \[1,2,3,4,5\], not \[2,3,4,5\]/,
    ],
    [
      'a token that cannot be read',
      refused,
      (trace) =>
        replaced(trace, trace.length - 1, { type: 'resumed', ids: [3, 4, 5], end: 'CHECKPOINT' }),
      /^resume: ended with CHECKPOINT/,
    ],
    [
      'a request during the wait',
      saved,
      (trace) => laterBy(-1990, 2)(trace),
      /^L4: the wait before attempt 2 at page 1 waits/,
    ],
    [
      'a request after the consumer left in a wait',
      left,
      (trace) => askedAgain(trace, 1, 2, trace.length - 1),
      /^L8: request after the stop/,
    ],
    [
      'a timer that outlives the walk',
      left,
      (trace) => [...trace, { type: 'timer', afterMs: 7 }],
      /^L8: a timer runs 7 ms after the stop/,
    ],
    [
      'an attempt with another number',
      saved,
      (trace) => {
        const place = eventAt(trace, 'request', 2);
        const { event } = trace[place] as Entry<'event'>;
        return replaced(trace, place, {
          type: 'event',
          event: { ...event, attempt: 1 } as RequestEvent,
        });
      },
      /^event: request 2 is attempt 1 at 1, not 2 at 1/,
    ],
  ];

describe('the checker of walks in trouble', () => {
  it.each([saved, refused, exhausted, left])(
    'finds nothing wrong with a sound walk (%#)',
    async (walk) => {
      expect(troubleViolations(await recordWalk(walk), modelOfCase(walk))).toEqual([]);
    },
  );

  it.each(defects)('sees %s in a trace', async (_, walk, change, found) => {
    const trace = change(await recordWalk(walk));

    expect(troubleViolations(trace, modelOfCase(walk))).toContainEqual(
      expect.stringMatching(found),
    );
  });

  const asking =
    (ask: (send: () => Observable<PageReply>) => Observable<PageReply>) =>
    (transport: Transport): Transport =>
    (request, signal, limits) =>
      ask(() => defer(() => transport(request, signal, limits)));
  const emptied = map((reply: PageReply) =>
    reply.status === 200 ? reply : { ...reply, status: 200, body: { data: [], next: null } },
  );
  const hurried = { retry: { baseDelay: 1, maxRetryAfter: 0 } };

  const real: readonly (readonly [string, WalkCase, Planted, RegExp])[] = [
    [
      'a transport that retries by itself',
      exhausted,
      {
        transport: asking((send) =>
          send().pipe(concatMap((reply) => (reply.status === 200 ? of(reply) : send()))),
        ),
      },
      /^event: number of request events is \d, not \d/,
    ],
    [
      'a transport that makes a failure an empty last page',
      refused,
      { transport: asking((send) => send().pipe(emptied)) },
      /^L1: ended with complete, not error HTTP_STATUS/,
    ],
    [
      'a transport that makes any status a 503',
      refused,
      {
        transport: asking((send) =>
          send().pipe(map((reply) => (reply.status === 404 ? { ...reply, status: 503 } : reply))),
        ),
      },
      /^L3: retry 1 is of a page that needs none/,
    ],
    [
      'retrying the stream and not the page',
      exhausted,
      { values: (source) => source.pipe(retry(1)) },
      /^L2: value 3 is \[0\], not/,
    ],
    [
      'an operator that hides the error',
      exhausted,
      { values: (source) => source.pipe(catchError(() => EMPTY)) },
      /^L1: ended with complete, not error RETRY_EXHAUSTED/,
    ],
    [
      'a spread beyond its bounds',
      saved,
      { options: { random: () => 30 } },
      /^L4: retry 0 waits \d+ ms, not 2000 to 2450/,
    ],
    ['other limits of waits', saved, { options: hurried }, /^L1: ended with error RATE_LIMITED/],
    [
      'no retrying at all',
      saved,
      { options: { retry: false } },
      /^L1: ended with error HTTP_STATUS, not complete/,
    ],
    [
      'one attempt more',
      exhausted,
      { options: { retry: { retries: 4 } } },
      /^L8: 1 surplus requests/,
    ],
  ];
  it.each(real)('sees %s around a real walk', async (_, walk, planted, found) => {
    const trace = await recordWalk(walk, planted);

    expect(troubleViolations(trace, modelOfCase(walk))).toContainEqual(
      expect.stringMatching(found),
    );
  });
});
