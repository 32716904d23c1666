import fc from 'fast-check';
import { of } from 'rxjs';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport } from '../../lib/core/transport';
import { paginate } from '../../lib/paginate';
import { fromBase64Url } from '../../lib/protocol/base64url';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { anyCharacter } from '../support/any-character';
import { walkToEnd } from '../support/walk-result';

const PAGES = [
  [1, 2],
  [3, 4],
  [5, 6],
];

/** Pages by cursor; notes every request. */
function cursorServer(log: PageRequest[] = []): Transport {
  return (request) => {
    log.push(request);
    const at = Number(/cursor=c(\d)/.exec(requestUrl(request))?.[1] ?? 0);
    const body = { data: PAGES[at], next: at < PAGES.length - 1 ? `c${String(at + 1)}` : null };
    return of({ status: 200, headers: {}, url: requestUrl(request), body });
  };
}

const pagination = cursorPagination<number>({ items: '/data', next: '/next' });
const request: PageRequest = {
  method: 'POST',
  url: 'http://api.test/{folder}/items?sort=a',
  path: { folder: 'f1' },
  params: { size: 2, api_key: 'old-key' },
  headers: { authorization: 'Bearer old', 'x-trace': '1' },
  body: { filter: { kind: 'a' } },
};

async function tokenOf(options: { maxItems: number } = { maxItems: 3 }): Promise<string> {
  const list = paginate<number>(cursorServer(), request, { pagination });
  return (await walkToEnd(list, options)).event.resumeToken;
}

async function resume(changed: PageRequest, strategy = pagination, log: PageRequest[] = []) {
  const list = paginate<number>(cursorServer(log), changed, { pagination: strategy });
  return walkToEnd(list, { resumeFrom: await tokenOf() });
}

describe('a token of another walk', () => {
  const others: readonly (readonly [part: string, changed: PageRequest])[] = [
    ['method', { ...request, method: 'PUT' }],
    ['method', { ...request, method: undefined }],
    ['URL', { ...request, url: 'http://api.test/{folder}/items?sort=b' }],
    ['URL', { ...request, url: 'http://api.test/{folder}/items' }],
    ['URL', { ...request, url: 'http://api.test/{folder}/Items?sort=a' }],
    ['URL', { ...request, url: 'http://api2.test/{folder}/items?sort=a' }],
    ['params', { ...request, params: { ...request.params, size: 3 } }],
    ['params', { ...request, params: { ...request.params, size: '2' } }],
    ['params', { ...request, params: { ...request.params, more: '' } }],
    ['params', { ...request, params: { api_key: 'old-key' } }],
    ['params', { ...request, path: { folder: 'f2' } }],
    ['body', { ...request, body: { filter: { kind: 'b' } } }],
    ['body', { ...request, body: { filter: { kind: 'a', more: null } } }],
    ['body', { ...request, body: undefined }],
  ];

  it.each(others)(
    'is CHECKPOINT_MISMATCH, naming the %s, and nothing is requested (%#)',
    async (part, changed) => {
      const log: PageRequest[] = [];
      const { values, error } = await resume(changed, pagination, log);

      expect([values, log, error?.code]).toEqual([[], [], 'CHECKPOINT_MISMATCH']);
      expect(error?.message).toContain(`the request's ${part} is another`);
      expect(error?.resumeToken).toBe(await tokenOf());
    },
  );

  it.each([
    cursorPagination<number>({ items: '/data', next: '/other' }),
    cursorPagination<number>({ items: '/data', next: '/next', param: 'after' }),
    cursorPagination<number>({ items: '/next', next: '/next' }),
    cursorPagination<number>({ items: '/data', next: '/next', in: 'headers' }),
  ])('is CHECKPOINT_MISMATCH, naming the strategy (%#)', async (strategy) => {
    const log: PageRequest[] = [];
    const { error } = await resume(request, strategy, log);

    expect([log, error?.code]).toEqual([[], 'CHECKPOINT_MISMATCH']);
    expect(error?.message).toContain('the strategy is cursor(');
  });

  it('is CHECKPOINT_MISMATCH for a strategy of another kind', async () => {
    const list = paginate<number>(cursorServer(), request, {
      pagination: numberPagination<number>({ items: '/data' }),
    });
    const { error } = await walkToEnd(list, { resumeFrom: await tokenOf() });

    expect(error?.code).toBe('CHECKPOINT_MISMATCH');
    expect(error?.message).toContain('the strategy is number(');
  });
});

describe('a token of the same walk', () => {
  const same: readonly (readonly [what: string, changed: PageRequest])[] = [
    ['the key in its params was rotated', { ...request, params: { size: 2, api_key: 'new-key' } }],
    ['the key in its params is gone', { ...request, params: { size: 2 } }],
    ['the key in its URL was added', { ...request, url: `${request.url}&access_token=abc` }],
    ['its headers are others', { ...request, headers: { authorization: 'Bearer new' } }],
    ['its headers are gone', { ...request, headers: undefined }],
    ['its params stand in another order', { ...request, params: { api_key: 'k', size: 2 } }],
    [
      'a param that is left out is named',
      { ...request, params: { ...request.params, more: undefined } },
    ],
    ['the method is in lower case', { ...request, method: 'post' }],
    ['the URL has a fragment', { ...request, url: `${request.url}#top` }],
  ];

  it.each(same)('goes on where %s', async (_, changed) => {
    const { values, end } = await resume(changed);

    expect([values, end]).toEqual([[4, 5, 6], 'complete']);
  });
});

describe('a damaged token', () => {
  const list = () => {
    const log: PageRequest[] = [];
    return { log, list: paginate<number>(cursorServer(log), request, { pagination }) };
  };
  const codeOf = async (token: string): Promise<string> => {
    const { log, list: walked } = list();
    const { end, values, error } = await walkToEnd(walked, { resumeFrom: token });
    expect([values, log]).toEqual([[], []]);
    expect(error?.resumeToken).toBe(token);
    return end;
  };
  const CHARS = 'ABCxyz019-_.=+/ %\u00e9';

  it('is CHECKPOINT_CORRUPT whichever of its characters is another', async () => {
    const token = await tokenOf();
    for (let at = 0; at < token.length; at++) {
      const other = CHARS.charAt(at % CHARS.length);
      const near = String.fromCharCode(token.charCodeAt(at) ^ 1);
      for (const char of [other, near].filter((each) => each !== token[at])) {
        const damaged = token.slice(0, at) + char + token.slice(at + 1);
        expect([at, char, await codeOf(damaged)]).toEqual([at, char, 'CHECKPOINT_CORRUPT']);
      }
    }
  });

  it('is CHECKPOINT_CORRUPT wherever it is cut off, at its end or its beginning', async () => {
    const token = await tokenOf();
    for (let at = 0; at < token.length; at++) {
      expect([at, await codeOf(token.slice(0, at))]).toEqual([at, 'CHECKPOINT_CORRUPT']);
      if (at > 0) expect([at, await codeOf(token.slice(at))]).toEqual([at, 'CHECKPOINT_CORRUPT']);
    }
  });

  it('is CHECKPOINT_CORRUPT for what was never a token', async () => {
    const token = await tokenOf();
    const [, payload = '', sum = ''] = token.split('.');
    const wrong = [
      '',
      '.',
      '..',
      'po1',
      'po1.',
      'po1..',
      'null',
      '{}',
      token + token,
      `${token}.`,
      ` ${token}`,
      `${token}\n`,
      `po2.${payload}.${sum}`,
      `po0.${payload}.${sum}`,
      `po01.${payload}.${sum}`,
      `po.${payload}.${sum}`,
      `PO1.${payload}.${sum}`,
      `po1.${payload}.${sum.toUpperCase()}x`,
      `po1.${payload}.`,
      `po1.${payload}=.${sum}`,
    ];
    for (const text of wrong)
      expect([text, await codeOf(text)]).toEqual([text, 'CHECKPOINT_CORRUPT']);
  });

  it('says which version it is of', async () => {
    const { error } = await walkToEnd(list().list, {
      resumeFrom: (await tokenOf()).replace('po1', 'po2'),
    });

    expect(error?.message).toContain('version 2');
  });

  it('is CHECKPOINT_CORRUPT for random damage', async () => {
    const token = await tokenOf();
    const place = fc.integer({ min: 0, max: token.length - 1 });
    const damage = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 200 }),
      fc
        .tuple(place, fc.string({ minLength: 1, maxLength: 5 }))
        .map(([at, text]) => token.slice(0, at) + text + token.slice(at)),
      fc
        .tuple(place, fc.string({ minLength: 1, maxLength: 5 }))
        .map(([at, text]) => token.slice(0, at) + text + token.slice(at + text.length)),
      fc
        .tuple(place, fc.integer({ min: 1, max: 9 }))
        .map(([at, count]) => token.slice(0, at) + token.slice(at + count)),
      fc.tuple(place, place).map(([a, b]) => {
        const chars = Array.from(token);
        [chars[a], chars[b]] = [chars[b]!, chars[a]!];
        return chars.join('');
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        damage.filter((text) => text !== token),
        async (text) => {
          expect(await codeOf(text)).toBe('CHECKPOINT_CORRUPT');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is URL-safe text when whole', async () => {
    expect(await tokenOf()).toMatch(/^[\w.-]+$/);
  });
});

describe('a token and the secrets of its request', () => {
  const secrets = {
    header: 'Zq7-header-secret',
    apiKeyHeader: 'Zq7-api-key-header',
    cookie: 'Zq7-cookie',
    apiKey: 'Zq7 api&key=param/ü',
    accessToken: 'Zq7-access+token',
    urlToken: 'Zq7-url-token',
    user: 'Zq7-user',
    password: 'Zq7-password',
  };
  const url = `http://${secrets.user}:${secrets.password}@api.test/items?token=${secrets.urlToken}&kind=a`;
  const headers = {
    Authorization: `Bearer ${secrets.header}`,
    'X-Api-Key': secrets.apiKeyHeader,
    Cookie: `sid=${secrets.cookie}`,
  };
  const params = { api_key: secrets.apiKey, access_token: secrets.accessToken, size: 2 };

  /** Its links repeat every parameter they were asked with, as many servers' do. */
  const echoing =
    (relative: boolean, log: string[]): Transport =>
    (asked) => {
      const full = new URL(requestUrl(asked));
      log.push(full.search);
      const at = Number(full.searchParams.get('part') ?? 0);
      full.username = full.password = '';
      full.searchParams.set('part', String(at + 1));
      const link = relative ? `${full.pathname}${full.search}` : full.href;
      const reply: PageReply = {
        status: 200,
        headers: at < PAGES.length - 1 ? { link: `<${link}>; rel="next"` } : {},
        url: requestUrl(asked).replace(/\/\/.*@/, '//'),
        body: PAGES[at],
      };
      return of(reply);
    };

  const formsOf = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    btoa(encodeURIComponent(secret)),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(secret).toString('hex'),
  ];
  const decoded = (token: string) =>
    token
      .split('.')
      .map((part) => fromBase64Url(part) ?? part)
      .join(' ');

  it.each([
    ['absolute links that are followed', false, 'link'],
    ['relative links that are followed', true, 'link'],
    ['absolute links that are merged', false, 'merge'],
    ['relative links that are merged', true, 'merge'],
  ] as const)('have nothing in common with %s', async (_, relative, follow) => {
    const log: string[] = [];
    const list = paginate<number>(
      echoing(relative, log),
      { url, headers, params },
      { pagination: linkPagination<number>({ follow }) },
    );
    const whole = await walkToEnd(list);
    expect([whole.error, whole.values]).toEqual([undefined, [1, 2, 3, 4, 5, 6]]);
    for (let items = 1; items <= 6; items++) {
      const { event } = await walkToEnd(list, { maxItems: items });
      const text = decoded(event.resumeToken) + event.resumeToken;
      const found = Object.values(secrets)
        .flatMap(formsOf)
        .filter((form) => text.includes(form));
      expect(found).toEqual([]);

      // And the resumed walk sends its own credentials all the same.
      const rotated = { ...params, api_key: 'fresh key', access_token: 'fresh' };
      const fresh: string[] = [];
      const again = paginate<number>(
        echoing(relative, fresh),
        { url: url.replace(secrets.urlToken, 'fresh'), headers, params: rotated },
        { pagination: linkPagination<number>({ follow }) },
      );
      const rest = await walkToEnd(again, { resumeFrom: event.resumeToken });
      expect([rest.values, rest.end]).toEqual([[1, 2, 3, 4, 5, 6].slice(items), 'complete']);
      for (const query of fresh) {
        const sent = new URLSearchParams(query);
        expect(['api_key', 'access_token', 'token'].map((name) => sent.getAll(name))).toEqual([
          ['fresh key'],
          ['fresh'],
          ['fresh'],
        ]);
      }
    }
  });
});
