import {
  isPaginationError,
  PaginationError,
  type ErrorCode,
  type RequestEvent,
} from 'paged-observable';

import { writeResumeToken } from '../../lib/core/resume-token';
import { marks } from '../support/planted-secrets';
import { secretPaths } from '../support/secret-paths';
import { leaksIn, SURFACES, surfacesOf, type Surface } from '../support/secret-surfaces';

const request = { url: '/items' };
const clean = { error: new PaginationError('NETWORK', 'It failed'), events: [], request };

/** Errors of exports, queues and documents: no walk ends with one. */
const elsewhere = ['SPEC_REJECTED', 'LOCKED', 'SINK', 'LEASE_LOST'];
const codes: Readonly<Record<ErrorCode, true>> = {
  ...{ HTTP_STATUS: true, RATE_LIMITED: true, RETRY_EXHAUSTED: true, TIMEOUT: true },
  ...{ DEADLINE: true, NETWORK: true, TLS: true, BODY_TOO_LARGE: true, BAD_CONTENT: true },
  ...{ BAD_JSON: true, BAD_SHAPE: true, API_ERROR: true, LOOP: true, STALLED: true },
  ...{ PROTOCOL: true, CURSOR_EXPIRED: true, DRIFT: true, CROSS_ORIGIN: true },
  ...{ SPEC_REJECTED: true, CHECKPOINT_MISMATCH: true, CHECKPOINT_CORRUPT: true },
  ...{ LOCKED: true, SINK: true, LEASE_LOST: true, ABORTED: true },
};

describe('the search for secrets in the fault lab', () => {
  it('has a path to every code that a walk can end with', () => {
    const reached = new Set(secretPaths.map(({ code }) => code));
    const missing = Object.keys(codes).filter((code) => !reached.has(code));
    // TLS is met where no server answers: a case of its own.
    expect(missing).toEqual(['TLS', ...elsewhere]);
  });

  it('finds nothing where there is nothing', () => {
    expect(leaksIn(surfacesOf(clean))).toEqual([]);
  });
});

/** The same secret as it may stand in a text. */
const forms: Readonly<Record<string, (mark: string) => string>> = {
  'as it is': (mark) => mark,
  'in Base64': (mark) => Buffer.from(`${mark}-A1+/=`).toString('base64'),
  'in Base64 behind other text': (mark) => Buffer.from(`user:${mark}-A1`).toString('base64'),
  'in Base64 for URLs': (mark) => Buffer.from(`x${mark}-A1+/?`).toString('base64url'),
  'percent-encoded': (mark) => encodeURIComponent(`${mark} ä/+"`),
  'in JSON': (mark) => JSON.stringify({ [mark]: `${mark}"` }),
};

/** What has a text planted on one surface; it may show on others that hold it. */
const planted: Readonly<
  Record<Surface, (text: string) => Partial<Parameters<typeof surfacesOf>[0]>>
> = {
  message: (text) => ({ error: new PaginationError('NETWORK', `It failed: ${text}`) }),
  stack: (text) => ({
    error: Object.assign(new PaginationError('NETWORK', 'It failed'), { stack: `at ${text}` }),
  }),
  'cause chain': (text) => ({
    error: new PaginationError('NETWORK', 'It failed', {
      cause: {
        name: 'A',
        message: 'a',
        cause: { name: 'B', message: 'b', cause: { name: 'C', message: text } },
      },
    }),
  }),
  'inspect at depth 10': (text) => ({
    error: Object.assign(new PaginationError('NETWORK', 'It failed'), {
      a: { b: { c: { d: { e: { f: { g: { h: text } } } } } } },
    }),
  }),
  JSON: (text) => ({
    error: Object.assign(new PaginationError('NETWORK', 'It failed'), { toJSON: () => text }),
  }),
  events: (text) => {
    const shown = { method: 'GET', url: `/items?a=${text}` };
    const event: RequestEvent = { type: 'request', index: 0, attempt: 1, request: shown };
    return { events: [event] };
  },
  'resume tokens': (text) => {
    const digests = { method: '', URL: '', params: '', body: '' };
    const place = { position: text, taken: 0, pages: 0, items: 0 };
    const resumeToken = writeResumeToken({ strategy: 's', ...place, request: digests });
    return { error: new PaginationError('NETWORK', 'It failed', { resumeToken }) };
  },
  'command output': (text) => ({
    error: new PaginationError('HTTP_STATUS', 'It failed', { bodyExcerpt: text }),
  }),
};

describe.each(SURFACES)('a secret planted in: %s', (surface) => {
  it.each(Object.keys(forms))('is found there, whichever of them it is, %s', (form) => {
    for (const mark of Object.values(marks)) {
      const walk = { ...clean, ...planted[surface](forms[form]!(mark)) };
      expect(leaksIn(surfacesOf(walk))).toContain(`${mark} in ${surface}`);
    }
  });

  it('is the only one that is found', () => {
    for (const mark of Object.values(marks)) {
      const walk = { ...clean, ...planted[surface](mark) };
      expect(isPaginationError(walk.error)).toBe(true);
      const found = leaksIn(surfacesOf(walk)).map((leak) => leak.split(' in ')[0]);
      expect(new Set(found)).toEqual(new Set([mark]));
    }
  });
});
