import { of } from 'rxjs';

import { paginate, type PageReply, type PageRequest, requestUrl } from 'paged-observable';
import { walkToEnd } from '../support/walk-result';

const rows = Array.from({ length: 9 }, (_, id) => ({ id: `r${String(id)}` }));

/** Walks a list without a strategy; gives what came and how many requests were made. */
async function walk(
  request: PageRequest,
  answer: (sent: PageRequest, url: URL) => Pick<PageReply, 'body'> & Partial<PageReply>,
) {
  let requests = 0;
  const transport = (sent: PageRequest) => {
    requests++;
    const url = requestUrl(sent);
    return of({ status: 200, headers: {}, url, ...answer(sent, new URL(url)) });
  };
  const { values, end } = await walkToEnd(paginate(transport, request, { retry: false }));
  return { values, end, requests };
}

const after = (url: URL) => Number(url.searchParams.get('cursor') ?? 0);
const upTo = (from: number) => rows.slice(from, from + 3);

describe('a list that always leads on', () => {
  it('ends with an empty page where it is HAL with records', async () => {
    const root = 'https://api.test/ledgers?limit=3';
    const seen = await walk({ url: root }, (_, url) => {
      const [from, records] = [after(url), upTo(after(url))];
      const link = (cursor: number) => ({ href: `${root}&cursor=${String(cursor)}` });
      const next = link(from + records.length);
      return {
        body: { _links: { self: link(from), next, prev: link(1) }, _embedded: { records } },
      };
    });
    expect(seen).toEqual({ values: rows, end: 'complete', requests: 4 });
  });

  it('ends with an empty page where it has links to all pages in paging', async () => {
    const root = 'https://api.test/events';
    const seen = await walk({ url: `${root}?limit=3` }, (_, url) => {
      const from = Number(url.pathname.split('/')[2] ?? 0);
      const at = (place: number) => `${root}/${String(place)}`;
      const items = upTo(from);
      const paging = { next: at(from + items.length), previous: at(0), first: at(0), last: at(9) };
      return { body: { items, paging } };
    });
    expect(seen).toEqual({ values: rows, end: 'complete', requests: 4 });
  });

  it('ends with an empty page where documents have a bookmark', async () => {
    const body = { selector: {}, limit: 3 };
    const seen = await walk({ method: 'POST', url: 'https://api.test/_find', body }, (sent) => {
      const { bookmark = 'g0' } = sent.body as { readonly bookmark?: string };
      const docs = upTo(Number(bookmark.slice(1)));
      return { body: { docs, bookmark: `g${String(Number(bookmark.slice(1)) + docs.length)}` } };
    });
    expect(seen).toEqual({ values: rows, end: 'complete', requests: 4 });
  });

  it('is in a loop where it is of another kind', async () => {
    const root = 'https://api.test/events?limit=3';
    const seen = await walk({ url: root }, (_, url) => {
      const records = upTo(after(url));
      return { body: { records, next: `${root}&cursor=${String(after(url) + records.length)}` } };
    });
    expect(seen).toEqual({ values: rows, end: 'LOOP', requests: 4 });
  });
});

describe('a Link header whose next link says that it has no results', () => {
  const root = 'https://api.test/issues/';
  const link = (from: number, has: boolean) =>
    `<${root}?&cursor=${String(from)}>; rel="next"; results="${String(has)}"`;

  it('is the end', async () => {
    const seen = await walk({ url: root }, (_, url) => {
      const from = after(url);
      return { body: upTo(from), headers: { link: link(from + 3, from < 6) } };
    });
    expect(seen).toEqual({ values: rows, end: 'complete', requests: 3 });
  });

  it('is the end on the first page too, and another link does not say it', async () => {
    const headers = { link: `<${root}>; rel="previous"; results="false", ${link(3, false)}` };
    const one = await walk({ url: root }, () => ({ body: rows.slice(0, 10), headers }));
    expect(one).toEqual({ values: rows, end: 'complete', requests: 1 });
    const several = await walk({ url: root }, (_, url) => {
      const before = `<${root}>; rel="previous"; results="false"`;
      const next = after(url) < 6 ? `, <${root}?cursor=${String(after(url) + 3)}>; rel="next"` : '';
      return { body: upTo(after(url)), headers: { link: before + next } };
    });
    expect(several).toEqual({ values: rows, end: 'complete', requests: 3 });
  });
});
