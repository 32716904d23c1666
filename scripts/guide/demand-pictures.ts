import { concatMap } from 'rxjs';

import { drawTimeline } from './draw-timeline';
import { timelineOf } from './timeline';

/** The pictures of docs/guide/demand.md, each drawn from a walk in virtual time: name of the file, content. */
export function demandPictures(): ReadonlyMap<string, string> {
  return new Map([
    [
      'push.svg',
      drawTimeline(
        'subscribe, with concatMap behind it',
        timelineOf((pages, work) => pages.pipe(concatMap(work)), 50, {}),
      ),
    ],
    [
      'pull.svg',
      drawTimeline(
        'consume, forEach, for await',
        timelineOf((pages, work) => pages.consume(work), 50, {}),
      ),
    ],
    [
      'prefetch.svg',
      drawTimeline(
        'the same with prefetch: 1',
        timelineOf((pages, work) => pages.consume(work), 50, { prefetch: 1 }),
      ),
    ],
    [
      'concurrency.svg',
      drawTimeline(
        'concurrency: 3, and less work on a page',
        timelineOf((pages, work) => pages.consume(work), 10, { concurrency: 3 }),
      ),
    ],
  ]);
}
