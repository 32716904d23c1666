import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get, logOf, textAt } from './demo-client';

const users = demoUsers(45);
const server = demoServer({ users: 45 });
const ask = (target: string): ReturnType<typeof get> => get(`${server().url}${target}`);
const good = (page: number): object => ({
  page,
  total_pages: 5,
  data: users.slice((page - 1) * 10, page * 10),
});

describe('the misbehaving routes', () => {
  it.each(['/broken/users', '/broken/status', '/broken/cut'])(
    '%s is a good list of numbered pages but for page 3',
    async (path) => {
      expect((await ask(path)).body).toEqual(good(1));
      for (const page of [1, 2, 4, 5, 6]) {
        expect((await ask(`${path}?page=${String(page)}`)).body).toEqual(good(page));
      }
      expect(at((await ask(`${path}?page=0`)).body, 'parameter')).toBe('page');
    },
  );

  it('/broken/users answers page 3 with an HTML login page and status 200', async () => {
    const response = await fetch(`${server().url}/broken/users?page=3`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await response.text()).toContain('<title>Sign in</title>');
  });

  it('/broken/status always answers page 3 with 503, or the status asked for', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await ask('/broken/status?page=3')).toMatchObject({
        status: 503,
        body: { message: 'Page 3 always answers 503' },
      });
    }
    expect((await ask('/broken/status?page=3&status=500')).status).toBe(500);
    expect(at((await ask('/broken/status?page=3&status=200')).body, 'parameter')).toBe('status');
    expect(logOf(server()).slice(0, 5)).toEqual(Array(5).fill('GET /broken/status?page=3 503'));
  });

  it('/broken/cut ends the JSON of page 3 in the middle, with a true length', async () => {
    const response = await fetch(`${server().url}/broken/cut?page=3`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    const whole = JSON.stringify(good(3));
    expect(text).toBe(whole.slice(0, Math.floor(whole.length / 2)));
    expect(() => {
      JSON.parse(text);
    }).toThrow(SyntaxError);
  });

  it('/broken/loop repeats the cursor of page 3', async () => {
    const first = await ask('/broken/loop');
    const two = textAt(first.body, 'next_cursor');
    const second = await ask(`/broken/loop?cursor=${two}`);
    const three = textAt(second.body, 'next_cursor');
    const third = await ask(`/broken/loop?cursor=${three}`);
    expect([first, second, third].map(({ body }) => at(body, 'items'))).toEqual([
      users.slice(0, 10),
      users.slice(10, 20),
      users.slice(20, 30),
    ]);
    expect(two).not.toBe(three);
    expect(at(third.body, 'next_cursor')).toBe(three);
    expect((await ask('/broken/loop?cursor=x')).status).toBe(400);
  });

  it('/slow/users answers no sooner than asked', async () => {
    const begin = performance.now();
    expect((await ask('/slow/users?page=2&delay=60')).body).toEqual(good(2));
    // Timers count whole milliseconds and may fire one early.
    expect(performance.now() - begin).toBeGreaterThanOrEqual(59);
    expect(at((await ask('/slow/users?delay=60001')).body, 'parameter')).toBe('delay');
  });
});
