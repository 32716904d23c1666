import { field } from '../core/field';

/**
 * What PostgreSQL and the system say where a connection broke or none could be made (classes 08 and 57P0x of the
 * manual's appendix A), a session was ended for idling, the server has no room, or two transactions were in each other's way.
 */
const CODES =
  /^(?:08...|57P0[1-5]|53300|25P03|40001|40P01|E(?:CONN\w+|PIPE|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN))$/;

/** What the package `pg` says where it has no code. */
const MESSAGES = /connection (?:terminated|error)|not queryable|timeout expired/i;

/** Whether the same statement may well succeed on another connection, a moment later. */
export function isConnectionLoss(error: unknown): boolean {
  const code = field(error, 'code');
  if (typeof code === 'string') return CODES.test(code);
  const errors = field(error, 'errors');
  // Of a name with several addresses each attempt has an error.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isConnectionLoss);
  return MESSAGES.test(String(field(error, 'message')));
}
