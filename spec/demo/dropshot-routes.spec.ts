import { demoUsers } from '../../lib/demo/data-set';
import { encodeToken } from '../../lib/demo/opaque-token';
import { at, demoServer, get, listAt, logOf, textAt } from './demo-client';

const users = demoUsers(250);
const server = demoServer();
const dropshot = (query: string): string => `${server().url}/dropshot/users?${query}`;

describe('/dropshot/users', () => {
  it('ends a scan with an empty page that has no next_page', async () => {
    const first = await get(dropshot('limit=100&sort_by=created_at_descending'));
    const sequence = [first];
    let token = at(first.body, 'next_page');
    while (typeof token === 'string') {
      const page = await get(
        dropshot(`limit=100&sort_by=created_at_descending&page_token=${token}`),
      );
      sequence.push(page);
      token = at(page.body, 'next_page');
    }

    const sorted = [...users].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    expect(sequence.map(({ body }) => at(body, 'items'))).toEqual([
      sorted.slice(0, 100),
      sorted.slice(100, 200),
      sorted.slice(200),
      [],
    ]);
    expect(sequence.map(({ body }) => typeof at(body, 'next_page'))).toEqual([
      'string',
      'string',
      'string',
      'undefined',
    ]);
    expect(server().requestCount('/dropshot')).toBe(4);
  });

  it('has 50 items by default and lowers a limit above 100 silently', async () => {
    expect(at((await get(dropshot(''))).body, 'items')).toEqual(users.slice(0, 50));
    expect(at((await get(dropshot('limit=101'))).body, 'items')).toEqual(users.slice(0, 100));
    expect(at((await get(dropshot('limit=999999999'))).body, 'items')).toEqual(users.slice(0, 100));
  });

  it.each(['0', '-1', 'ten', 'NaN', '', '1.5', '1e1', '%2B5', '%205'])(
    'refuses limit=%s',
    async (limit) => {
      const { status, headers, body } = await get(dropshot(`limit=${limit}`));
      expect(status).toBe(400);
      expect(body).toEqual({
        error_code: 'InvalidRequest',
        message: `limit: expected a whole number of at least 1, got ${shown(limit)}`,
        request_id: headers.get('x-request-id'),
      });
    },
  );

  it('refuses a bad limit beside a token, too', async () => {
    const token = textAt((await get(dropshot('limit=2'))).body, 'next_page');
    expect((await get(dropshot(`limit=0&page_token=${token}`))).status).toBe(400);
  });

  it('takes sort and filters from the token and ignores those beside it', async () => {
    const first = await get(dropshot('limit=3&team=jade&active=true&sort_by=score_descending'));
    const token = textAt(first.body, 'next_page');
    const found = users
      .filter(({ team, active }) => team === 'jade' && active)
      .sort((a, b) => b.score - a.score);
    expect(at(first.body, 'items')).toEqual(found.slice(0, 3));

    const bare = await get(dropshot(`limit=3&page_token=${token}`));
    expect(at(bare.body, 'items')).toEqual(found.slice(3, 6));
    const others = await get(
      dropshot(`limit=3&page_token=${token}&team=ruby&active=maybe&sort_by=nonsense`),
    );
    expect(others.body).toEqual(bare.body);
  });

  it('needs parameters that are read apart from the scan on every page', async () => {
    const first = await get(dropshot('limit=1&view=brief'));
    expect(at(first.body, 'items')).toEqual(
      users.slice(0, 1).map(({ id, name }) => ({ id, name })),
    );
    const token = textAt(first.body, 'next_page');
    const without = await get(dropshot(`limit=1&page_token=${token}`));
    expect(at(without.body, 'items')).toEqual(users.slice(1, 2));
    const again = await get(dropshot(`limit=1&view=brief&page_token=${token}`));
    expect(at(again.body, 'items')).toEqual(
      users.slice(1, 2).map(({ id, name }) => ({ id, name })),
    );
  });

  it('refuses tokens that are damaged, too long or of another version', async () => {
    const token = textAt((await get(dropshot('limit=2'))).body, 'next_page');
    const foreign = encodeToken('dropshot', { v: 'v0', sort: 'id_ascending', start: 2 });
    const scan = { v: 'v1', sort: 'id_ascending', start: 2 };
    const long = encodeToken('dropshot', { ...scan, padding: 'x'.repeat(400) });
    expect(long.length).toBeGreaterThan(512);
    const fitting = encodeToken('dropshot', { ...scan, padding: 'x'.repeat(300) });
    expect(fitting.length).toBeLessThanOrEqual(512);

    for (const bad of [`${token}x`, token.slice(1), 'null', '', foreign, long]) {
      const { status, body } = await get(dropshot(`page_token=${bad}`));
      expect(status).toBe(400);
      expect(textAt(body, 'message')).toMatch(/^page_token: expected /);
    }
    expect((await get(dropshot(`page_token=${fitting}`))).status).toBe(200);
  });

  it('gives the same token for the same place', async () => {
    const [one, two] = [await get(dropshot('limit=5')), await get(dropshot('limit=5'))];
    expect(one.body).toEqual(two.body);
  });

  it('finds nothing with an empty page at once', async () => {
    expect((await get(dropshot('team=jade&team=ruby'))).status).toBe(400);
    expect((await get(dropshot('team=gold'))).status).toBe(400);
    const past = encodeToken('dropshot', { v: 'v1', sort: 'id_ascending', start: 250 });
    expect((await get(dropshot(`page_token=${past}`))).body).toEqual({ items: [] });
  });
});

describe('/dropshot/team-users', () => {
  it('requires team on the first page only', async () => {
    const url = `${server().url}/dropshot/team-users`;
    const missing = await get(`${url}?limit=2`);
    expect(missing.status).toBe(400);
    expect(missing.body).toEqual({
      error_code: 'InvalidRequest',
      message: 'team: expected one of amber, cobalt, jade, ruby, slate, got nothing',
      request_id: 'demo-1',
    });

    const first = await get(`${url}?limit=2&team=jade`);
    const token = textAt(first.body, 'next_page');
    const second = await get(`${url}?limit=2&page_token=${token}`);
    const jade = users.filter(({ team }) => team === 'jade');
    expect([...listAt(first.body, 'items'), ...listAt(second.body, 'items')]).toEqual(
      jade.slice(0, 4),
    );
    expect(logOf(server())).toEqual([
      'GET /dropshot/team-users?limit=2 400',
      'GET /dropshot/team-users?limit=2&team=jade 200',
      `GET /dropshot/team-users?limit=2&page_token=${token} 200`,
    ]);
  });
});

function shown(text: string): string {
  return /^\d+$/.test(text) ? text : JSON.stringify(decodeURIComponent(text));
}
