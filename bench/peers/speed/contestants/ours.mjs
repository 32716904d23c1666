import { createRequire } from 'node:module';

import { fetchTransport } from '../../../../dist/node/fetch.mjs';
import { cursorPagination, numberPagination, paginate } from '../../../../dist/node/index.mjs';

// The copy that the library itself has, as in an application, and not that of the others here.
const { filter, from, map } = createRequire(import.meta.resolve('../../../../dist/index.js'))(
  'rxjs',
);

const byNumber = numberPagination({ items: '/items', totalPages: '/pages' });
const pagination = cursorPagination({ items: '/items', next: '/next_cursor' });
const URL = 'http://list.test/items';

const inMemory = (list, options) =>
  paginate(({ params }) => list.reply(params?.cursor), URL, { pagination, ...options });

const drain = (source, push) =>
  new Promise((resolve, reject) => {
    source.subscribe({ next: push, error: reject, complete: resolve });
  });

export default {
  name: '`paginate`',
  packages: [],
  each: (list, push) => drain(inMemory(list), push),
  iterate: (list) => inMemory(list),
  filtered: (list, push) =>
    drain(
      inMemory(list).pipe(
        filter(({ active }) => active),
        map(({ id }) => ({ id })),
      ),
      push,
    ),
  /** Gives up the page's own promises for a list whose pages are made anew each time. */
  slow: (fetch, work) =>
    paginate(({ params }) => fetch(params?.cursor).then(asReply), URL, { pagination }).forEach(
      work,
    ),
  /** @param how the page's position: by number the items are compared, by cursor the requests. */
  async http(url, push, how) {
    const transport = how.endsWith('axios')
      ? await overAxios(url)
      : fetchTransport({ baseUrl: url });
    const strategy = how.startsWith('number') ? byNumber : pagination;
    return drain(paginate(transport, '/items', { pagination: strategy }), push);
  },
  parallel: (fetch, push, concurrency, prefetch) =>
    drain(
      paginate(({ params }) => fetch(Number(params?.page ?? 1)).then(asReply), URL, {
        pagination: byNumber,
        concurrency,
        prefetch,
      }),
      push,
    ),
  async overlapped(url, work, prefetch) {
    const walk = paginate(fetchTransport({ baseUrl: url }), '/items', { pagination, prefetch });
    for await (const page of walk.pages()) await work(page.items);
  },
  pushed: (url, work, prefetch) =>
    drain(
      paginate(fetchTransport({ baseUrl: url }), '/items', { pagination, prefetch }).pages(),
      ({ items }) => work(items),
    ),
  /** One walk of pages of one item each, told every `step` pages. */
  million(pages, step, tell) {
    let at = 0;
    const reply = (place) => {
      const next = place + 1 < pages ? `p${place + 1}` : null;
      return {
        status: 200,
        headers: {},
        url: '',
        body: { items: [{ id: place }], next_cursor: next },
      };
    };
    const transport = ({ params }) => [reply(Number(params?.cursor?.slice(1) ?? 0))];
    return drain(
      paginate((request) => from(transport(request)), URL, { pagination }),
      () => {
        if (++at % step === 0) tell(at);
      },
    );
  },
};

/** Loaded only where it is walked over. */
async function overAxios(baseURL) {
  const [{ default: axios }, { axiosTransport }] = await Promise.all([
    import('axios'),
    import('../../../../dist/node/axios.mjs'),
  ]);
  return axiosTransport(axios.create({ baseURL }));
}

function asReply(body) {
  return { status: 200, headers: {}, url: '', body };
}
