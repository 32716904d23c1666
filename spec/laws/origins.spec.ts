import { of } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport } from '../../lib/core/transport';
import { paginate } from '../../lib/paginate';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { walkToEnd } from '../support/walk-result';

const HOME = 'https://api.test/v1/items';
const headers = { authorization: 'Bearer planted' };

/** Answers the first request with a link and every other one with the last page; keeps every URL it is asked for. */
function linking(link: string, where: 'header' | 'body', replyUrl?: string) {
  const urls: string[] = [];
  const transport: Transport = (request) => {
    const url = requestUrl(request);
    const isFirst = urls.push(url) === 1;
    const reply: PageReply = {
      status: 200,
      headers: isFirst && where === 'header' ? { link: `<${link}>; rel="next"` } : {},
      url: replyUrl ?? url,
      body: { data: [urls.length], ...(isFirst && where === 'body' && { next: link }) },
    };
    return of(reply);
  };
  return { urls, transport };
}

const strategies = {
  header: linkPagination<number>({ items: '/data' }),
  body: linkPagination<number>({ items: '/data', next: '/next' }),
};

const foreign: readonly string[] = [
  'https://evil.test/v1/items?page=2',
  'https://api.test.evil.test/v1/items',
  'https://evil.test/api.test',
  'https://sub.api.test/v1/items',
  'https://api.test./v1/items',
  'https://api.test:8443/v1/items',
  'https://api.test:80/v1/items',
  'http://api.test/v1/items?page=2',
  'http://api.test:443/v1/items',
  'ws://api.test/v1/items',
  'ftp://api.test/v1/items',
  'https://user@api.test/v1/items',
  'https://user:secret@api.test/v1/items',
  'https://:@evil.test/',
  'https://api.test@evil.test/v1/items',
  'https://api.test%2F@evil.test/v1/items',
  'https://api.test:443@evil.test/',
  'file:///etc/passwd',
  'file://api.test/etc/passwd',
  'data:application/json,{"data":[1]}',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'blob:https://api.test/1234',
  'about:blank',
  'mailto:a@api.test',
  'view-source:https://api.test/',
  '//evil.test/v1/items',
  '///evil.test/v1/items',
  '////evil.test/v1/items',
  '/\\evil.test/v1/items',
  '\\\\evil.test\\v1\\items',
  '\\/evil.test/v1/items',
  'https:\\\\evil.test\\v1',
  'https:/\\evil.test',
  'https://evil.test\\@api.test/v1/items',
  'https://evil.test#@api.test/',
  'https://evil.test?@api.test/',
  'HTTPS://EVIL.TEST/',
  'https://127.0.0.1/v1/items',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://[::1]/v1/items',
  'https://[::ffff:127.0.0.1]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://localhost/v1/items',
  'https://xn--pi-7ka.test/', // a look-alike of the host
  'https://\u0430pi.test/v1/items', // with a Cyrillic letter
];
/** Only a body can hold these. */
const foreignInBody: readonly string[] = [
  'ht\ttps://evil.test/v1/items',
  'https:\n//evil.test/v1/items',
  'java\nscript:alert(1)',
  ' https://evil.test/v1/items',
  '\u0000https://evil.test/v1/items',
  '\t//evil.test/v1/items',
  '/\t/evil.test/v1/items',
  'https://evil.test/v1/items ',
  'https://evil.test\t/v1',
];

const table = [
  ...foreign.flatMap((link) =>
    (['header', 'body'] as const).map((where) => [where, link] as const),
  ),
  ...foreignInBody.map((link) => ['body', link] as const),
];

describe('a next link to somewhere else', () => {
  it.each(table)('in the %s is CROSS_ORIGIN before anything is sent: %j', async (where, link) => {
    const { urls, transport } = linking(link, where);
    const list = paginate<number>(
      transport,
      { url: HOME, headers },
      { pagination: strategies[where] },
    );

    const { values, error, event } = await walkToEnd(list);

    expect([values, error?.code]).toEqual([[1], 'CROSS_ORIGIN']);
    expect(urls).toEqual([HOME]);
    expect(event.attempts).toBe(1);
    // Nor does a walk that goes on from there.
    const again = await walkToEnd(list, { resumeFrom: event.resumeToken });
    expect(urls.filter((url) => url !== HOME)).toEqual([]);
    expect(again.values).toEqual([]);
  });

  it.each([...foreign, ...foreignInBody])(
    'is not sent where only its query is taken over: %j',
    async (link) => {
      const { urls, transport } = linking(link, 'body');
      const pagination = linkPagination<number>({ items: '/data', next: '/next', follow: 'merge' });

      await walkToEnd(paginate<number>(transport, { url: HOME, headers }, { pagination }));

      expect(urls.filter((url) => !url.startsWith(HOME))).toEqual([]);
    },
  );

  it.each(['http://api.test/v1/items?page=2', 'https://evil.test/', '//evil.test/x'])(
    'is CROSS_ORIGIN for a relative first request too, once a reply has told its origin: %s',
    async (link) => {
      const { urls, transport } = linking(link, 'body', HOME);
      const list = paginate<number>(transport, '/v1/items', { pagination: strategies.body });

      const { error } = await walkToEnd(list);

      expect([error?.code, urls]).toEqual(['CROSS_ORIGIN', ['/v1/items']]);
    },
  );

  it('is CROSS_ORIGIN where the origin is never known', async () => {
    const { urls, transport } = linking('https://api.test/v1/items?page=2', 'body');
    const list = paginate<number>(transport, '/v1/items', { pagination: strategies.body });

    const { error } = await walkToEnd(list);

    expect([error?.code, urls]).toEqual(['CROSS_ORIGIN', ['/v1/items']]);
  });

  it('is CROSS_ORIGIN where the reply itself claims to come from there', async () => {
    const { urls, transport } = linking('https://evil.test/2', 'body', 'https://evil.test/1');
    const list = paginate<number>(transport, HOME, { pagination: strategies.body });

    const { error } = await walkToEnd(list);

    expect([error?.code, urls]).toEqual(['CROSS_ORIGIN', [HOME]]);
  });

  it('is CROSS_ORIGIN for a relative link of a reply that claims to come from there', async () => {
    const { urls, transport } = linking('?page=2', 'body', 'https://evil.test/1');
    const list = paginate<number>(transport, HOME, { pagination: strategies.body });

    const { error } = await walkToEnd(list);

    expect([error?.code, urls]).toEqual(['CROSS_ORIGIN', [HOME]]);
  });
});

describe('a next link to the same origin', () => {
  const own: readonly (readonly [link: string, asked: string])[] = [
    ['https://api.test/v1/items?page=2', 'https://api.test/v1/items?page=2'],
    ['https://api.test:443/v1/items?page=2', 'https://api.test:443/v1/items?page=2'],
    ['HTTPS://API.TEST/v1/items?page=2', 'HTTPS://API.TEST/v1/items?page=2'],
    ['https://api.test/other/place', 'https://api.test/other/place'],
    ['https://api.test', 'https://api.test'],
    ['//api.test/v1/items?page=2', 'https://api.test/v1/items?page=2'],
    ['/v2/items', 'https://api.test/v2/items'],
    ['?page=2', 'https://api.test/v1/items?page=2'],
    ['next', 'https://api.test/v1/next'],
    ['../x?to=https://evil.test/', 'https://api.test/x?to=https://evil.test/'],
    ['/redirect?//evil.test', 'https://api.test/redirect?//evil.test'],
    ['./https://evil.test/', 'https://api.test/v1/https://evil.test/'],
    ['/v1/@evil.test', 'https://api.test/v1/@evil.test'],
  ];
  const both = own.flatMap((each) =>
    (['header', 'body'] as const).map((where) => [where, ...each] as const),
  );

  it.each(both)(
    'in the %s is followed with the headers of the first request: %s',
    async (where, link, asked) => {
      const seen: PageRequest[] = [];
      const { urls, transport } = linking(link, where);
      const noting: Transport = (request, signal) => {
        seen.push(request);
        return transport(request, signal);
      };
      const list = paginate<number>(
        noting,
        { url: HOME, headers },
        { pagination: strategies[where] },
      );

      const { values, end } = await walkToEnd(list);

      expect([values, end]).toEqual([[1, 2], 'complete']);
      expect(urls).toEqual([HOME, asked]);
      expect(seen.map((request) => request.headers)).toEqual([headers, headers]);
    },
  );
});
