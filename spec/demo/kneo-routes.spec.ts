import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get } from './demo-client';

const users = demoUsers(7);
const server = demoServer({ users: 7 });
const ask = (target: string): ReturnType<typeof get> => get(`${server().url}${target}`);

describe('/kneo', () => {
  it('repeats the figures beside the items, which are under the name of the resource', async () => {
    const figures = { total: 7, limit: 3, sort_by: 'id', sort_order: 'asc' };
    expect((await ask('/kneo/runs?limit=3&offset=0')).body).toEqual({
      runs: users.slice(0, 3),
      count: 3,
      offset: 0,
      ...figures,
    });
    expect((await ask('/kneo/runs?limit=3&offset=3')).body).toEqual({
      runs: users.slice(3, 6),
      count: 3,
      offset: 3,
      ...figures,
    });
    expect((await ask('/kneo/runs?limit=3&offset=6')).body).toEqual({
      runs: users.slice(6),
      count: 1,
      offset: 6,
      ...figures,
    });
    expect((await ask('/kneo/users?limit=3&offset=7')).body).toEqual({
      users: [],
      count: 0,
      offset: 7,
      ...figures,
    });
  });

  it('has a limit of 100 and an offset of 0 unless told', async () => {
    expect((await ask('/kneo/users')).body).toMatchObject({ count: 7, limit: 100, offset: 0 });
  });

  it('takes limits from 1 to 1000', async () => {
    expect(at((await ask('/kneo/users?limit=1')).body, 'count')).toBe(1);
    expect(at((await ask('/kneo/users?limit=1000')).body, 'limit')).toBe(1000);
    for (const limit of ['0', '1001', '-1', 'x', '']) {
      const { status, headers, body } = await ask(`/kneo/users?limit=${limit}`);
      expect(status).toBe(400);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(at(body, 'parameter')).toBe('limit');
    }
    expect(at((await ask('/kneo/users?offset=-1')).body, 'parameter')).toBe('offset');
  });

  it('sorts by a field, equal ones in server order in both directions', async () => {
    const ascending = (await ask('/kneo/users?sort_by=team')).body;
    const byTeam = [...users].sort((a, b) => (a.team < b.team ? -1 : a.team > b.team ? 1 : 0));
    expect(ascending).toMatchObject({ sort_by: 'team', sort_order: 'asc', users: byTeam });

    const descending = (await ask('/kneo/users?sort_by=team&sort_order=desc')).body;
    const down = [...users].sort((a, b) => (a.team < b.team ? 1 : a.team > b.team ? -1 : 0));
    expect(descending).toMatchObject({ sort_by: 'team', sort_order: 'desc', users: down });

    expect(at((await ask('/kneo/users?sort_order=desc')).body, 'users')).toEqual(
      [...users].reverse(),
    );
    expect(at((await ask('/kneo/users?sort_by=password')).body, 'parameter')).toBe('sort_by');
    expect(at((await ask('/kneo/users?sort_order=up')).body, 'parameter')).toBe('sort_order');
  });

  it('filters before it counts', async () => {
    const active = users.filter((user) => user.active);
    expect(active.length).toBeLessThan(7);
    expect((await ask('/kneo/users?active=true&limit=2')).body).toMatchObject({
      users: active.slice(0, 2),
      count: 2,
      total: active.length,
    });
    expect(at((await ask('/kneo/users?active=1')).body, 'parameter')).toBe('active');
  });

  it('leaves the total out where asked', async () => {
    expect((await ask('/kneo-no-total/users?limit=2')).body).toEqual({
      users: users.slice(0, 2),
      count: 2,
      limit: 2,
      offset: 0,
      sort_by: 'id',
      sort_order: 'asc',
    });
  });
});
