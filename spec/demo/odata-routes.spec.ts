import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get, listAt, textAt } from './demo-client';

const users = demoUsers(120);
const server = demoServer({ users: 120 });
const ask = (target: string, headers?: Record<string, string>): ReturnType<typeof get> =>
  get(`${server().url}/odata/${target}`, headers);

describe('/odata', () => {
  it('links from page to page and ends with a delta link, the count on every page', async () => {
    const first = await ask('users?$count=true');
    const second = await get(textAt(first.body, '@odata.nextLink'));
    const third = await get(textAt(second.body, '@odata.nextLink'));
    const context = `${server().url}/odata/$metadata#users`;
    const origin = server().url;
    const links = [first, second].map(({ body }) => textAt(body, '@odata.nextLink'));
    for (const link of links) {
      expect(link.startsWith(`${origin}/odata/users?$skiptoken=`)).toBe(true);
      expect(link.endsWith('&$count=true')).toBe(true);
    }
    const common = { '@odata.context': context, '@odata.count': 120 };
    expect([first.body, second.body, third.body]).toEqual([
      { ...common, value: users.slice(0, 50), '@odata.nextLink': links[0] },
      { ...common, value: users.slice(50, 100), '@odata.nextLink': links[1] },
      {
        ...common,
        value: users.slice(100),
        '@odata.deltaLink': `${origin}/odata/users?$deltatoken=unchanged&$count=true`,
      },
    ]);
    const delta = await get(textAt(third.body, '@odata.deltaLink'));
    expect([at(delta.body, 'value'), at(delta.body, '@odata.deltaLink')]).toEqual([
      [],
      at(third.body, '@odata.deltaLink'),
    ]);
  });

  it('leaves the count out unless asked', async () => {
    for (const query of ['', '?$count=false']) {
      const { body } = await ask(`users${query}`);
      expect(at(body, '@odata.count')).toBeUndefined();
      expect(textAt(body, '@odata.nextLink')).not.toContain('$count');
    }
  });

  it('keeps $skip, $top and the preferred page size across links', async () => {
    const prefer = { Prefer: 'respond-async, odata.maxpagesize=30' };
    const sizes: number[] = [];
    const seen: unknown[] = [];
    let page = await ask('users?$skip=10&$top=70', prefer);
    for (;;) {
      const value = listAt(page.body, 'value');
      sizes.push(value.length);
      seen.push(...value);
      const next = at(page.body, '@odata.nextLink');
      if (typeof next !== 'string') break;
      page = await get(next);
    }
    expect(sizes).toEqual([30, 30, 10]);
    expect(seen).toEqual(users.slice(10, 80));
    expect(at((await ask('users', { Prefer: 'maxpagesize=0' })).body, 'value')).toHaveLength(50);
    expect(at((await ask('users?$top=0')).body, '@odata.nextLink')).toBeUndefined();
  });

  it('writes relative links', async () => {
    const link = textAt((await ask('relative/users')).body, '@odata.nextLink');
    expect(link).toMatch(/^users\?\$skiptoken=[\w-]+$/);
    const next = await get(new URL(link, `${server().url}/odata/relative/users`).href);
    expect(at(next.body, 'value')).toEqual(users.slice(50, 100));
  });

  it('refuses bad values and options it does not know', async () => {
    expect(await ask('users?$skiptoken=abc')).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'BadRequest',
          message: '$skiptoken: expected a token of this list, got "abc"',
          target: '$skiptoken',
        },
      },
    });
    for (const [query, target] of [
      ['$top=-1', '$top'],
      ['$skip=x', '$skip'],
      ['$count=yes', '$count'],
      ['$deltatoken=', '$deltatoken'],
    ]) {
      const { status, body } = await ask(`users?${String(query)}`);
      expect([status, at(body, 'error', 'target')]).toEqual([400, target]);
    }
    const filter = await ask('users?$filter=active');
    expect([filter.status, at(filter.body, 'error', 'target')]).toEqual([501, '$filter']);
  });
});
