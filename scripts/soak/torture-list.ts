import type { ExportDescription } from 'paged-observable/queue';

import { startHttpServer } from '../../spec/support/http-server';

/**
 * How what is exported is split: one list into ranges by page number or by offset, one by cursor for each tenant, or many lists
 * into ten ranges each.
 */
export const TORTURE_KINDS = ['number', 'offset', 'tenants', 'lists'] as const;
export type TortureKind = (typeof TORTURE_KINDS)[number];

export function isTortureKind(name: string): name is TortureKind {
  return TORTURE_KINDS.some((kind) => kind === name);
}

/** Rows of a page. */
const SIZE = 10;
/** Parts of a list, where there are many. */
const RANGES = 10;

interface TortureSize {
  readonly parts: number;
  /** Of each part. */
  readonly pages: number;
  /** Milliseconds of a reply. */
  readonly latency: number;
}

/** What is exported: rows whose ids count from 0 through all lists, in the order of the plan. */
export interface TortureList {
  readonly description: Omit<ExportDescription, 'sink'>;
  readonly partitions: number;
  /** Requests that the plan makes. */
  readonly planRequests: number;
  readonly rows: number;
  /** Requests so far. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

export async function startTortureList(kind: TortureKind, size: TortureSize): Promise<TortureList> {
  const { parts, pages, latency } = size;
  const shape = shapeOf(kind, parts);
  const rows = parts * pages * SIZE;
  const ofList = rows / shape.lists;
  const server = await startHttpServer();
  let requests = 0;
  server.answer(({ url }, response) => {
    requests++;
    const query = new URL(url, server.origin).searchParams;
    const numberOf = (name: string) => Number(query.get(name) ?? 0);
    const page = Math.max(1, numberOf('page'));
    const from = numberOf('offset') + numberOf('cursor') + (page - 1) * SIZE;
    const to = Math.min(ofList, from + SIZE);
    const first = numberOf('list') * ofList + from;
    const body = {
      rows: Array.from({ length: Math.max(0, to - from) }, (_, at) => ({ id: first + at })),
      total: ofList,
      next: to < ofList ? to : null,
    };
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    }, latency);
  });
  return {
    ...{ ...shape, rows, close: server.close, requests: () => requests },
    description: { transport: 'api', ...shape.described(`${server.origin}/rows`) },
  };
}

interface Shape {
  readonly lists: number;
  readonly partitions: number;
  readonly planRequests: number;
  readonly described: (
    url: string,
  ) => Pick<ExportDescription, 'request' | 'lists' | 'filters' | 'pagination'>;
}

function shapeOf(kind: TortureKind, parts: number): Shape {
  const one = { lists: 1, partitions: parts, planRequests: 1 };
  const number = { strategy: { kind: 'number', items: '/rows', totalCount: '/total' } } as const;
  const many = (lists: number) => Array.from({ length: lists }, (_, list) => list);
  switch (kind) {
    case 'number':
      return { ...one, described: (request) => ({ request, pagination: number }) };
    case 'offset':
      return {
        ...one,
        described: (url) => ({
          request: `${url}?limit=${String(SIZE)}`,
          pagination: { strategy: { kind: 'offset', items: '/rows', totalCount: '/total' } },
        }),
      };
    case 'tenants':
      return {
        ...{ lists: parts, partitions: 1, planRequests: 0 },
        described: (request) => ({
          request,
          pagination: {
            strategy: { kind: 'cursor', items: '/rows', next: '/next', param: 'cursor' },
          },
          filters: many(parts).map((list) => ({ params: { list } })),
        }),
      };
    case 'lists': {
      const lists = Math.max(1, Math.round(parts / RANGES));
      if (parts % lists !== 0)
        throw new RangeError(
          `parts: expected a multiple of ${String(RANGES)}, got ${String(parts)}`,
        );
      return {
        ...{ lists, partitions: parts / lists, planRequests: lists },
        described: (url) => ({
          lists: many(lists).map((list) => ({ request: `${url}?list=${String(list)}` })),
          pagination: number,
        }),
      };
    }
  }
}
