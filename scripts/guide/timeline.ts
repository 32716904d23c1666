import { map, Observable, timer, VirtualTimeScheduler } from 'rxjs';
import {
  numberPagination,
  paginate,
  type PagedResponse,
  type PageReply,
  type Transport,
  type WalkOptions,
} from 'paged-observable';

/** A bar of a timeline: what went on for a page, in milliseconds from the start. */
export interface Bar {
  readonly page: number;
  readonly from: number;
  readonly to: number;
  /** Left before its end. */
  readonly isAborted: boolean;
}

/** What a walk did, and when. */
export interface Timeline {
  readonly requests: readonly Bar[];
  readonly consumed: readonly Bar[];
}

/** A consumer: what it does with the pages, given how one is worked on. */
export type Consumer = (
  pages: ReturnType<ReturnType<typeof list>['pages']>,
  work: (page: PagedResponse<number>) => Observable<unknown>,
) => Observable<unknown>;

const PAGES = 5;
/** Milliseconds. */
const REQUEST = 30;

/** Walks a list of five pages in virtual time, `workMs` of work on each page. */
export function timelineOf(consumer: Consumer, workMs: number, options: WalkOptions): Timeline {
  const clock = new VirtualTimeScheduler();
  const [requests, consumed]: [Bar[], Bar[]] = [[], []];
  const timed = <T>(bars: Bar[], page: number, work: Observable<T>): Observable<T> =>
    watched(work, clock, (from, to, isAborted) => bars.push({ page, from, to, isAborted }));
  const transport: Transport = ({ params }) => {
    const page = Number(params?.['page'] ?? 1);
    const body = { items: [page], pages: PAGES };
    const reply: PageReply = { status: 200, headers: {}, url: 'http://api.test/', body };
    return timed(requests, page, timer(REQUEST, clock).pipe(map(() => reply)));
  };
  consumer(list(transport, { ...options, clock }).pages(), ({ index }) =>
    timed(consumed, index + 1, timer(workMs, clock)),
  ).subscribe();
  clock.flush();
  return { requests: inOrder(requests), consumed: inOrder(consumed) };
}

function list(transport: Transport, options: WalkOptions) {
  const pagination = numberPagination<number>({ items: '/items', totalPages: '/pages' });
  return paginate(transport, 'http://api.test/', { pagination, ...options });
}

/** Tells from when to when a subscription lasted, and whether it was left. */
function watched<T>(
  source: Observable<T>,
  clock: VirtualTimeScheduler,
  tell: (from: number, to: number, isAborted: boolean) => void,
): Observable<T> {
  return new Observable((subscriber) => {
    const from = clock.now();
    let isOver = false;
    subscriber.add(() => {
      tell(from, clock.now(), !isOver);
    });
    return source.subscribe({
      next: (value) => {
        isOver = true;
        subscriber.next(value);
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    });
  });
}

function inOrder(bars: readonly Bar[]): Bar[] {
  return [...bars].sort((a, b) => a.from - b.from);
}
