import type { Transport } from './transport';

/** The controllers of the walk's own signals. */
const controllers = new WeakMap<AbortSignal, AbortController>();

/** A controller which the transport may abort too. */
function requestController(): AbortController {
  const controller = new AbortController();
  controllers.set(controller.signal, controller);
  return controller;
}

/** Node warns of a leak from the eleventh listener of one signal on. */
const MOST_REQUESTS = 8;

/**
 * The controllers of a walk's requests. A signal costs more to make than all else about a page from memory, so a function that
 * names no parameter for it gets the same one for eight requests, one after another, of which none was aborted. Should it read
 * the signal all the same (`...rest`, `arguments`), it is one that aborts.
 */
export class RequestControllers {
  readonly #isShared: boolean;
  #idle: AbortController | undefined;
  #served = 0;

  constructor(transport: Transport) {
    this.#isShared = transport.length < 2;
  }

  take(): AbortController {
    const idle = this.#idle;
    if (idle === undefined) return requestController();
    this.#idle = undefined;
    return idle;
  }

  /** A request is over, and was not aborted. */
  giveBack(controller: AbortController): void {
    if (!this.#isShared || this.#idle !== undefined || ++this.#served % MOST_REQUESTS === 0) return;
    this.#idle = controller;
  }
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
