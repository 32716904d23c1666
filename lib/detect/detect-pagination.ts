import { checkOptions, type Check } from '../core/check-options';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { isPointer } from '../strategy/selector';
import { detectionId, type DetectOptions } from './detect-options';

/**
 * What a walk without a strategy does: it finds out from the first request and its reply where the items are and how the list goes
 * on, and walks the rest by what it found. The first reply is the only one that is looked at; what was found in it is checked
 * on the second page before that page's items are handed on. The first request is sent as it is.
 *
 * Detection is loaded when the first reply is there (or before a token is gone on from), so that who names another strategy
 * does not ship it.
 *
 * Errors: `PROTOCOL` where it is not sure how the list goes on, with a message that says what it saw and which lines of
 * configuration would do; where the server ignores what the second request asked for; `BAD_SHAPE` where the reply holds no list;
 * `NETWORK` where detection cannot be loaded.
 *
 * @throws TypeError for an unknown or wrong option.
 */
export function detectPagination<T = unknown>(options: DetectOptions = {}): PaginationStrategy<T> {
  checkOptions('detectPagination', options, { threshold: isShare, items: isPointer });
  const unloaded = { start: <R>(request: R) => request, at: notLoaded, read: notLoaded };
  return {
    ...unloaded,
    id: detectionId(options.items),
    load: () => loadDetection<T>(options),
    restore: (id) => ({
      ...unloaded,
      id,
      load: async () => {
        const restored = (await loadDetection<T>(options)).restore?.(id);
        if (restored !== undefined) return restored;
        throw new PaginationError(
          'CHECKPOINT_MISMATCH',
          'The resume token is of another walk: its strategy is none that was detected',
        );
      },
    }),
  };
}

const isShare: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number between 0 and 1';

async function loadDetection<T>(options: DetectOptions): Promise<PaginationStrategy<T>> {
  let loaded;
  try {
    loaded = await import('./detecting-strategy');
  } catch (cause) {
    // A part of the program that a server did not send is asked for once more.
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PaginationError('NETWORK', `Detection could not be loaded: ${why}`);
  }
  return loaded.detectingStrategy<T>(options);
}

function notLoaded(): never {
  throw new Error('A strategy was used before it was loaded');
}
