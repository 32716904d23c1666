type Headers = Readonly<Record<string, string>>;

/** Above this a reset is a time and no span: half a minute of 1970 would be a span of 31 years. */
const EPOCH_SECONDS = 1_000_000_000;
const EPOCH_MILLISECONDS = EPOCH_SECONDS * 1000;

const NONE: readonly Quota[] = [];
/** The pairs of fields. Every page looks for them, so their names are written once. */
const SEPARATE = ['ratelimit', 'x-ratelimit', 'x-rate-limit'].map((prefix) => ({
  left: `${prefix}-remaining`,
  reset: `${prefix}-reset`,
}));

/** What a reply says is left; `waitMs` is absent where the reset is past or not said. */
interface Quota {
  readonly remaining: number;
  readonly waitMs: number | undefined;
}

/**
 * Milliseconds until more requests are allowed, where a reply says that none is left: `RateLimit` (in both forms of its
 * drafts), else `RateLimit-Remaining` and `-Reset`, else the same with `X-`, whose reset is a span or a time. `undefined`
 * where something is left, the reset is now, or nothing is said.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function readRateLimitWait(headers: Headers, now: number): number | undefined {
  const combined = headers['ratelimit'];
  const quotas =
    (combined === undefined ? undefined : readCombined(combined)) ?? readSeparate(headers, now);
  if (quotas.length === 0) return undefined;
  const waits = quotas.flatMap(({ remaining, waitMs }) =>
    remaining === 0 && waitMs !== undefined ? [waitMs] : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** `limit=100, remaining=0, reset=30`, and since draft 8 `"default";r=0;t=30` for each policy. */
function readCombined(text: string): readonly Quota[] | undefined {
  const quotas = text
    .slice(0, 2000)
    .split(/,(?=\s*")/)
    .flatMap((policy) => {
      const named = policy.replace(/^\s*"(?:[^"\\]|\\.)*"/, ''); // a name may look like a parameter
      const remaining = readWhole(/(?:^|[;,\s])(?:remaining|r)\s*=\s*(\d+)/i.exec(named)?.[1]);
      const reset = readWhole(/(?:^|[;,\s])(?:reset|t)\s*=\s*(\d+)/i.exec(named)?.[1]);
      return remaining === undefined ? [] : [{ remaining, waitMs: spanOf(reset, 0) }];
    });
  return quotas.length === 0 ? undefined : quotas;
}

function readSeparate(headers: Headers, now: number): readonly Quota[] {
  for (const { left, reset } of SEPARATE) {
    const remaining = readWhole(headers[left]);
    if (remaining === undefined) continue;
    return [{ remaining, waitMs: waitOf(readNumber(headers[reset]), now) }];
  }
  return NONE;
}

function waitOf(reset: number | undefined, now: number): number | undefined {
  if (reset === undefined || reset < EPOCH_SECONDS) return spanOf(reset, 0);
  return spanOf(reset < EPOCH_MILLISECONDS ? reset : reset / 1000, now);
}

function spanOf(seconds: number | undefined, now: number): number | undefined {
  const span = seconds === undefined ? 0 : Math.ceil(seconds * 1000 - now);
  return span > 0 ? span : undefined;
}

function readWhole(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}(?:\.\d{1,9})?\s*$/.test(text)
    ? Number(text)
    : undefined;
}
