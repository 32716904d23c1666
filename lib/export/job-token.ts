import type { PagedObservable } from '../core/paged-observable';
import type { EndEvent, WalkEvent } from '../core/walk-event';
import type { WalkOptions } from '../core/walk-options';

/** The token of where the walk of a list begins; asks the server nothing. */
export async function firstToken(paged: PagedObservable<unknown>): Promise<string> {
  return (await walkNothing(paged, {}))?.resumeToken ?? '';
}

/**
 * Asks the server nothing.
 * @throws PaginationError `CHECKPOINT_MISMATCH` or `CHECKPOINT_CORRUPT` where the token is not one of this list
 */
export async function checkToken(paged: PagedObservable<unknown>, token: string): Promise<void> {
  await walkNothing(paged, { resumeFrom: token });
}

/** A walk that has reached its cap before its first page says where it stands, and reads the token it resumes from. */
async function walkNothing(
  paged: PagedObservable<unknown>,
  options: WalkOptions,
): Promise<EndEvent | undefined> {
  let end: EndEvent | undefined;
  const events = {
    next: (event: WalkEvent) => {
      if (event.type === 'end') end = event;
    },
  };
  await paged.with({ ...options, maxPages: 0, events }).forEach(() => undefined);
  return end;
}
