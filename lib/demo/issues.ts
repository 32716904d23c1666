import { generator, pick } from './data-set';

/** An issue of the demo tracker. */
export interface Issue {
  /** Falls by one from issue to issue, as the newest comes first. */
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly author: string;
  readonly labels: readonly string[];
  readonly comments: number;
  /** ISO 8601, UTC; never later than that of the issue before. */
  readonly createdAt: string;
}

export const ISSUES = 10_240;

const NEWEST = Date.UTC(2026, 10, 20, 16, 0);
const MOST_MINUTES_APART = 300;

const AUTHORS = ['ada', 'bjorn', 'chloe', 'dmitri', 'emeka', 'lucja', 'mei', 'noor', 'rosa', 'zoe'];
const LABELS = ['bug', 'docs', 'performance', 'question', 'regression', 'security', 'ux'] as const;
const AREAS = [
  'Search',
  'Export',
  'Sign-in',
  'Timeline',
  'Webhook',
  'Billing',
  'Mobile app',
  'Public API',
  'Editor',
  'File upload',
  'Notification feed',
  'Dashboard',
];
const FAULTS = [
  'loses the cursor position',
  'shows a blank page',
  'sends the same e-mail twice',
  'times out',
  'ignores the time zone',
  'drops the last row',
  'crashes on start',
  'takes eleven seconds',
  'shows stale totals',
  'rejects valid input',
];
const OCCASIONS = [
  'after a refresh',
  'on slow networks',
  'with more than 10,000 rows',
  'in dark mode',
  'when two tabs are open',
  'for members without a team',
  'once the session has expired',
  'with right-to-left text',
  'on the first day of a month',
  'behind a proxy',
  'while a filter is set',
];

let made: readonly Issue[] | undefined;

/** The issues, newest first; always the same ones. */
export function demoIssues(): readonly Issue[] {
  return (made ??= makeIssues());
}

function makeIssues(): readonly Issue[] {
  const below = generator(7);
  let time = NEWEST;
  return Array.from({ length: ISSUES }, (_, place) => {
    time -= below(MOST_MINUTES_APART) * 60_000;
    return {
      number: ISSUES - place,
      title: `${pick(AREAS, below)} ${pick(FAULTS, below)} ${pick(OCCASIONS, below)}`,
      state: below(5) < 2 ? 'closed' : 'open',
      author: pick(AUTHORS, below),
      labels: LABELS.filter(() => below(6) === 0),
      comments: below(3) === 0 ? below(40) : below(4),
      createdAt: new Date(time).toISOString(),
    };
  });
}
