import type { WalkEvent } from 'paged-observable';

export interface SizeBounds {
  readonly min: number;
  readonly max: number;
}

/** A request as the server saw it. */
export type Asked = readonly [position: number, limit: number | undefined];

/**
 * What a walk from its beginning breaks of the laws of page sizes, in words: sizes stay within their bounds; they grow to twice at
 * most and only for another page; they shrink to half, and only for the page that was too much; each change is told, and
 * nothing else.
 */
export function sizeViolations(
  asked: readonly Asked[],
  events: readonly WalkEvent[],
  { min, max }: SizeBounds,
): string[] {
  const found: string[] = [];
  const changes: string[] = [];
  for (const [at, [position, limit = NaN]] of asked.entries()) {
    const [beforeAt, before = NaN] = asked[at - 1] ?? [NaN, limit];
    const here = `request ${String(at)}`;
    if (!(limit >= min && limit <= max)) found.push(`${here} asks for ${String(limit)}`);
    if (limit > 2 * before) found.push(`${here} grows from ${String(before)} to ${String(limit)}`);
    if (limit > before && position === beforeAt) found.push(`${here} grows for the same page`);
    if (limit < before && limit !== Math.max(min, Math.floor(before / 2))) {
      found.push(`${here} shrinks from ${String(before)} to ${String(limit)}`);
    }
    if (limit < before && position !== beforeAt) found.push(`${here} shrinks for another page`);
    if (position < beforeAt) found.push(`${here} goes back to ${String(position)}`);
    if (limit !== before) changes.push(`${String(before)} to ${String(limit)}`);
  }
  const told = events.flatMap((event) =>
    event.type === 'pageSize' ? [`${String(event.from)} to ${String(event.to)}`] : [],
  );
  if (String(told) !== String(changes)) {
    found.push(`the events tell of [${String(told)}], the server saw [${String(changes)}]`);
  }
  return found;
}
