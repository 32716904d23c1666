import { isPaginationError, cursorPagination, paginate, type Transport } from 'paged-observable';

import type { FaultCase } from '../fault-case';
import { cursorList } from '../fault-lists';
import { startFaultServer } from '../fault-server';

const WALKS = 200;

/** Section 2, retry budget: 500 tokens pay for 35 retries of 14, whoever makes them. */
export const budgetFaults: readonly FaultCase[] = [
  ...(['one after another', 'all at once'] as const).map((order): FaultCase => ({
    id: `budget ${order}`,
    title: `${String(WALKS)} walks against a dead server, ${order}`,
    expected: { requests: WALKS + 35, ends: { RETRY_EXHAUSTED: WALKS } },
    observe: async (lab) => {
      const server = await startFaultServer(
        cursorList({ faults: { 1: { kind: 'reply', status: 503 } } }),
      );
      try {
        const transport = lab.make({ baseUrl: server.origin });
        const codes: string[] = [];
        const walks = Array.from({ length: WALKS }, () => async () => {
          codes.push(await codeOf(transport));
        });
        if (order === 'all at once') await Promise.all(walks.map((walk) => walk()));
        else for (const walk of walks) await walk();
        return { requests: server.requests.length, ends: counted(codes) };
      } finally {
        await server.close();
      }
    },
  })),
  {
    id: 'budget refilled',
    title: 'retries that help cost nothing in the end',
    expected: { requests: 100, ends: { complete: 50 } },
    observe: async (lab) => {
      const list = cursorList({ reply: () => ({ body: '{"items":[],"next_cursor":null}' }) });
      const server = await startFaultServer(list);
      try {
        const transport = lab.make({ baseUrl: server.origin });
        const codes: string[] = [];
        for (let walk = 0; walk < 50; walk++) {
          server.play({ ...list, faults: { 1: [{ kind: 'reply', status: 503 }] } });
          codes.push(await codeOf(transport));
        }
        return { requests: server.requests.length, ends: counted(codes) };
      } finally {
        await server.close();
      }
    },
  },
];

function codeOf(transport: Transport): Promise<string> {
  return new Promise((resolve) => {
    paginate(transport, '/items', {
      pagination: cursorPagination({ items: '/items' }),
      retry: { baseDelay: 1 },
    }).subscribe({
      error: (error: unknown) => {
        resolve(isPaginationError(error) ? error.code : String(error));
      },
      complete: () => {
        resolve('complete');
      },
    });
  });
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
