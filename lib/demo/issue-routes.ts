import type { IncomingHttpHeaders } from 'node:http';

import type { DemoHandler, DemoRoute } from './demo-route';
import { demoIssues, type Issue } from './issues';
import { problem } from './problem';
import { queryChoice, queryNumber, queryText } from './query-input';

const SLOW_MS = 1500;

/** What a header of the request makes of the server, so that a screen can show what it does then. */
function conditionOf(headers: IncomingHttpHeaders): string | undefined {
  const { 'x-demo-server': condition } = headers;
  return typeof condition === 'string' ? condition : undefined;
}

function isUnavailable(condition: string | undefined, requestId: string): boolean {
  if (condition === 'down') return true;
  return condition === 'flaky' && Number(/\d+$/.exec(requestId)?.[0]) % 2 === 1;
}

const list: DemoHandler = (query, _body, { headers, requestId }) => {
  const condition = conditionOf(headers);
  if (isUnavailable(condition, requestId)) {
    return problem(503, 'The tracker is closed for maintenance');
  }
  const perPage = queryNumber(query, 'per_page', 50, { min: 1, lowerTo: 100 });
  const page = queryNumber(query, 'page', 1, { min: 1 });
  const state = queryChoice(query, 'state', ['open', 'closed', 'all']) ?? 'all';
  const words = (queryText(query, 'q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = demoIssues().filter(
    (issue) => (state === 'all' || issue.state === state) && holds(issue, words),
  );
  return {
    status: 200,
    ...(condition === 'slow' && { delayMs: SLOW_MS }),
    body: {
      total_count: found.length,
      total_pages: Math.ceil(found.length / perPage),
      page,
      per_page: perPage,
      issues: found.slice((page - 1) * perPage, page * perPage),
    },
  };
};

function holds({ title, author, number, labels }: Issue, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${title} ${author} #${String(number)} ${labels.join(' ')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export const issueRoutes: readonly DemoRoute[] = [
  {
    path: '/issues',
    about:
      'Numbered pages of an issue tracker; page, per_page 50, lowered to 100; q, state; header x-demo-server: slow, flaky or down',
    example: '/issues?q=export&state=open&page=2',
    handle: list,
  },
];
