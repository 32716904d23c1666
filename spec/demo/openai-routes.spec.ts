import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get } from './demo-client';

const users = demoUsers(5);
const server = demoServer({ users: 5 });
const ask = (target: string): ReturnType<typeof get> => get(`${server().url}/openai${target}`);
const page = (from: number, to: number, more: boolean): object => ({
  object: 'list',
  data: users.slice(from, to),
  first_id: users[from]?.id,
  last_id: users[to - 1]?.id,
  has_more: more,
});

describe('/openai', () => {
  it('gives a plain page everything, with no word of more', async () => {
    expect((await ask('/models?limit=1')).body).toEqual({ object: 'list', data: users });
  });

  it('goes on after the id of the last item', async () => {
    expect((await ask('/users?limit=2')).body).toEqual(page(0, 2, true));
    expect((await ask('/users?limit=2&after=u0000002')).body).toEqual(page(2, 4, true));
    expect((await ask('/users?limit=2&after=u0000004')).body).toEqual(page(4, 5, false));
    const empty = { object: 'list', data: [], first_id: null, last_id: null, has_more: false };
    expect((await ask('/users?limit=2&after=u0000005')).body).toEqual(empty);
  });

  it('knows that nothing follows a page that is just full', async () => {
    expect(at((await ask('/users?limit=5')).body, 'has_more')).toBe(false);
    expect(at((await ask('/users?limit=4')).body, 'has_more')).toBe(true);
  });

  it('goes back before an id, nearest items first to stay', async () => {
    expect((await ask('/users?limit=2&before=u0000005')).body).toEqual(page(2, 4, true));
    expect((await ask('/users?limit=2&before=u0000003')).body).toEqual(page(0, 2, false));
    expect((await ask('/users?limit=2&after=u0000001&before=u0000005')).body).toEqual(
      page(1, 3, true),
    );
    expect((await ask('/users?after=u0000001&before=u0000003')).body).toEqual(page(1, 2, false));
  });

  it('turns the order round', async () => {
    expect(at((await ask('/users?order=desc&limit=2&after=u0000004')).body, 'data')).toEqual([
      users[2],
      users[1],
    ]);
  });

  it('leaves has_more out where asked', async () => {
    expect((await ask('/users?limit=2&omit_has_more=true')).body).toEqual({
      object: 'list',
      data: users.slice(0, 2),
      first_id: 'u0000001',
      last_id: 'u0000002',
    });
  });

  it('has 20 items by default and takes limits from 1 to 100', async () => {
    expect((await ask('/users?limit=100')).status).toBe(200);
    expect((await ask('/users?limit=101')).status).toBe(400);
    expect(await ask('/users?limit=0')).toMatchObject({
      status: 400,
      body: {
        error: {
          message: 'limit: expected a whole number from 1 to 100, got 0',
          type: 'invalid_request_error',
          param: 'limit',
          code: null,
        },
      },
    });
    expect(at((await ask('/users?after=u9')).body, 'error', 'param')).toBe('after');
    expect(at((await ask('/users?order=up')).body, 'error', 'param')).toBe('order');
  });

  it('goes on after last_id in a conversation, and not after the id of the record', async () => {
    const items = '/conversations/c%201/items';
    expect((await ask(`${items}?limit=3`)).body).toEqual({
      object: 'list',
      data: users.slice(0, 3),
      first_id: 'item_u0000001',
      last_id: 'item_u0000003',
      has_more: true,
    });
    expect((await ask(`${items}?limit=3&after=item_u0000003`)).body).toEqual({
      object: 'list',
      data: users.slice(3),
      first_id: 'item_u0000004',
      last_id: 'item_u0000005',
      has_more: false,
    });
    expect((await ask(`${items}?after=u0000003`)).status).toBe(400);
  });

  it('names the next cursor, null on the last page', async () => {
    expect((await ask('/next/users?limit=3')).body).toEqual({
      object: 'list',
      data: users.slice(0, 3),
      has_more: true,
      next: 'next_u0000003',
    });
    expect((await ask('/next/users?limit=3&after=next_u0000003')).body).toEqual({
      object: 'list',
      data: users.slice(3),
      has_more: false,
      next: null,
    });
  });
});
