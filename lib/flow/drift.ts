import type { Page } from '../core/page';
import { PaginationError } from '../core/pagination-error';
import type { PageReading } from '../core/pagination-strategy';
import type { Step } from '../core/step';

import { offsetOf } from './row-memory';
import type { WalkMemory } from './walk-memory';

/** Searches without anything new between them: then the list changes faster than it can be read. */
const SEARCHES = 3;
/** Pages looked at in one search, half of them in each direction. */
const LOOKS = 20;

/**
 * Whether rows may lie unseen before this page. While the order of a list stays, what a page holds behind a row that was
 * handed on is next to it, so that none is missed; a page without such a row says nothing.
 */
export function isGap(
  reading: PageReading,
  hasKnown: boolean,
  { rows, keys }: WalkMemory,
): boolean {
  if (hasKnown || rows.end === 0 || keys.isEmpty) return false;
  // Nothing behind the rows that were read is how the list ends.
  const isEnd = reading.items.length === 0 && offsetOf(reading) >= rows.end;
  return !isEnd || rows.search !== undefined;
}

/**
 * Where to look for known rows after a gap, onward and back in turn: rows put in before the position move them on, rows
 * taken out move them back. All that was handed on lies back, so that the steps double; after a resume only the last of it
 * is known, and a longer step could leap over that.
 *
 * @throws PaginationError `DRIFT`
 */
export function stepToKnown(page: Page, { rows, isPartial }: WalkMemory, overlap: number): Step {
  if (rows.search === undefined && rows.searches++ >= SEARCHES) throw drift();
  const search = (rows.search ??= { from: offsetOf(page.reading), tries: 0 });
  const stride = Math.max(overlap, rows.size);
  while (search.tries < LOOKS) {
    const tries = search.tries++;
    const turn = Math.floor(tries / 2);
    // Back first: there is no end to how far rows can be on.
    if (tries % 2 === 1) return { ...page.step, position: search.from + (turn + 1) * stride };
    const lookedBack = backwards(turn, stride, isPartial);
    const back = backwards(turn + 1, stride, isPartial);
    if (lookedBack < search.from) {
      return { ...page.step, position: Math.max(0, search.from - back) };
    }
  }
  throw drift();
}

function backwards(turn: number, stride: number, isPartial: boolean): number {
  return isPartial ? turn * stride : (2 ** turn - 1) * stride;
}

/**
 * The offset of the next page: `overlap` rows before the end of this one. A page cut short that has nothing new is the end
 * of the list, as far as can be seen; the next offset shows whether it is.
 */
export function overlapped(page: Page, next: number, memory: WalkMemory, overlap: number): number {
  const { length } = page.reading.items;
  const position = offsetOf(page.reading);
  if (page.items.length === 0 && length < memory.rows.size) return next;
  // A step that is longer than the page would leap over the rows to be met again.
  return Math.max(position + 1, Math.min(next, position + length) - overlap);
}

function drift(): PaginationError {
  return new PaginationError(
    'DRIFT',
    'The list has changed so much that no row handed on before is found near its place: rows may have been missed',
  );
}
