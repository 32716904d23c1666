import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';

/**
 * What a walk without a strategy does: it finds out how the list is paged. Detection is loaded when the first reply is there (or
 * before a token is gone on from), so that who names a strategy does not ship it.
 */
export function defaultPagination<T = unknown>(): PaginationStrategy<T> {
  const unloaded = { start: <R>(request: R) => request, at: notLoaded, read: notLoaded };
  return {
    ...unloaded,
    id: 'detect',
    load: () => loadDetection<T>(),
    restore: (id) => ({
      ...unloaded,
      id,
      load: async () => {
        const restored = (await loadDetection<T>()).restore?.(id);
        if (restored !== undefined) return restored;
        throw new PaginationError(
          'CHECKPOINT_MISMATCH',
          'The resume token is of another walk: its strategy is none that was detected',
        );
      },
    }),
  };
}

async function loadDetection<T>(): Promise<PaginationStrategy<T>> {
  let loaded;
  try {
    loaded = await import('./detect-pagination');
  } catch (cause) {
    // A part of the program that a server did not send is asked for once more.
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PaginationError('NETWORK', `Detection could not be loaded: ${why}`);
  }
  return loaded.detectPagination<T>();
}

function notLoaded(): never {
  throw new Error('A strategy was used before it was loaded');
}
