import { exactAfter, failedWith, gap, within, type FaultCase } from '../fault-case';
import { cursorList } from '../fault-lists';
import { walkFaults } from '../fault-walk';

function limited(headers: Readonly<Record<string, string>>) {
  return { kind: 'reply', status: 429, headers } as const;
}

/** T5 to T7 and T12: the waits a server asks for, and the walk's own deadline. Real seconds. */
export const waitFaults: readonly FaultCase[] = [
  {
    id: 'T5',
    title: '429 with Retry-After: 1',
    expected: exactAfter(['HTTP_STATUS'], { gap: 'within 1000 to 1350' }),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [limited({ 'retry-after': '1' })] } });
      const walked = await walkFaults(lab, { script });
      return { ...walked.facts, gap: within(gap(walked, 7), 1000, 1350) };
    },
  },
  {
    id: 'T6',
    title: '429 with a date 3 s ahead',
    expected: exactAfter(['HTTP_STATUS'], { lateness: 'within 0 to 700' }),
    observe: async (lab) => {
      // Dates have whole seconds.
      const date = Math.ceil(Date.now() / 1000) * 1000 + 3000;
      const asked = new Date(date).toUTCString();
      const script = cursorList({ faults: { 7: [limited({ 'retry-after': asked })] } });
      const walked = await walkFaults(lab, { script });
      const second = walked.server.requests.filter(({ page }) => page === 7)[1];
      const lateness = second === undefined ? undefined : performance.timeOrigin + second.at - date;
      return { ...walked.facts, lateness: within(lateness, 0, 700) };
    },
  },
  {
    id: 'T7',
    title: '429 with Retry-After: 86400',
    expected: failedWith(
      { code: 'RATE_LIMITED', status: 429, history: ['HTTP_STATUS 429'] },
      { retryAfterMs: 86_400_000, delay: 'within 0 to 100' },
    ),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: limited({ 'retry-after': '86400' }) } });
      const { facts, error, server, endedAt } = await walkFaults(lab, { script });
      const asked = server.requests.find(({ page }) => page === 7);
      const delay = asked === undefined ? undefined : endedAt - asked.at;
      return { ...facts, retryAfterMs: error?.retryAfterMs, delay: within(delay, 0, 100) };
    },
  },
  {
    id: 'T12',
    title: 'a deadline that passes during a wait',
    expected: failedWith(
      { code: 'DEADLINE' },
      {
        retries: ['HTTP_STATUS'],
        error: {
          attempts: 1,
          status: 503,
          pageIndex: 6,
          itemsEmitted: 60,
          history: ['HTTP_STATUS 503'],
        },
        endAfter: 'within 399 to 450',
      },
    ),
    observe: async (lab) => {
      const script = cursorList({ faults: { 7: [{ kind: 'reply', status: 503 }] } });
      const options = { deadline: 400, retry: { baseDelay: 5000 } };
      const resumeOptions = { deadline: undefined };
      const walked = await walkFaults(lab, { script, options, resumeOptions });
      return { ...walked.facts, endAfter: within(walked.endedAt - walked.startedAt, 399, 450) };
    },
  },
];
