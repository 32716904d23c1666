import type { TransportLimits } from '../core/transport';

/** For a transport that is called outside of a walk. */
export const NO_LIMITS: TransportLimits = {
  bodyBytes: Infinity,
  jsonDepth: 512,
  idleTimeout: Infinity,
};
