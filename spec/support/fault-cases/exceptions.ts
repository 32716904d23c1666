import type { Exception } from '../fault-case';

/** Where a transport cannot let something be seen; everywhere else the transports are the same. */
export const exceptions: readonly Exception[] = [
  {
    transport: 'axios',
    id: 'T10 idleTimeout',
    fact: 'aborted',
    expected: 'within 190 to 650',
    reason:
      'axios tells of progress every 350 ms at most, so a pause is told from one only by then',
  },
  {
    transport: 'angular',
    id: 'S7',
    fact: 'rise',
    expected: 'within 0 to 200',
    reason:
      'HttpClient keeps the bytes that came and, to tell of progress, their text too: twice the limit of 64 MiB',
  },
];
