import { of } from 'rxjs';

import { linkPagination, paginate, type PageReply } from 'paged-observable';

import { record } from '../support/recorder';

/** Two pages, the first of which leads to the second by a header. */
function walked(headers: unknown) {
  let asked = 0;
  const url = 'http://api.test/rows';
  const reply = { status: 200, headers, url, body: [0] } as PageReply;
  const last: PageReply = { ...reply, headers: {}, body: [1] };
  const walk = paginate<number>(() => of(asked++ === 0 ? reply : last), url, {
    pagination: linkPagination<number>({ items: '' }),
    retry: false,
  });
  return record(walk);
}

const LINK = '<?page=2>; rel="next"';

describe('the headers of a transport written by hand', () => {
  it.each<[string, unknown]>([
    ['in lower case', { link: LINK }],
    ['with capitals', { Link: LINK, 'Content-Type': 'application/json' }],
    ['in capitals', { LINK }],
    ['as Headers', new Headers({ Link: LINK })],
    ['as a Map', new Map([['Link', LINK]])],
    ['as pairs', [['Link', LINK]]],
    ['without a prototype', Object.assign(Object.create(null) as object, { Link: LINK })],
  ])('are read %s', (_, headers) => {
    expect(walked(headers).notifications).toEqual({ values: [0, 1], errors: 0, completions: 1 });
  });

  it.each(['text', 5, null])('are refused where they are %j', (headers) => {
    const { error, values } = walked(headers);
    expect([error.code, values]).toEqual(['BAD_SHAPE', []]);
    expect(error.message).toMatch(/^Expected the headers of a reply as an object, got /);
  });

  it('may be left out', () => {
    expect(walked(undefined).notifications).toEqual({ values: [0], errors: 0, completions: 1 });
  });
});
