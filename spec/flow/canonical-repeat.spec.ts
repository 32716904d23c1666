import { of } from 'rxjs';

import { linkPagination, paginate, type PageRequest, type Transport } from 'paged-observable';

import { record } from '../support/recorder';

const pagination = linkPagination<number>({ items: '/data', next: '/next' });

/** How often a list is asked for that begins at `first` and links to `link` from there on, and how that ends. */
function walked(first: string, link: string, { baseUrl, url }: { baseUrl?: string; url?: string }) {
  let asked = 0;
  const transport: Transport = Object.assign(
    (request: PageRequest) => {
      const body = { data: [asked++], next: link };
      return of({ status: 200, headers: {}, url: url ?? request.url, body });
    },
    baseUrl === undefined ? {} : { baseUrl },
  );
  const seen = record(paginate(transport, first, { pagination }));
  return [asked, seen.values.length, seen.error.code];
}

describe('a link to the page itself, written in another way,', () => {
  it.each([
    ['http://h.test/rows?page=3', 'http://h.test:80/rows?page=3'],
    ['http://h.test/rows?page=3', 'http://H.TEST/rows?page=3'],
    ['http://h.test/rows?page=3', 'HTTP://h.test/rows?page=3'],
    ['http://H.test:80/rows?page=3', 'http://h.test/rows?page=3'],
    ['https://h.test/rows?page=3', 'https://h.test:443/rows?page=3'],
    ['http://h.test:8080/rows?page=3', 'http://H.TEST:8080/rows?page=3'],
    ['http://[::1]/rows?page=3', 'http://[::1]:80/rows?page=3'],
    ['http://h.test?page=3', 'http://h.test:80/?page=3'],
    ['http://h.test', 'http://H.test/'],
    ['http://user:Key@h.test/rows?page=3', 'http://h.test:80/rows?page=3'],
  ])('is a repeat: %s, %s', (first, link) => {
    expect(walked(first, link, {})).toEqual([1, 1, 'LOOP']);
  });

  it.each([
    ['the URL that answered', { url: 'http://h.test/rows?page=3' }],
    ['the base of its transport', { baseUrl: 'http://h.test' }],
    ['a base written otherwise', { baseUrl: 'http://h.test:80/' }],
  ])('is a repeat of a relative one, known by %s', (_, known) => {
    for (const link of ['http://H.TEST/rows?page=3', 'http://h.test:80/rows?page=3']) {
      const settings = { baseUrl: 'http://h.test', ...known };
      expect(walked('/rows?page=3', link, settings)).toEqual([1, 1, 'LOOP']);
    }
  });

  it.each([
    'http://h.test/Rows?page=3',
    'http://h.test/rows?page=3x',
    'http://h.test/rows/?page=3',
    'http://h.test/rows?Page=3',
  ])('is none where its path or query is another: %s', (link) => {
    expect(walked('http://h.test/rows?page=3', link, {})).toEqual([2, 2, 'LOOP']);
  });
});
