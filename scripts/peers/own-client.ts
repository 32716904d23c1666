import {
  cursorPagination,
  lastItem,
  linkPagination,
  numberPagination,
  paginate,
  type PaginationStrategy,
} from 'paged-observable';
import { fetchTransport } from 'paged-observable/fetch';

import type { PeerClient, PeerWalk } from './judge-peer';
import { TOKEN, type PeerFlavour } from './peer-lists';

type Row = { readonly id: unknown };

const strategies: Readonly<Record<PeerFlavour, PaginationStrategy<Row>>> = {
  link: linkPagination<Row>(),
  'next link': linkPagination<Row>({ items: '/value', next: '/nextLink' }),
  cursor: cursorPagination<Row>({ items: '/items', hasMore: '/has_more' }),
  'last item': cursorPagination<Row>({
    items: '/data',
    param: 'after',
    next: lastItem('/id'),
    hasMore: '/has_more',
  }),
  number: numberPagination<Row>({ items: '/items' }),
};

/** Every kind of list that this library is put to. */
export const ownFlavours = Object.keys(strategies) as readonly PeerFlavour[];

/** This library on fetch, with the time limit of the others, and `key` where no position of the server's tells pages apart. */
export const ownClient: PeerClient = ({ url, flavour }, signal) => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const list = paginate(fetchTransport({ baseUrl: url, headers }), '/items', {
    pagination: strategies[flavour],
    timeout: 3000,
    ...(flavour === 'last item' && { key: '/id' }),
    signal,
  });
  return new Promise<PeerWalk>((resolve) => {
    const items: unknown[] = [];
    list.subscribe({
      next: ({ id }) => items.push(id),
      error: (error: unknown) => {
        resolve({ items, error: String(error) });
      },
      complete: () => {
        resolve({ items });
      },
    });
  });
};
