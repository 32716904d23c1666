import type { Transport } from '../core/transport';

import type { LimitDescription } from './export-description';

/**
 * Makes of a transport one that keeps a limit together with all others of its name, wherever they run.
 * @param timeout milliseconds for a reply, from when the request may be sent: waiting for that may take longer than a walk gives
 *   its attempts, so that the walk is to have `timeout: Infinity`. `Infinity` for none
 */
export type Limiter = (transport: Transport, limit: LimitDescription, timeout: number) => Transport;
