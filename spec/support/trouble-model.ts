import type { ErrorCode } from '../../lib/core/pagination-error';
import type { RetryOptions } from '../../lib/core/retry-options';
import { failureOf, type Failure, type Trouble } from './trouble';

/** The troubles of each page, by its place, in the order of its attempts. */
export type Troubles = readonly (readonly Trouble[])[];

/** An attempt that fails, and the shortest and longest wait after it. */
export interface FailureModel extends Failure {
  readonly shortest: number;
  readonly longest: number;
}

/** The attempts at a page that fail, and what its walk ends with where no other follows. */
export interface PageModel {
  readonly failures: readonly FailureModel[];
  readonly end?: { readonly code: ErrorCode; readonly retryAfterMs?: number } | undefined;
}

export interface TroubleSettings {
  readonly retry: RetryOptions | false;
  readonly timeoutMs: number;
}

/** How the pages fare up to the first that fails for good, as FAULTS section 2 has it. */
export function pageModels(
  troubles: Troubles,
  pages: number,
  settings: TroubleSettings,
): readonly PageModel[] {
  const capacity = settings.retry === false ? Infinity : (settings.retry.budget ?? 500);
  const models: PageModel[] = [];
  let tokens = capacity;
  for (let place = 0; place < pages; place++) {
    const model = pageModel(troubles[place] ?? [], settings, tokens);
    models.push(model);
    if (model.end !== undefined) return models;
    const costs = model.failures.map(costOf);
    tokens -= costs.reduce((sum, cost) => sum + cost, 0);
    tokens = Math.min(capacity, tokens + (costs.at(-1) ?? 1));
  }
  return models;
}

function costOf({ status }: Failure): number {
  return status === 429 ? 5 : 14;
}

function pageModel(
  troubles: readonly Trouble[],
  { retry, timeoutMs }: TroubleSettings,
  tokens: number,
): PageModel {
  const { retries = 3, maxRetryAfter = 60_000 } = retry === false ? { retries: 0 } : retry;
  const failures: FailureModel[] = [];
  let left = tokens;
  for (const [at, trouble] of troubles.entries()) {
    const failure = failureOf(trouble, timeoutMs);
    const { askedMs } = failure;
    const stop = (code: ErrorCode, retryAfterMs?: number): PageModel => {
      failures.push({ ...failure, shortest: 0, longest: 0 });
      return { failures, end: { code, ...(retryAfterMs !== undefined && { retryAfterMs }) } };
    };
    if (retries === 0 || !failure.isRetried) return stop(failure.code);
    if (askedMs !== undefined && askedMs > maxRetryAfter) return stop('RATE_LIMITED', askedMs);
    if (at >= retries || left < costOf(failure)) return stop('RETRY_EXHAUSTED');
    left -= costOf(failure);
    failures.push({ ...failure, ...waitOf(failure, at, retry === false ? {} : retry) });
  }
  return { failures };
}

function waitOf({ askedMs, status }: Failure, retried: number, options: RetryOptions) {
  if (askedMs !== undefined) return { shortest: askedMs, longest: askedMs * 1.1 + 250 };
  const { baseDelay = status === 429 ? 1000 : 250, maxDelay = 30_000 } = options;
  const delay = Math.min(maxDelay, baseDelay * 2 ** retried);
  return { shortest: Math.floor(delay / 2), longest: Math.ceil(delay) };
}
