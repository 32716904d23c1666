/** The controllers of the walk's own signals, each of one request only. */
const controllers = new WeakMap<AbortSignal, AbortController>();

/** A controller of one request, which its transport may abort too. */
export function requestController(): AbortController {
  const controller = new AbortController();
  controllers.set(controller.signal, controller);
  return controller;
}

/**
 * A controller for one request that aborts with `signal`, and what lets go of the signal after it: the one behind the signal
 * where a walk made it for this request, else one of its own.
 */
export function controllerFor(signal: AbortSignal): LinkedController {
  const own = controllers.get(signal);
  return own === undefined
    ? linkedController(signal)
    : { controller: own, release: () => undefined };
}

/** A controller of its own that aborts with `signal`, for clients that leave listeners on what they are given. */
export function linkedController(signal: AbortSignal): LinkedController {
  const controller = new AbortController();
  const abort = () => {
    controller.abort(signal.reason);
  };
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return {
    controller,
    release: () => {
      signal.removeEventListener('abort', abort);
    },
  };
}

interface LinkedController {
  readonly controller: AbortController;
  readonly release: () => void;
}
