import { BadInput } from './bad-input';
import { decodeToken, encodeToken } from './opaque-token';
import { member } from './query-input';

/** A cursor that says nothing but where to go on. */
export function encodePosition(scope: string, start: number): string {
  return encodeToken(scope, { start });
}

/**
 * Where a cursor goes on; without a cursor at 0.
 * @throws BadInput naming `parameter` if the cursor is none of this scope's.
 */
export function decodePosition(
  scope: string,
  token: string | undefined,
  parameter: string,
): number {
  if (token === undefined) return 0;
  const start = member(decodeToken(scope, token), 'start');
  if (typeof start !== 'number') throw new BadInput(parameter, 'a cursor of this list', token);
  return start;
}
