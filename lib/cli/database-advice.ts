import { field } from '../core/field';
import { isPaginationError } from '../core/pagination-error';

/** Node could not reach the server, or the server did not let in whoever asked. */
const UNREACHED: readonly string[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'],
  // https://www.postgresql.org/docs/current/errcodes-appendix.html: no such user, wrong password, no such database
  ...['ENETUNREACH', '28000', '28P01', '3D000'],
];
const NO_TABLE = '42P01';

/** What to try where a database cannot be used, or lacks the table. */
export function databaseAdvice(error: unknown, { create = false } = {}): string | undefined {
  const code = field(isPaginationError(error) ? error.cause : error, 'code');
  if (code === NO_TABLE) return create ? undefined : '--create makes the table';
  if (typeof code !== 'string' || !UNREACHED.includes(code)) return undefined;
  const url = process.env['DATABASE_URL'];
  return url === undefined || url === ''
    ? 'name the database with the environment variable DATABASE_URL, such as postgres://user@host/name'
    : 'check the environment variable DATABASE_URL, which should be such as postgres://user@host/name';
}
