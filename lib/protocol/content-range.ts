/** What a `Content-Range` says: the first and last row on the page, counted from 0, and how many there are. */
export interface ContentRange {
  readonly unit: string;
  /** Absent where the page has no rows. */
  readonly first?: number;
  readonly last?: number;
  /** Absent where the server does not know. */
  readonly total?: number;
}

/** Digits are bounded so that every number is exact. */
const FORM = /^(?:([\w-]{1,40})[ =])?(?:(\d{1,15})-(\d{1,15})|\*)\/(?:(\d{1,15})|\*)$/;

/**
 * Reads a `Content-Range` header: `items 0-24/573`, and without the unit, as PostgREST writes it; `undefined` if it is none.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.4
 */
export function parseContentRange(text: string): ContentRange | undefined {
  const match = FORM.exec(text.trim());
  if (match === null) return undefined;
  const [, unit = '', first, last, total] = match;
  if (first !== undefined && last !== undefined && Number(last) < Number(first)) return undefined;
  return {
    unit,
    ...(first !== undefined && { first: Number(first) }),
    ...(last !== undefined && { last: Number(last) }),
    ...(total !== undefined && { total: Number(total) }),
  };
}
