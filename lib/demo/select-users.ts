import { TEAMS, type Team, type User } from './data-set';
import { queryChoice, queryFlag } from './query-input';

export interface UserFilter {
  readonly team?: Team | undefined;
  readonly active?: boolean | undefined;
}

export const SORT_FIELDS = ['id', 'name', 'email', 'team', 'createdAt', 'score'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

/** The filters `team` and `active`, which the routes share. */
export function queryFilter(query: URLSearchParams): UserFilter {
  return { team: queryChoice(query, 'team', TEAMS), active: queryFlag(query, 'active') };
}

export function filterUsers(users: readonly User[], { team, active }: UserFilter): readonly User[] {
  if (team === undefined && active === undefined) return users;
  return users.filter(
    (user) =>
      (team === undefined || user.team === team) &&
      (active === undefined || user.active === active),
  );
}

/** Sorted by one field in code-unit order; equal ones stay in server order, also downwards. */
export function sortUsers(
  users: readonly User[],
  field: SortField,
  descending = false,
): readonly User[] {
  const up = descending ? -1 : 1;
  return [...users].sort((a, b) => {
    const [left, right] = [a[field], b[field]];
    return left === right ? 0 : left < right ? -up : up;
  });
}
