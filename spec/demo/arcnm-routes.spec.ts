import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get } from './demo-client';

const users = demoUsers(248);
const server = demoServer({ users: 248 });
const ask = (target: string): ReturnType<typeof get> => get(`${server().url}/arcnm${target}`);

describe('/arcnm', () => {
  it('counts the whole list on every page of parts', async () => {
    const pages = [
      await ask('/parts?limit=100&offset=0'),
      await ask('/parts?limit=100&offset=100'),
      await ask('/parts?limit=100&offset=200'),
      await ask('/parts?limit=100&offset=300'),
    ];
    expect(pages.map(({ body }) => body)).toEqual([
      { count: 248, data: users.slice(0, 100) },
      { count: 248, data: users.slice(100, 200) },
      { count: 248, data: users.slice(200) },
      { count: 248, data: [] },
    ]);
    const jade = users.filter(({ team }) => team === 'jade');
    expect((await ask('/parts?team=jade&limit=1')).body).toEqual({
      count: jade.length,
      data: jade.slice(0, 1),
    });
  });

  it('has a limit of 100 unless told, and at most 500', async () => {
    expect((await ask('/parts')).body).toEqual({ count: 248, data: users.slice(0, 100) });
    expect((await ask('/parts?limit=500')).body).toEqual({ count: 248, data: users });
    for (const limit of ['501', '0', '-5', 'all']) {
      const { status, body } = await ask(`/parts?limit=${limit}`);
      expect([status, at(body, 'parameter')]).toEqual([400, 'limit']);
    }
    expect(at((await ask('/parts?offset=x')).body, 'parameter')).toBe('offset');
  });

  it('lowers the limit to 40 without a word on the other parts', async () => {
    expect((await ask('/lowered/parts?limit=100')).body).toEqual({
      count: 248,
      data: users.slice(0, 40),
    });
    expect((await ask('/lowered/parts?limit=100&offset=40')).body).toEqual({
      count: 248,
      data: users.slice(40, 80),
    });
    expect((await ask('/lowered/parts?limit=39')).body).toEqual({
      count: 248,
      data: users.slice(0, 39),
    });
    expect(at((await ask('/lowered/parts')).body, 'data')).toHaveLength(40);
  });

  it('knows only a limit on calculations: an offset repeats the page', async () => {
    const page = { count: 3, items: users.slice(0, 3) };
    expect((await ask('/calculations?limit=3')).body).toEqual(page);
    expect((await ask('/calculations?limit=3&offset=3')).body).toEqual(page);
    expect((await ask('/calculations?limit=500')).body).toEqual({ count: 248, items: users });
    expect((await ask('/calculations?limit=501')).status).toBe(400);
  });

  it('gives environments as a bare array', async () => {
    expect((await ask('/environments?limit=2')).body).toEqual(users);
  });
});
