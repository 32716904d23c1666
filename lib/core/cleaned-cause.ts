import { maskUrls } from '../protocol/mask-urls';
import { field } from './field';
import type { CleanedCause } from './pagination-error';

// Enough to tell what happened; clients put whole replies into messages, and wrapped stacks grow without end.
const MAX_NAME = 100;
const MAX_MESSAGE = 1000;
const MAX_STACK = 4000;

/**
 * A copy of whatever was thrown that holds its name, code, message, stack and causes, and nothing else: clients keep the
 * request with its headers in further fields. URLs in the texts lose their credentials and queries.
 *
 * @param depth causes of causes that are kept.
 */
export function cleanedCause(error: unknown, depth = 5): CleanedCause {
  return clean(error, depth, new Set());
}

function clean(error: unknown, depth: number, seen: Set<unknown>): CleanedCause {
  if (typeof error !== 'object' || error === null) {
    return { name: typeof error, message: shown(String(error), MAX_MESSAGE) };
  }
  seen.add(error);
  const name = textOf(field(error, 'name'), MAX_NAME);
  const code = textOf(field(error, 'code'), MAX_NAME);
  const stack = textOf(field(error, 'stack'), MAX_STACK);
  const cause = field(error, 'cause');
  const goesOn = cause !== undefined && cause !== null && depth > 0 && !seen.has(cause);
  return {
    name: name ?? 'Error',
    message: messageOf(error),
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack }),
    ...(goesOn && { cause: clean(cause, depth - 1, seen) }),
  };
}

function messageOf(error: object): string {
  const message = textOf(field(error, 'message'), MAX_MESSAGE);
  if (message !== undefined && message !== '') return message;
  // Node's AggregateError of several refused addresses has an empty message.
  const errors = field(error, 'errors');
  if (!Array.isArray(errors)) return message ?? '';
  const parts = errors.slice(0, 5).map((one: unknown) => textOf(field(one, 'message'), 200) ?? '');
  return parts.filter((part) => part !== '').join('; ');
}

function textOf(value: unknown, max: number): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? shown(value, max) : undefined;
}

function shown(text: string, max: number): string {
  // Masked before it is cut to size, for a cut could take away the mark by which a credential is known. The rough cut
  // before that, at a blank, bounds the time.
  const end = text.length > 2 * max ? text.lastIndexOf(' ', 2 * max) : text.length;
  const masked = maskUrls(text.slice(0, Math.max(end, 0)));
  return masked.length > max || end < text.length ? `${masked.slice(0, max)}…` : masked;
}
