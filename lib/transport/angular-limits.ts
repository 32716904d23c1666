import { Observable, type MonoTypeOperatorFunction } from 'rxjs';

import { field } from '../core/field';
import type { TransportLimits } from '../core/transport';
import type { AngularHttpEvent } from './angular-client';
import { IdleTimer } from './idle-timer';
import { tooLarge } from './read-body';

/** Of `HttpEventType`. */
const RESPONSE_HEADER = 2;
const DOWNLOAD_PROGRESS = 3;
const RESPONSE = 4;

/** XMLHttpRequest tells of progress twenty times a second at most, in milliseconds. */
const PROGRESS_INTERVAL = 50;

/** Ends a request whose body grows too large or pauses too long, as its events tell. */
export function withinLimits({
  bodyBytes,
  idleTimeout,
}: TransportLimits): MonoTypeOperatorFunction<AngularHttpEvent> {
  return (events) =>
    new Observable((subscriber) => {
      const idle = new IdleTimer(idleTimeout + PROGRESS_INTERVAL, (error) => {
        subscriber.error(error);
      });
      subscriber.add(() => {
        idle.stop();
      });
      const next = (event: AngularHttpEvent) => {
        if (event.type === RESPONSE_HEADER || event.type === DOWNLOAD_PROGRESS) idle.restart();
        if (event.type === RESPONSE) idle.stop();
        const loaded = event.type === DOWNLOAD_PROGRESS ? field(event, 'loaded') : 0;
        if (typeof loaded === 'number' && loaded > bodyBytes) subscriber.error(tooLarge(bodyBytes));
        else subscriber.next(event);
      };
      subscriber.add(
        events.subscribe({
          next,
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        }),
      );
    });
}
