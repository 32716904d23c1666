import { BadInput } from './bad-input';
import { TEAMS, type Team, type User } from './data-set';
import type { DemoHandler, DemoReply, DemoRoute } from './demo-route';
import { decodeToken, encodeToken } from './opaque-token';
import { queryChoice, queryFlag, queryNumber, queryText } from './query-input';
import { filterUsers, type SortField, sortUsers } from './select-users';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;
const MAX_TOKEN_BYTES = 512;
const VERSION = 'v1';

const SORTS: Readonly<Record<string, readonly [SortField, descending: boolean]>> = {
  id_ascending: ['id', false],
  id_descending: ['id', true],
  name_ascending: ['name', false],
  created_at_ascending: ['createdAt', false],
  created_at_descending: ['createdAt', true],
  score_descending: ['score', true],
};

/** What a scan is; Dropshot keeps it in the token, so that the parameters of later pages do not matter. */
interface Scan {
  readonly sort: string;
  readonly team?: Team | undefined;
  readonly active?: boolean | undefined;
  readonly start: number;
}

/** Dropshot's `ResultsPage` (https://docs.rs/dropshot, "Pagination"). */
function resultsPage({ required = false } = {}): DemoHandler {
  return (query, _body, { users }) => {
    const limit = queryNumber(query, 'limit', DEFAULT_LIMIT, { min: 1, lowerTo: MAX_LIMIT });
    const token = queryText(query, 'page_token');
    const scan = token === undefined ? firstScan(query, required) : scanOf(token);
    // Read apart from the scan: it is not in the token and must be sent on every page.
    const brief = queryChoice(query, 'view', ['full', 'brief']) === 'brief';
    const items = inOrder(users, scan).slice(scan.start, scan.start + limit);
    const shown = brief ? items.map(({ id, name }) => ({ id, name })) : items;
    if (items.length === 0) return { status: 200, body: { items: shown } };
    // Set even if nothing follows: Dropshot does not look ahead, so a scan ends with an empty page.
    const next = { v: VERSION, ...scan, start: scan.start + items.length };
    return { status: 200, body: { items: shown, next_page: encodeToken('dropshot', next) } };
  };
}

function firstScan(query: URLSearchParams, required: boolean): Scan {
  const team = queryChoice(query, 'team', TEAMS);
  if (required && team === undefined) throw new BadInput('team', `one of ${TEAMS.join(', ')}`);
  const sort = queryChoice(query, 'sort_by', Object.keys(SORTS)) ?? 'id_ascending';
  return { sort, team, active: queryFlag(query, 'active'), start: 0 };
}

function scanOf(token: string): Scan {
  if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) {
    throw new BadInput('page_token', `at most ${String(MAX_TOKEN_BYTES)} bytes`, token);
  }
  const value = decodeToken('dropshot', token);
  if (!isScan(value)) throw new BadInput('page_token', 'a token of this version and list', token);
  return value;
}

function isScan(value: unknown): value is Scan & { readonly v: string } {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === VERSION;
}

function inOrder(users: readonly User[], { sort, team, active }: Scan): readonly User[] {
  const [field, descending] = SORTS[sort] ?? ['id', false];
  const found = filterUsers(users, { team, active });
  return sort === 'id_ascending' ? found : sortUsers(found, field, descending);
}

const refuse: DemoRoute['refuse'] = (error, { requestId }): DemoReply => ({
  status: 400,
  body: { error_code: 'InvalidRequest', message: error.message, request_id: requestId },
});

export const dropshotRoutes: readonly DemoRoute[] = [
  {
    path: '/dropshot/users',
    about: `Dropshot: items and next_page; limit ${String(DEFAULT_LIMIT)}, lowered to ${String(MAX_LIMIT)}; sort_by, team, active, view; ends with an empty page`,
    example: '/dropshot/users?limit=20&sort_by=created_at_descending',
    handle: resultsPage(),
    refuse,
  },
  {
    path: '/dropshot/team-users',
    about: 'Dropshot with a parameter, team, that the first page requires',
    example: '/dropshot/team-users?team=jade',
    handle: resultsPage({ required: true }),
    refuse,
  },
];
