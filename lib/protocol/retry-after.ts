type Headers = Readonly<Record<string, string>>;

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7). */
const FIXED = /^[a-z]{3}, (\d{2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) gmt$/i;
/** `Sunday, 06-Nov-94 08:49:37 GMT`, obsolete (RFC 850). */
const RFC_850 = /^[a-z]{6,9}, (\d{2})-([a-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) gmt$/i;
/** `Sun Nov  6 08:49:37 1994`, obsolete (asctime). */
const ASCTIME = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i;

/**
 * Milliseconds a reply asks to wait before the next request: `retry-after-ms`, else `Retry-After` in seconds or as a date
 * (RFC 9110 section 10.2.3). `undefined` for what is missing, unusable, negative or past.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  return readNumber(headers['retry-after-ms'], 1) ?? readSeconds(headers['retry-after'], now);
}

function readSeconds(text: string | undefined, now: number): number | undefined {
  const seconds = readNumber(text, 1000);
  if (seconds !== undefined || text === undefined) return seconds;
  const date = readHttpDate(text.trim(), now);
  return date === undefined || date <= now ? undefined : date - now;
}

/** However many digits there are: who asks for an eternity is not to be asked again at once. */
function readNumber(text: string | undefined, unit: number): number | undefined {
  if (text === undefined || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return undefined;
  return Math.min(Math.ceil(Number(text) * unit), Number.MAX_SAFE_INTEGER);
}

/** Milliseconds since 1970 of any of the three forms of an HTTP date. */
export function readHttpDate(text: string, now: number): number | undefined {
  const fixed = FIXED.exec(text);
  if (fixed !== null) {
    const [, day, month, year, ...time] = fixed;
    return dateOf(Number(year), month, day, time);
  }
  const old = RFC_850.exec(text);
  if (old !== null) {
    const [, day, month, year, ...time] = old;
    return dateOf(fullYear(Number(year), now), month, day, time);
  }
  const asctime = ASCTIME.exec(text);
  if (asctime === null) return undefined;
  const [, month, day, hour, minute, second, year] = asctime;
  return dateOf(Number(year), month, day, [hour, minute, second]);
}

/** A year of two digits that seems to be more than 50 years ahead is one of the past century. */
function fullYear(short: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + short;
  return year > thisYear + 50 ? year - 100 : year;
}

function dateOf(
  year: number,
  monthName: string | undefined,
  day: string | undefined,
  time: readonly (string | undefined)[],
): number | undefined {
  const month = MONTHS.indexOf(monthName?.toLowerCase() ?? '');
  const [hour, minute, second] = time.map(Number);
  if (month < 0 || hour === undefined || minute === undefined || second === undefined) {
    return undefined;
  }
  if (hour > 23 || minute > 59 || second > 60) return undefined; // 60 is a leap second
  const date = new Date(0);
  date.setUTCFullYear(year, month, Number(day)); // `Date.UTC` takes the year 50 for 1950
  if (date.getUTCDate() !== Number(day)) return undefined;
  return date.setUTCHours(hour, minute, second);
}
