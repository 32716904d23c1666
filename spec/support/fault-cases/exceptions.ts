import type { Exception } from '../fault-case';
import { marks } from '../planted-secrets';

/** Where a transport cannot let something be seen; everywhere else the transports are the same. */
export const exceptions: readonly Exception[] = [
  {
    transport: 'axios',
    id: 'S4 without a server',
    fact: 'codes',
    expected: ['NETWORK', 'NETWORK', 'TLS', 'ABORTED', 'NETWORK', 'PROTOCOL'],
    reason:
      'axios takes characters that no header may hold out of header values, and sends the rest',
  },
  {
    transport: 'angular',
    id: 'S7',
    fact: 'rise',
    expected: 'within 0 to 200',
    reason:
      'HttpClient keeps the bytes that came and, to tell of progress, their text too: twice the limit of 64 MiB',
  },
  ...['Bearer', 'Basic'].map((authorization) => ({
    transport: 'angular',
    id: `S4 in the transport, with ${authorization}`,
    fact: 'leaks',
    expected: shownByAngular(authorization === 'Bearer' ? marks.bearer : marks.basic),
    reason:
      'HttpClient does not show what interceptors added; where a server sends it back, only what is named or written as a credential is masked',
  })),
];

/** Each with the first path it shows on: values that stand alone, or in a form that no name goes with. */
function shownByAngular(authorization: string): readonly string[] {
  const { cookie, apiKey, custom, base64, proxy } = marks;
  return [
    ...[cookie, apiKey, custom, base64].map(
      (mark) => `${mark} in error: an echo in JSON under 400`,
    ),
    `${authorization} in error: an echo of type application/problem+json under 403`,
    `${proxy} in error: an echo in the names of properties`,
  ];
}
