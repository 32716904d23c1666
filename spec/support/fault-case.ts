import { ranges, type Facts, type WalkedList } from './fault-walk';
import type { LabTransport } from './lab-transports';

/** One line of the table of faults: what is to be seen, and how to see it. */
export interface FaultCase {
  /** As the table has it; a suffix tells variants apart. */
  readonly id: string;
  readonly title: string;
  readonly expected: Facts;
  readonly observe: (lab: LabTransport) => Promise<Facts>;
}

/** What a transport cannot let be seen, or shows otherwise, and why. */
export interface Exception {
  readonly transport: string;
  readonly id: string;
  readonly fact: string;
  readonly expected: unknown;
  readonly reason: string;
}

const NOTHING = { requests: 0, events: 0, timers: 0 };

/** All hundred items, each once and in order, then one completion. */
export function exact(differing: Facts = {}): Facts {
  const { attempts = 10, ...facts } = differing;
  return {
    items: '0..99',
    end: 'complete',
    requests: '1..10',
    retries: [],
    endEvents: [`exhausted: 10 pages, 100 items, ${String(attempts)} attempts`],
    afterTheEnd: NOTHING,
    ...facts,
  };
}

/** Exact after these failures of page 7. */
export function exactAfter(retries: readonly string[], differing: Facts = {}): Facts {
  const requests = `1..7,${'7,'.repeat(retries.length - 1)}7..10`;
  return exact({ attempts: 10 + retries.length, requests, retries, ...differing });
}

interface Failure {
  readonly code: string;
  readonly status?: number;
  /** Attempts at the failing page. @defaultValue 1 */
  readonly attempts?: number;
  /** What each attempt came to. @defaultValue the code and status */
  readonly history?: readonly string[];
  /** Pages delivered before. @defaultValue 6 */
  readonly pages?: number;
}

/** The items before the fault, then one error; once the list is well, its token gives the rest. */
export function failedWith(
  { code, status, attempts = 1, history, pages = 6 }: Failure,
  differing: Facts = {},
): Facts {
  const one = status === undefined ? code : `${code} ${String(status)}`;
  const failed = String(pages + 1);
  const items = pages * 10;
  return {
    items: ranges(Array.from({ length: items }, (_, id) => id)),
    end: code,
    requests: `1..${failed}${`,${failed}`.repeat(attempts - 1)}`,
    retries: (history ?? []).slice(0, -1).map((text) => text.split(' ')[0]),
    endEvents: [
      `error ${code}: ${String(pages)} pages, ${String(items)} items, ${String(pages + attempts)} attempts`,
    ],
    afterTheEnd: NOTHING,
    error: { attempts, status, pageIndex: pages, itemsEmitted: items, history: history ?? [one] },
    resumed: { items: `${String(items)}..99`, end: 'complete', requests: `${failed}..10` },
    ...differing,
  };
}

/** A page was delivered, and what it says of the next one is refused; its token asks it again for that alone. */
export function refusedAfter(code: string, pages: number, differing: Facts = {}): Facts {
  const items = pages * 10;
  return {
    items: ranges(Array.from({ length: items }, (_, id) => id)),
    end: code,
    requests: `1..${String(pages)}`,
    retries: [],
    endEvents: [
      `error ${code}: ${String(pages)} pages, ${String(items)} items, ${String(pages)} attempts`,
    ],
    afterTheEnd: NOTHING,
    error: {
      attempts: 1,
      status: 200,
      pageIndex: pages - 1,
      itemsEmitted: items,
      history: [],
    },
    resumed: { items: `${String(items)}..99`, end: 'complete', requests: `${String(pages)}..10` },
    ...differing,
  };
}

/** Whether a measure lies between two bounds, as a fact that says by how much it does not. */
export function within(value: number | undefined, low: number, high: number): string {
  const bounds = `${String(low)} to ${String(high)}`;
  if (value !== undefined && value >= low && value <= high) return `within ${bounds}`;
  return `${value === undefined ? 'nothing' : value.toFixed(1)}, not within ${bounds}`;
}

/** The same with the narrowest of some upper bounds: the wider ones are for transports that cannot keep to it. */
export function narrowest(value: number | undefined, highs: readonly number[], low = 0): string {
  const fits = highs.find((high) => (value ?? Infinity) <= high);
  return within(value, low, fits ?? highs.at(-1) ?? low);
}

/** The milliseconds between an attempt at a page (from 1) and the next one. */
export function gap({ server }: WalkedList, page: number, attempt = 1): number | undefined {
  const asked = server.requests.filter((request) => request.page === page);
  const [from, to] = [asked[attempt - 1], asked[attempt]];
  return from === undefined || to === undefined ? undefined : to.at - from.at;
}

/** What is to be seen on this transport. */
export function expectedOn(
  { id, expected }: FaultCase,
  { name }: LabTransport,
  exceptions: readonly Exception[],
): Facts {
  const own = exceptions.filter((one) => one.transport === name && one.id === id);
  return { ...expected, ...Object.fromEntries(own.map((one) => [one.fact, one.expected])) };
}
