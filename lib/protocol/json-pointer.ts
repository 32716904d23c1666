/** What a JSON pointer leads to; `null` and `undefined` can be found too. */
export type Resolved =
  { readonly found: true; readonly value: unknown } | { readonly found: false };

/** A copy with the value set, or the pointer of the parent that is missing or cannot hold it. */
export type SetResult =
  | { readonly ok: true; readonly document: unknown }
  | { readonly ok: false; readonly missing: string };

const ARRAY_INDEX = /^(?:0|[1-9]\d*)$/;

/**
 * The reference tokens of a JSON pointer (RFC 6901).
 * @throws TypeError if it neither is empty nor begins with `/`, or holds a `~` that no `0` or `1` follows.
 */
export function parsePointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) {
    throw new TypeError(
      `Expected a JSON pointer, empty or beginning with "/", got ${shown(pointer)}`,
    );
  }
  if (/~(?![01])/.test(pointer)) {
    throw new TypeError(`Expected a JSON pointer with "~" as "~0" only, got ${shown(pointer)}`);
  }
  return pointer.slice(1).split('/').map(unescapeToken);
}

/**
 * Follows a JSON pointer through own properties only, so that `__proto__` and `constructor` are names like any other.
 * `-` and array indices with leading zeros never resolve.
 * @throws TypeError if the pointer is malformed.
 */
export function resolvePointer(document: unknown, pointer: string | readonly string[]): Resolved {
  let value = document;
  for (const token of typeof pointer === 'string' ? parsePointer(pointer) : pointer) {
    if (!has(value, token)) return { found: false };
    value = value[token];
  }
  return { found: true, value };
}

/** How {@link setAtPointer} treats what lies along the way. */
interface SetOptions {
  /**
   * Makes objects in place of parents that are absent or `undefined` in an object. Never in place of `null` or anything else, never in an
   * array, and none that a token such as `0` would have to be an array for. Default: false.
   */
  readonly makeParents?: boolean | undefined;
}

/**
 * A copy of `document` in which `pointer` leads to `value`; only what lies along the way is copied. The last token may
 * be new in an object, or one past the end of an array; parents are made up only with `makeParents`.
 * @throws TypeError if the pointer is malformed.
 */
export function setAtPointer(
  document: unknown,
  pointer: string,
  value: unknown,
  { makeParents = false }: SetOptions = {},
): SetResult {
  const tokens = parsePointer(pointer);
  const parents: unknown[] = [];
  let parent = document;
  for (const [depth, token] of tokens.entries()) {
    const last = depth === tokens.length - 1;
    if (makeParents && !last && isOpen(parent, token, tokens[depth + 1])) {
      parents.push(parent);
      parent = {};
      continue;
    }
    if (!(last ? canHold(parent, token) : has(parent, token))) {
      return { ok: false, missing: formatPointer(tokens.slice(0, last ? depth : depth + 1)) };
    }
    parents.push(parent);
    if (!last && has(parent, token)) parent = parent[token];
  }
  let copy = value;
  for (let depth = tokens.length - 1; depth >= 0; depth--) {
    copy = withMember(parents[depth], tokens[depth] ?? '', copy);
  }
  return { ok: true, document: copy };
}

function withMember(parent: unknown, token: string, value: unknown): unknown {
  if (!Array.isArray(parent)) return { ...Object(parent), [token]: value }; // a computed name never sets a prototype
  const items: unknown[] = [...(parent as unknown[])];
  items[Number(token)] = value;
  return items;
}

function has(value: unknown, token: string): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return false;
  return !Array.isArray(value) || ARRAY_INDEX.test(token);
}

/** Whether an object can be made there, for the token after it to be a name in. */
function isOpen(parent: unknown, token: string, within = ''): boolean {
  if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) return false;
  if (within === '-' || ARRAY_INDEX.test(within)) return false;
  return !has(parent, token) || parent[token] === undefined;
}

function canHold(value: unknown, token: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return !Array.isArray(value) || (ARRAY_INDEX.test(token) && Number(token) <= value.length);
}

/** The JSON pointer of reference tokens. */
export function formatPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

// "~1" first: "~01" is the name "~1" (RFC 6901 section 4).
function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** Whether a text is a JSON pointer. */
export function isPointerText(text: string): boolean {
  try {
    parsePointer(text);
    return true;
  } catch {
    return false;
  }
}
