import type { SchedulerLike } from 'rxjs';

import { RequestControllers } from '../core/request-signal';

import type { ExchangeSettings } from './exchange';
import type { WalkPlan } from './walk-plan';

const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_IDLE_TIMEOUT = 15_000;
const DEFAULT_BODY_BYTES = 64 * 1024 * 1024;
const DEFAULT_JSON_DEPTH = 512;

/** The bounds of every request of a walk. */
export function exchangeSettings(
  { options, transport }: WalkPlan,
  clock: SchedulerLike,
): ExchangeSettings {
  const { timeout = DEFAULT_TIMEOUT, idleTimeout = DEFAULT_IDLE_TIMEOUT, limits = {} } = options;
  const { bodyBytes = DEFAULT_BODY_BYTES, jsonDepth = DEFAULT_JSON_DEPTH } = limits;
  const limited = { bodyBytes, jsonDepth, idleTimeout };
  const controllers = new RequestControllers(transport);
  return { timeoutMs: timeout, clock, limits: limited, controllers };
}
