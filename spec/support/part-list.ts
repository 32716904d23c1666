import { queryOf } from '../../lib/protocol/query-text';
import { requestUrl, type PageReply, type PageRequest, type Transport } from 'paged-observable';

/** A list of numbered rows by offset, in memory, that writes down what it is asked for. */
export interface PartList {
  readonly transport: Transport;
  /** Offsets, in order. */
  readonly asked: number[];
  /** Rows of the list; may change. */
  total: number;
  /** What is done before a request is answered, and what it is answered with if not as usual. */
  meddle: (offset: number) => Promise<PageReply | undefined> | undefined;
}

export const OFFSET_LIST = {
  strategy: { kind: 'offset', items: '/data', totalCount: '/total' },
} as const;

export function partList(total: number): PartList {
  const list: PartList = {
    transport: (request) => answer(list, request),
    asked: [],
    total,
    meddle: () => undefined,
  };
  return list;
}

async function answer(list: PartList, request: PageRequest): Promise<PageReply> {
  const url = requestUrl(request, 'http://api.test');
  const query = new Map(queryOf(url));
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 10);
  list.asked.push(offset);
  const meddled = await list.meddle(offset);
  if (meddled !== undefined) return meddled;
  const rows = Math.max(0, Math.min(limit, list.total - offset));
  const data = Array.from({ length: rows }, (_, at) => ({
    id: offset + at,
    name: `row ${String(offset + at)}`,
  }));
  return { status: 200, headers: {}, url, body: { data, total: list.total } };
}
