import type { Exception } from '../fault-case';

/** Where a transport cannot let something be seen; everywhere else the transports are the same. */
export const exceptions: readonly Exception[] = [
  {
    transport: 'angular',
    id: 'S7',
    fact: 'rise',
    expected: 'within 0 to 200',
    reason:
      'HttpClient keeps the bytes that came and, to tell of progress, their text too: twice the limit of 64 MiB',
  },
];
