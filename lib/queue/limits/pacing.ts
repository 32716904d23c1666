/**
 * How much later than planned a request may arrive than the one before it, in seconds: by the timers and the load of its machine,
 * the way to the database and the way to the server.
 */
const JITTER = 0.15;

/** How requests are spaced so that a limit holds where they arrive. */
export interface Pacing {
  /** Requests a second in the long run. */
  readonly pace: number;
  /** Requests that may be planned for one moment. */
  readonly depth: number;
}

/**
 * A bucket of `depth` tokens, filled with `pace` a second, plans at most `depth + pace * w` requests in any `w` seconds. What
 * arrives within one second was planned within `1 + JITTER`; so these two are chosen that no second sees more than
 * `perSecond + burst`. A burst of about a seventh of the rate, or more, costs none of the rate.
 */
export function pacingOf(perSecond: number, burst: number): Pacing {
  const depth = Math.max(1, Math.floor(burst - perSecond * JITTER));
  return { depth, pace: Math.min(perSecond, (perSecond + burst - depth) / (1 + JITTER)) };
}
