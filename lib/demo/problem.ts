import { STATUS_CODES } from 'node:http';

import type { DemoReply } from './demo-route';

/** An error as problem details (RFC 9457). */
export function problem(
  status: number,
  detail: string,
  members: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): DemoReply {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      detail,
      ...members,
    },
  };
}
