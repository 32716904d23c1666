import { setTimeout as sleep } from 'node:timers/promises';

import {
  isPaginationError,
  kneoPagination,
  numberPagination,
  paginate,
  type PaginationError,
} from 'paged-observable';
import { lastValueFrom, toArray, type Observable } from 'rxjs';

import { count } from './report';
import { sameUsers, type Tour } from './walks';

/** Who reads slowly holds the walk back: the next page is asked for when this one is consumed. */
export async function readSlowly({ server, transport, users, report }: Tour): Promise<void> {
  server.reset();
  const requestsAt: number[] = [];
  const items: unknown[] = [];
  await paginate(transport, '/link/users?per_page=50').forEach(async (user) => {
    await sleep(1);
    if (items.length % 50 === 49) requestsAt.push(server.requestCount());
    items.push(user);
  });
  const seen = { items: sameUsers(items, users), requestsAt };
  const expected = { items: 250, requestsAt: [1, 2, 3, 4, 5] };
  report.check('slow consumer', seen, expected, (counts) =>
    [
      count(counts.items, 'item'),
      `requests sent when pages 1 to 5 were read: ${counts.requestsAt.join(' ')}`,
    ].join(', '),
  );
}

/** Cut in the middle of page 3; the token goes on exactly there. */
export async function interruptAndResume(tour: Tour): Promise<void> {
  const { server, transport, users, report } = tour;
  report.title('Every stop leaves a token to go on from');
  server.reset();
  const controller = new AbortController();
  const paged = paginate(transport, '/kneo/users', { pagination: kneoPagination({ limit: 50 }) });
  const before: unknown[] = [];
  const error = await errorOf(paged.with({ signal: controller.signal }), (user) => {
    before.push(user);
    if (before.length === 130) controller.abort();
  });
  const askedBefore = server.requestCount();
  const rest = paged.with({ resumeFrom: error.resumeToken }).pipe(toArray());
  const after = await lastValueFrom(rest);
  const seen = {
    code: error.code,
    items: [sameUsers(before, users.slice(0, 130)), sameUsers(after, users.slice(130))],
    requests: [askedBefore, server.requestCount() - askedBefore],
  };
  const expected = { code: 'ABORTED', items: [130, 120], requests: [3, 3] };
  report.check('interrupted, then resumed', seen, expected, ({ code, items, requests }) =>
    [
      code,
      `${items.join(' + ')} items`,
      `${requests.join(' + ')} requests (page 3 was cut in two)`,
    ].join(', '),
  );
}

/** Page 3 of this list is a login page with status 200. */
export async function meetBrokenPage({ server, transport, report }: Tour): Promise<void> {
  server.reset();
  const paged = paginate(transport, '/broken/users', { pagination: numberPagination() });
  let items = 0;
  const error = await errorOf(paged, () => items++);
  const asked = server.requestCount();
  await errorOf(paged.with({ resumeFrom: error.resumeToken }), () => items++);
  const lastQuery = server.requests.at(-1)?.query ?? 'nothing';
  report.say(lineOf(error));
  const seen = { code: error.code as string, items, asked, lastQuery };
  const expected = { code: 'BAD_CONTENT', items: 20, asked: 3, lastQuery: 'page=3' };
  report.check('broken page', seen, expected, (counts) =>
    [
      counts.code,
      count(counts.items, 'item'),
      count(counts.asked, 'request'),
      `the token asks for ${counts.lastQuery}`,
    ].join(', '),
  );
}

/** The error of a walk that must fail. */
function errorOf<T>(walk: Observable<T>, next: (value: T) => unknown): Promise<PaginationError> {
  return new Promise((resolve, reject) => {
    walk.subscribe({
      next,
      error: (error: unknown) => {
        if (isPaginationError(error)) resolve(error);
        else reject(error instanceof Error ? error : new Error(String(error)));
      },
      complete: () => {
        reject(new Error('The walk should have failed'));
      },
    });
  });
}

/** One line that fits a terminal; the token is as long as it needs to be. */
function lineOf({ code, pageIndex = 0, message, resumeToken }: PaginationError): string {
  const [what = ''] = message.split(' (page');
  const token = `${resumeToken.slice(0, 6)}…${resumeToken.slice(-8)}`;
  return `${code} on page ${String(pageIndex + 1)}: ${what}; token ${token}`;
}
