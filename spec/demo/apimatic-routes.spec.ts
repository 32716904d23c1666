import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get, logOf, post, textAt, withDemoServer } from './demo-client';

const users = demoUsers(5);
const server = demoServer({ users: 5 });
const ask = (target: string): ReturnType<typeof get> => get(`${server().url}/apimatic${target}`);
const search = (body: unknown): ReturnType<typeof post> =>
  post(`${server().url}/apimatic/search`, body);

describe('/apimatic', () => {
  it('ends offsets with an empty page', async () => {
    expect((await ask('/offset/users?limit=3')).body).toEqual({ data: users.slice(0, 3) });
    expect((await ask('/offset/users?limit=3&offset=3')).body).toEqual({ data: users.slice(3) });
    expect((await ask('/offset/users?limit=3&offset=5')).body).toEqual({ data: [] });
    expect(at((await ask('/offset/users?offset=-3')).body, 'parameter')).toBe('offset');
  });

  it('counts pages from 1, also when none is asked for, and ends with an empty page', async () => {
    const first = { data: users.slice(0, 3) };
    expect((await ask('/page/users?size=3')).body).toEqual(first);
    expect((await ask('/page/users?size=3&page=1')).body).toEqual(first);
    expect((await ask('/page/users?size=3&page=2')).body).toEqual({ data: users.slice(3) });
    expect((await ask('/page/users?size=3&page=3')).body).toEqual({ data: [] });
    expect(at((await ask('/page/users?page=0')).body, 'parameter')).toBe('page');
    expect(at((await ask('/page/users?size=0')).body, 'parameter')).toBe('size');
  });

  it('ends cursors with null', async () => {
    const first = await ask('/cursor/users?limit=3');
    const cursor = textAt(first.body, 'paging', 'next');
    expect(first.body).toEqual({ users: users.slice(0, 3), paging: { next: cursor } });
    expect((await ask(`/cursor/users?limit=3&cursor=${cursor}`)).body).toEqual({
      users: users.slice(3),
      paging: { next: null },
    });
    // A page that is just full is known to be the last.
    expect((await ask('/cursor/users?limit=5')).body).toEqual({ users, paging: { next: null } });
    expect(at((await ask('/cursor/users?cursor=k2')).body, 'parameter')).toBe('cursor');
    expect(at((await ask('/cursor/users?cursor=')).body, 'parameter')).toBe('cursor');
  });

  it('takes the cursor from a request header', async () => {
    const url = `${server().url}/apimatic/header-cursor/users?limit=3`;
    const cursor = textAt((await get(url)).body, 'paging', 'next');
    expect((await get(url, { 'X-Cursor': cursor })).body).toEqual({
      users: users.slice(3),
      paging: { next: null },
    });
    expect(at((await get(url, { 'X-Cursor': 'k2' })).body, 'parameter')).toBe('x-cursor');
  });

  it('gives the cursor in a response header, none on the last page', async () => {
    const first = await ask('/response-header/users?limit=3');
    expect(first.body).toEqual({ users: users.slice(0, 3) });
    const last = await ask(
      `/response-header/users?limit=3&cursor=${String(first.headers.get('x-next'))}`,
    );
    expect(last.body).toEqual({ users: users.slice(3) });
    expect(last.headers.has('x-next')).toBe(false);
  });

  it('takes the cursor from the path', async () => {
    const first = await ask('/path-cursor/start/users?limit=3');
    const cursor = textAt(first.body, 'paging', 'next');
    expect((await ask(`/path-cursor/${cursor}/users?limit=3`)).body).toEqual({
      users: users.slice(3),
      paging: { next: null },
    });
    expect(at((await ask('/path-cursor/k2/users')).body, 'parameter')).toBe('cursor');
    expect(at((await ask('/path-cursor/%ff/users')).body, 'parameter')).toBe('cursor');
  });

  it('gives a link that keeps the filters, absent on the last page', async () => {
    const jade = users.filter(({ team }) => team === 'jade');
    expect((await ask('/link/users?team=jade&size=1')).body).toEqual({
      users: jade.slice(0, 1),
      links: { next: `${server().url}/apimatic/link/users?team=jade&size=1&after=1` },
    });
    expect((await ask('/link/users?size=3&after=3')).body).toEqual({
      users: users.slice(3),
      links: {},
    });
  });

  it('gives a link of which only the query is of use, without the filters', async () => {
    expect((await ask('/link-merge/users?active=true&size=1')).body).toEqual({
      users: users.filter(({ active }) => active).slice(0, 1),
      links: { next: 'https://other.example/v2/feed?after=1&size=1' },
    });
    expect((await ask('/link-merge/users?size=3&after=3')).body).toEqual({
      users: users.slice(3),
      links: {},
    });
  });

  it('names the size that is really used in the link', async () => {
    await withDemoServer({ users: 150 }, async ({ url }) => {
      const { body } = await get(`${url}/apimatic/link-merge/users?size=500`);
      expect(at(body, 'links', 'next')).toBe('https://other.example/v2/feed?after=100&size=100');
    });
  });

  it('gives no link on page 1 and wrong ones later where link, then page is declared', async () => {
    const wrong = { next: '/m?page=9' };
    expect((await ask('/link-then-page/users?per_page=3')).body).toEqual({
      users: users.slice(0, 3),
      links: {},
    });
    expect((await ask('/link-then-page/users?per_page=3&page=2')).body).toEqual({
      users: users.slice(3),
      links: wrong,
    });
    expect((await ask('/link-then-page/users?per_page=3&page=3')).body).toEqual({ users: [] });
  });

  it('takes the offset from a body', async () => {
    expect((await search({ q: '', from: 1, size: 3 })).body).toEqual({ rows: users.slice(1, 4) });
    expect((await search({ q: '', from: 4, size: 3 })).body).toEqual({ rows: users.slice(4) });
    expect((await search({ q: '', from: 5, size: 3 })).body).toEqual({ rows: [] });
    expect((await search({ q: 'u0000004' })).body).toEqual({ rows: users.slice(3, 4) });
    expect((await search({})).body).toEqual({ rows: users });
    expect(server().requests[0]?.body).toBe('{"q":"","from":1,"size":3}');
  });

  it('refuses bodies that are no JSON and members of a wrong type', async () => {
    const url = `${server().url}/apimatic/search`;
    const broken = await fetch(url, { method: 'POST', body: '{"q":' });
    expect([broken.status, at(await broken.json(), 'parameter')]).toEqual([400, 'body']);
    expect(at((await search({ from: '1' })).body, 'parameter')).toBe('from');
    expect(at((await search({ from: -1 })).body, 'parameter')).toBe('from');
    expect(at((await search({ size: 0 })).body, 'parameter')).toBe('size');
    expect(at((await search({ q: 7 })).body, 'parameter')).toBe('q');
    expect(logOf(server())).toEqual(Array(5).fill('POST /apimatic/search 400'));
  });
});
