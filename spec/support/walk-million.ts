// Run by spec/core/million-pages.spec.ts in a process of its own, whose heap nothing else moves:
// node --expose-gc -r ./scripts/register.js walk-million.ts <pages> <'cursor' | 'number'> <'of' | 'promise'> <prefetch>
import { of, type ObservableInput } from 'rxjs';

import {
  cursorPagination,
  numberPagination,
  paginate,
  type PageReply,
  type PageRequest,
} from 'paged-observable';

/** What one walk of many pages came to. */
export interface MillionReport {
  readonly items: number;
  readonly requests: number;
  readonly inOrder: boolean;
  readonly completed: boolean;
  /** Bytes in use after a full collection at a quarter, at half and at the end of the list. */
  readonly heap: readonly number[];
  /** Frames on the stack at those places. */
  readonly depth: readonly number[];
}

const [kind, reply] = process.argv.slice(3);
const pages = Number(process.argv[2]);
const prefetch = Number(process.argv[5]);

const marks = [pages / 4, pages / 2, pages - 1];
const heap: number[] = [];
const depth: number[] = [];
let requests = 0;
let items = 0;
let inOrder = true;

function pageOf(index: number): PageReply {
  const body =
    kind === 'cursor'
      ? { items: [index], next_cursor: index + 1 < pages ? index + 1 : null }
      : { items: [index], has_more: index + 1 < pages };
  return { status: 200, headers: {}, url: 'http://api.test/items', body };
}

function transport(request: PageRequest): ObservableInput<PageReply> {
  requests++;
  const { cursor = 0, page = 1 } = request.params ?? {};
  const made = pageOf(kind === 'cursor' ? Number(cursor) : Number(page) - 1);
  return reply === 'of' ? of(made) : Promise.resolve(made);
}

/** All frames are kept of this one error only: the errors of a walk would each cost as many. */
function framesNow(): number {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const { stack = '' } = new Error('depth');
  Error.stackTraceLimit = stackTraceLimit;
  return stack.split('\n').length;
}

paginate<number>(transport, 'http://api.test/items', {
  prefetch,
  pagination:
    kind === 'cursor'
      ? cursorPagination({ items: '/items' })
      : numberPagination({ items: '/items', hasMore: '/has_more' }),
}).subscribe({
  next: (item) => {
    inOrder &&= item === items;
    items++;
    if (!marks.includes(item)) return;
    depth.push(framesNow());
    globalThis.gc?.();
    heap.push(process.memoryUsage().heapUsed);
  },
  complete: () => {
    const report: MillionReport = { items, requests, inOrder, completed: true, heap, depth };
    process.stdout.write(JSON.stringify(report));
  },
});
