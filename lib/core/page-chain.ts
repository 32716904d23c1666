import { expand, Observable, type Subscriber } from 'rxjs';

/** The fetches of one walk. */
export interface PageSteps<P> {
  /** The fetch to begin with, or `undefined` where a limit is already reached. */
  first(): Observable<P> | undefined;
  /** The fetch of the page after `page`, or `undefined` at the end. May throw what the walk then errors with. */
  next(page: P): Observable<P> | undefined;
  /** Whether the page is handed on; one that is not still leads to its next. */
  shown(page: P): boolean;
  /**
   * Called when `page` came, and when the demand behind it changed: `room` more pages may be asked for behind it, whether their turn has
   * come or not.
   */
  ahead?(page: P, room: number): void;
}

/** A fetch that waits for its turn: `prepare` is called once there may be demand, its result subscribed once there is. */
export interface Gate<P> {
  readonly subscriber: Subscriber<P>;
  readonly prepare: () => Observable<P> | undefined;
  fetch?: Observable<P>;
}

/**
 * Pages, each projected to the fetch of the next.
 *
 * `expand` projects a page as soon as it came, even after its subscriber has left, and recursively when replies are
 * synchronous. So a projected fetch only parks its gate here; whoever holds the gate opens it when there is demand, from
 * a loop of its own, and the stack stays flat.
 */
export function pageChain<P>(steps: PageSteps<P>, park: (gate: Gate<P>) => void): Observable<P> {
  const gated = (prepare: () => Observable<P> | undefined) =>
    new Observable<P>((subscriber) => {
      if (!subscriber.closed) park({ subscriber, prepare });
    });
  return gated(() => steps.first()).pipe(expand((page) => gated(() => steps.next(page))));
}
