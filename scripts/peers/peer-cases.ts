import { itemsOf, PAGES, SIZE } from '../../spec/support/fault-lists';

import type { PeerFlavour, PeerList } from './peer-lists';

/** One fault that every client whose kind of list can have it is put to. */
export interface PeerCase {
  /** Of the table of faults. */
  readonly id: string;
  readonly title: string;
  /** The best that can be done: all that is there, or to say that it cannot be had. */
  readonly best: 'exact' | 'error';
  /** The kinds of list it can happen in. @defaultValue all */
  readonly flavours?: readonly PeerFlavour[];
  /** What a walk to the end gives. @defaultValue the ids 0 to 99 */
  readonly items?: readonly number[];
  /** Over TLS. */
  readonly tls?: true;
  readonly list: (foreignOrigin: string) => PeerList;
}

const LEADING_ON: readonly PeerFlavour[] = ['link', 'next link', 'cursor', 'last item'];
const BY_LINK: readonly PeerFlavour[] = ['link', 'next link'];

/** Every id of the list, in order. */
export const ALL: readonly number[] = Array.from({ length: PAGES * SIZE }, (_, id) => id);

const body = JSON.stringify({ error: { type: 'lab', message: 'out of order' } });
const busy = { kind: 'reply', status: 503, body } as const;
const login = {
  kind: 'reply',
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><h1>Sign in</h1>',
} as const;

export const peerCases: readonly PeerCase[] = [
  faultCase('T0', 'nothing goes wrong', 'exact', undefined),
  faultCase('T1', 'reset in the middle of a body, once', 'exact', [
    { kind: 'reset', at: 'body', chunked: true },
  ]),
  faultCase('T2', 'body shorter than declared, once', 'exact', [{ kind: 'hang-up', at: 'body' }]),
  faultCase('T3', 'kept-alive connection closed, once', 'exact', [
    { kind: 'hang-up', at: 'start' },
  ]),
  faultCase('T4', '503 twice', 'exact', [busy, busy]),
  {
    id: 'T5',
    title: '429 with `Retry-After: 1`, for a second',
    best: 'exact',
    list: () => {
      let since: number | undefined;
      return {
        instead: (page) => {
          if (page !== 7) return undefined;
          since ??= performance.now();
          const isOver = performance.now() - since >= 1000;
          return isOver ? undefined : { status: 429, headers: { 'retry-after': '1' }, body };
        },
      };
    },
  },
  faultCase('T8', '401', 'error', { kind: 'reply', status: 401, body }),
  faultCase('T9', '503 for ever', 'error', busy),
  faultCase('T10', 'body stalls halfway, once', 'exact', [{ kind: 'stall', at: 'body' }]),
  {
    id: 'T15',
    title: 'redirect within the server (307)',
    best: 'exact',
    list: () => ({
      instead: (page, { target }) =>
        page === 7 && !target.startsWith('/moved')
          ? { status: 307, headers: { location: `/moved${target}` } }
          : undefined,
    }),
  },
  faultCase('T16', 'JSON cut short under status 200, once', 'exact', [{ kind: 'cut' }]),
  faultCase('T17', 'login page in HTML under status 200', 'error', login),
  {
    id: 'P1',
    title: 'page 3 leads to itself',
    best: 'error',
    flavours: LEADING_ON,
    list: () => ({ pages: { 3: { items: itemsOf(3), next: 3 } } }),
  },
  {
    id: 'P2',
    title: 'pages 2 and 3 lead to each other',
    best: 'error',
    flavours: LEADING_ON,
    list: () => ({ pages: { 3: { items: itemsOf(3), next: 2 } } }),
  },
  {
    id: 'P4',
    title: 'empty page in the middle that leads on',
    best: 'exact',
    flavours: ['link', 'next link', 'cursor'],
    items: ALL.filter((id) => id < 60 || id >= 70),
    list: () => ({ pages: { 7: { items: [], next: 8 } } }),
  },
  {
    id: 'P5',
    title: 'more is promised, and nothing leads to it',
    best: 'error',
    flavours: ['cursor', 'last item'],
    // Without an item no position can be made of the last one.
    list: () => ({ pages: { 7: { items: [], more: true } } }),
  },
  {
    id: 'P9',
    title: 'last page again for every number past the end',
    best: 'error',
    flavours: ['number'],
    list: () => ({ beyond: { items: itemsOf(PAGES) } }),
  },
  faultCase('P14', '204 in the middle', 'error', { kind: 'reply', status: 204 }),
  foreignCase('S1', 'next link to another port', {}),
  foreignCase('S2', 'next link from https to http', { tls: true }),
];

function faultCase(
  id: string,
  title: string,
  best: PeerCase['best'],
  fault: NonNullable<PeerList['faults']>[number] | undefined,
): PeerCase {
  const faults = fault === undefined ? {} : { 7: fault };
  return { id, title, best, list: () => ({ faults }) };
}

function foreignCase(id: string, title: string, how: Pick<PeerCase, 'tls'>): PeerCase {
  return {
    id,
    title,
    best: 'error',
    flavours: BY_LINK,
    ...how,
    list: (origin) => ({ pages: { 6: { items: itemsOf(6), next: 7, origin } } }),
  };
}
