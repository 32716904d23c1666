import type { Transport } from '../core/transport';

import type { LimitDescription } from './export-description';

/** Makes of a transport one that keeps a limit together with all others of its name, wherever they run. */
export type Limiter = (transport: Transport, limit: LimitDescription) => Transport;
