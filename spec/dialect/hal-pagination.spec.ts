import { demoUsers, type User } from '../../lib/demo/data-set';
import { halPagination, type HalOptions } from '../../lib/dialect/hal-pagination';
import { paginate } from '../../lib/paginate';
import { demoServer } from '../demo/demo-client';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';
import { all, itWalksExactly, transports } from './walks';

const USERS = 25;
const demo = demoServer({ users: USERS });
const users = demoUsers(USERS);
const read = (body: unknown, options: HalOptions = {}) =>
  halPagination(options).read({ url: '/' }, replyOf(body));
const links = (next: unknown) => ({ _links: { next } });

describe.each(transports)('halPagination over %s', (_, transportTo) => {
  const list = () =>
    paginate(transportTo(demo().url), '/hal/users?size=10', { pagination: halPagination<User>() });

  itWalksExactly('a list', {
    server: demo,
    list,
    items: () => users,
    sizes: [10, 10, 5],
    requestsForThree: 1,
  });

  it('gives the other links and the total', async () => {
    const [, second] = await all(list().pages());
    const page = (number: number) => `${demo().url}/hal/users?size=10&page=${String(number)}`;
    expect(second).toMatchObject({
      totalCount: 25,
      prevLink: page(0),
      firstLink: page(0),
      lastLink: page(2),
    });
  });
});

describe('halPagination', () => {
  it('finds the items under whatever name, or where it is told', () => {
    expect(read({ _embedded: { users: [{ id: 1 }] } }).items).toEqual([{ id: 1 }]);
    const two = { _embedded: { users: [{ id: 1 }], teams: [{ id: 2 }] } };
    expect(errorOf(() => read(two)).message).toContain('"users", "teams"');
    expect(read(two, { items: '/_embedded/teams' }).items).toEqual([{ id: 2 }]);
  });

  it.each([
    ['a page', { page: { size: 20, totalElements: 0 } }],
    ['a page with nothing embedded', { _embedded: {}, page: { totalElements: 0 } }],
    ['a count of 0', { count: 0 }],
    ['a total of 0', { total: 0 }],
    ['a next link', links({ href: '/2' })],
  ])('reads %s without items as one', (_, body) => {
    expect(read(body).items).toEqual([]);
    expect(read(body, { items: '/_embedded/users' }).items).toEqual([]);
  });

  it.each([
    { id: 1, _links: { self: { href: '/users/1' } } },
    { _embedded: { author: { id: 1 } }, page: {} },
    { count: 3 },
    [],
    null,
  ])('errors with BAD_SHAPE for %j, which is no list', (body) => {
    if (Array.isArray(body)) expect(() => read(body)).toThrow('Expected an array of items');
    else expect(errorOf(() => read(body)).code).toBe('BAD_SHAPE');
  });

  it('follows text, objects, the first of several and templates without values', () => {
    const next = (value: unknown) => read({ _embedded: { a: [] }, ...links(value) }).next();
    expect(next('/2')).toBe('https://api.example.com/2');
    expect(next({ href: '/2' })).toBe('https://api.example.com/2');
    expect(next([{ href: '/2' }, { href: '/3' }])).toBe('https://api.example.com/2');
    expect(next({ href: '/2{?sort,size}', templated: true })).toBe('https://api.example.com/2');
    expect(next(null)).toBeUndefined();
    expect(next([])).toBeUndefined();
    expect(errorOf(() => next(5)).code).toBe('BAD_SHAPE');
  });

  it('reads the total of Spring or another, or where it is told', () => {
    const total = (more: object, options?: HalOptions) =>
      read({ _embedded: { a: [] }, ...more }, options).totalCount;
    expect(total({ page: { totalElements: 7 }, total: 8 })).toBe(7);
    expect(total({ total: '8' })).toBe(8);
    expect(total({ count: 2 })).toBeUndefined();
    expect(total({ meta: { n: 9 } }, { totalCount: '/meta/n' })).toBe(9);
  });
});
