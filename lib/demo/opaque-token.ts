import { createHash } from 'node:crypto';

/**
 * URL-safe text that only the route named by `scope` reads. It holds a check of itself, so that each damaged character
 * is noticed and not taken for another position.
 */
export function encodeToken(scope: string, value: unknown): string {
  const json = JSON.stringify(value);
  return Buffer.from(`${check(scope, json)}${json}`).toString('base64url');
}

/** The value of a token, or `undefined` if it is damaged, cut, or made for another scope. */
export function decodeToken(scope: string, token: string): unknown {
  const text = Buffer.from(token, 'base64url').toString();
  const json = text.slice(CHECK_LENGTH);
  if (text.slice(0, CHECK_LENGTH) !== check(scope, json)) return undefined;
  // Node reads base64url leniently; only the spelling that was handed out is this token.
  if (Buffer.from(text).toString('base64url') !== token) return undefined;
  return JSON.parse(json);
}

const CHECK_LENGTH = 8;

function check(scope: string, json: string): string {
  return createHash('sha256')
    .update(`${scope}\n${json}`)
    .digest('base64url')
    .slice(0, CHECK_LENGTH);
}
