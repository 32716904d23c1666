import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get } from './demo-client';

const users = demoUsers(10);
const server = demoServer({ users: 10 });
const hal = (query: string): string => `${server().url}/hal/users${query}`;
const to = (page: number): object => ({ href: hal(`?size=4&page=${String(page)}`) });

describe('/hal/users', () => {
  it('links to its neighbours and totals the pages, counting from 0', async () => {
    const totals = { size: 4, totalElements: 10, totalPages: 3 };
    const first = await get(hal('?size=4'));
    expect(first.headers.get('content-type')).toBe('application/hal+json');
    expect(first.body).toEqual({
      _embedded: { users: users.slice(0, 4) },
      _links: { first: to(0), self: to(0), next: to(1), last: to(2) },
      page: { ...totals, number: 0 },
    });
    expect((await get(hal('?size=4&page=1'))).body).toEqual({
      _embedded: { users: users.slice(4, 8) },
      _links: { first: to(0), prev: to(0), self: to(1), next: to(2), last: to(2) },
      page: { ...totals, number: 1 },
    });
    expect((await get(hal('?size=4&page=2'))).body).toEqual({
      _embedded: { users: users.slice(8) },
      _links: { first: to(0), prev: to(1), self: to(2), last: to(2) },
      page: { ...totals, number: 2 },
    });
  });

  it('links from past the end back to the last page', async () => {
    const { body } = await get(hal('?size=4&page=7'));
    expect(at(body, '_embedded')).toEqual({ users: [] });
    expect(at(body, '_links')).toEqual({ first: to(0), prev: to(2), self: to(7), last: to(2) });
  });

  it('has 20 items by default, lowers size to 100, refuses what is no number', async () => {
    expect(at((await get(hal(''))).body, 'page', 'size')).toBe(20);
    expect(at((await get(hal('?size=1000'))).body, 'page', 'size')).toBe(100);
    expect(at((await get(hal('?size=0'))).body, 'parameter')).toBe('size');
    expect(at((await get(hal('?page=-1'))).body, 'parameter')).toBe('page');
  });
});
