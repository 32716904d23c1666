import { cursorPagination } from 'paged-observable';

import {
  exact,
  exactAfter,
  failedWith,
  gap,
  narrowest,
  within,
  type FaultCase,
} from '../fault-case';
import { cursorList, jsonReply } from '../fault-lists';
import type { SeenRequest } from '../fault-server';
import { walkFaults } from '../fault-walk';

/** Waits that make a test short; the real ones are tested in T4 to T7. */
const quick = { retry: { baseDelay: 10 } };

/** T1 to T4, T8 to T11 and T16: what a page's own connection does. */
export const transportFaults: readonly FaultCase[] = [
  {
    id: 'T1',
    title: 'a reset halfway through a chunked body',
    expected: exactAfter(['NETWORK']),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'reset', at: 'body', chunked: true }] } });
      return (await walkFaults(lab, { script, options: quick })).facts;
    },
  },
  {
    id: 'T2',
    title: 'a body shorter than its Content-Length',
    expected: exactAfter(['NETWORK']),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'hang-up', at: 'body' }] } });
      return (await walkFaults(lab, { script, options: quick })).facts;
    },
  },
  {
    id: 'T3',
    title: 'a kept-alive connection closed before any byte of the reply',
    expected: exactAfter(['NETWORK'], { firstWasKeptAlive: true, secondIsAnother: true }),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'hang-up', at: 'start' }] } });
      const { facts, server } = await walkFaults(lab, { script, options: quick });
      const [first, second] = server.requests.filter(({ page }) => page === 7);
      const earlier = server.requests.filter(({ page }) => page < 7);
      return {
        ...facts,
        firstWasKeptAlive: earlier.some(({ connection }) => connection === first?.connection),
        secondIsAnother: first?.connection !== second?.connection,
      };
    },
  },
  {
    id: 'T4',
    title: '503 twice, with the usual back-off',
    expected: exactAfter(['HTTP_STATUS', 'HTTP_STATUS'], {
      waits: ['within 125 to 250', 'within 250 to 500'],
      gaps: ['within 123 to 310', 'within 248 to 560'],
    }),
    observe: async (lab) => {
      const busy = { kind: 'reply', status: 503 } as const;
      const script = cursorList({ faults: { 7: [busy, busy] } });
      const walked = await walkFaults(lab, { script });
      const waits = walked.events.flatMap((event) =>
        event.type === 'retry' ? [event.waitMs] : [],
      );
      return {
        ...walked.facts,
        waits: [within(waits[0], 125, 250), within(waits[1], 250, 500)],
        gaps: [within(gap(walked, 7, 1), 123, 310), within(gap(walked, 7, 2), 248, 560)],
      };
    },
  },
  ...[400, 401, 403, 404, 422].map((status): FaultCase => ({
    id: `T8 ${String(status)}`,
    title: `${String(status)}, which is not asked again`,
    expected: failedWith({ code: 'HTTP_STATUS', status }),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: { kind: 'reply', status } } });
      return (await walkFaults(lab, { script, options: quick })).facts;
    },
  })),
  {
    id: 'T9',
    title: '503 for ever',
    expected: failedWith(
      {
        code: 'RETRY_EXHAUSTED',
        status: 503,
        attempts: 4,
        history: Array.from({ length: 4 }, () => 'HTTP_STATUS 503'),
      },
      { waits: ['within 5 to 10', 'within 10 to 20', 'within 20 to 40', 'within 0 to 0'] },
    ),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: { kind: 'reply', status: 503 } } });
      const { facts, error } = await walkFaults(lab, { script, options: quick });
      const waits = error?.history.map(({ waitMs }) => waitMs) ?? [];
      const bounds = [
        [5, 10],
        [10, 20],
        [20, 40],
        [0, 0],
      ] as const;
      return { ...facts, waits: bounds.map(([low, high], n) => within(waits[n], low, high)) };
    },
  },
  ...(['timeout', 'idleTimeout'] as const).map((limit): FaultCase => ({
    id: `T10 ${limit}`,
    title: `a body that stalls after half its bytes, under a limit of ${limit}`,
    expected: exactAfter(['TIMEOUT'], { aborted: 'within 190 to 300' }),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'stall', at: 'body' }] } });
      const options = { ...quick, [limit]: 200 };
      const { facts, server } = await walkFaults(lab, { script, options });
      const stalled = server.requests.find(({ page }) => page === 7);
      return { ...facts, aborted: narrowest(abortDelay(stalled), [300, 650], 190) };
    },
  })),
  {
    id: 'T10 dripping',
    title: 'a body that comes too slowly to be whole in time',
    expected: exactAfter(['TIMEOUT'], { aborted: 'within 190 to 300' }),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'drip', bytes: 5, everyMs: 40 }] } });
      const options = { ...quick, timeout: 200, idleTimeout: 100 };
      const { facts, server } = await walkFaults(lab, { script, options });
      const stalled = server.requests.find(({ page }) => page === 7);
      return { ...facts, aborted: within(abortDelay(stalled), 190, 300) };
    },
  },
  {
    id: 'T11',
    title: 'headers that never come, once',
    expected: exactAfter(['TIMEOUT'], { aborted: 'within 190 to 300' }),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'stall', at: 'start' }] } });
      const options = { ...quick, timeout: 200 };
      const { facts, server } = await walkFaults(lab, { script, options });
      const stalled = server.requests.find(({ page }) => page === 7);
      return { ...facts, aborted: within(abortDelay(stalled), 190, 300) };
    },
  },
  {
    id: 'T11 for ever',
    title: 'headers that never come',
    expected: failedWith(
      {
        code: 'RETRY_EXHAUSTED',
        attempts: 4,
        history: Array.from({ length: 4 }, () => 'TIMEOUT'),
      },
      { cause: 'TIMEOUT', aborted: 4 },
    ),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: { kind: 'stall', at: 'head' } } });
      const options = { ...quick, timeout: 150 };
      const { facts, server, error } = await walkFaults(lab, { script, options });
      const aborted = server.requests.filter(({ abortedAt }) => abortedAt !== undefined).length;
      return { ...facts, cause: error?.cause?.code, aborted };
    },
  },
  {
    id: 'T16',
    title: 'JSON cut short in a response that ended well, once',
    expected: exactAfter(['BAD_JSON']),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'cut' }] } });
      return (await walkFaults(lab, { script, options: quick })).facts;
    },
  },
  {
    id: 'T16 for ever',
    title: 'JSON cut short every time',
    expected: failedWith(
      {
        code: 'RETRY_EXHAUSTED',
        status: 200,
        attempts: 4,
        history: Array.from({ length: 4 }, () => 'BAD_JSON 200'),
      },
      { message: true, cause: 'BAD_JSON' },
    ),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: { kind: 'reply', body: '{"items":[{"id":60},' } } });
      const { facts, error } = await walkFaults(lab, { script, options: quick });
      const message = error?.message.includes('JSON ends too early, at byte 20');
      return { ...facts, message, cause: error?.cause?.code };
    },
  },
  {
    id: 'T16 gzip',
    title: 'a compressed body that is damaged',
    expected: failedWith({ code: 'BAD_CONTENT', status: 200 }),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: { kind: 'broken gzip' } } });
      return (await walkFaults(lab, { script, options: quick })).facts;
    },
  },
  {
    id: 'T17',
    title: 'a login page in HTML under status 200',
    expected: failedWith(
      { code: 'BAD_CONTENT', status: 200 },
      { excerpt: 'within 150 to 200', escaped: true },
    ),
    observe: async (lab) => {
      const body = `<!doctype html>\u001b[2J\u0007<h1>Sign in</h1>${'<p>text</p>'.repeat(50)}`;
      const html = { kind: 'reply', headers: { 'content-type': 'text/html' }, body } as const;
      const { facts, error } = await walkFaults(lab, {
        script: cursorList({ faults: { 7: html } }),
      });
      const { bodyExcerpt = '', message = '' } = error ?? {};
      return {
        ...facts,
        excerpt: within(bodyExcerpt.length, 150, 200),
        escaped:
          bodyExcerpt.startsWith('<!doctype html>\\u{1b}[2J') &&
          !/\p{Cc}/u.test(bodyExcerpt + message),
      };
    },
  },
  {
    id: 'T18',
    title: 'an error envelope under status 200',
    expected: failedWith({ code: 'API_ERROR', status: 200 }),
    observe: async (lab) => (await walkFaults(lab, envelope())).facts,
  },
  {
    id: 'T18 retried',
    title: 'an error envelope that the caller has asked again',
    expected: exactAfter(['API_ERROR']),
    observe: async (lab) => {
      const when = (error: { readonly code: string }) => error.code === 'API_ERROR' || undefined;
      const options = { retry: { ...quick.retry, when } };
      return (await walkFaults(lab, { ...envelope(), options })).facts;
    },
  },
  {
    id: 'T18 declared',
    title: 'an error envelope that the strategy has asked again',
    expected: exactAfter(['API_ERROR', 'API_ERROR']),
    observe: async (lab) => {
      const walk = envelope({ times: 2, transient: true, retryApiError: '/error/transient' });
      return (await walkFaults(lab, { ...walk, options: quick })).facts;
    },
  },
  {
    id: 'T18 declared, for ever',
    title: 'the same for ever',
    expected: failedWith({
      code: 'RETRY_EXHAUSTED',
      status: 200,
      attempts: 4,
      history: Array.from({ length: 4 }, () => 'API_ERROR 200'),
    }),
    observe: async (lab) => {
      const walk = envelope({ times: 9, transient: true, retryApiError: true });
      return (await walkFaults(lab, { ...walk, options: quick })).facts;
    },
  },
  {
    id: 'T18 not declared so',
    title: 'an error envelope that says that it will not pass',
    expected: failedWith({ code: 'API_ERROR', status: 200 }),
    observe: async (lab) => {
      const walk = envelope({ retryApiError: '/error/transient' });
      return (await walkFaults(lab, { ...walk, options: quick })).facts;
    },
  },
  {
    id: 'T0',
    title: 'nothing',
    expected: exact(),
    observe: async (lab) => (await walkFaults(lab, { script: cursorList() })).facts,
  },
];

/** A list whose page 7 is an error under status 200, once or several times. */
function envelope({
  times = 1,
  transient = false,
  retryApiError,
}: {
  readonly times?: number;
  readonly transient?: boolean;
  readonly retryApiError?: boolean | string;
} = {}) {
  const error = jsonReply({ error: { code: 17, message: 'out of order', transient } });
  const faults = Array.from({ length: times }, () => ({ kind: 'reply', ...error }) as const);
  return {
    script: cursorList({ faults: { 7: faults } }),
    pagination: cursorPagination({ items: '/items', apiError: '/error', retryApiError }),
  };
}

/** How long after it had come a request was left. */
function abortDelay(request: SeenRequest | undefined): number | undefined {
  return request?.abortedAt === undefined ? undefined : request.abortedAt - request.at;
}
