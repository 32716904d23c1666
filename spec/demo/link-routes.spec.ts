import { demoUsers } from '../../lib/demo/data-set';
import { at, demoServer, get } from './demo-client';

const users = demoUsers(10);
const server = demoServer({ users: 10 });
const ask = (target: string): ReturnType<typeof get> => get(`${server().url}/link${target}`);

describe('/link', () => {
  it('links absolutely to next, prev, first and last, keeping the other parameters', async () => {
    const base = `${server().url}/link/users?x=a%2Cb%3Bc&per_page=4`;
    const first = await ask('/users?x=a,b;c&per_page=4');
    expect(first.body).toEqual(users.slice(0, 4));
    expect(first.headers.get('link')).toBe(
      `<${base}&page=2>; rel="next", <${base}&page=3>; rel="last"`,
    );
    const second = await get(`${base}&page=2`);
    expect(second.body).toEqual(users.slice(4, 8));
    expect(second.headers.get('link')).toBe(
      `<${base}&page=1>; rel="prev", <${base}&page=3>; rel="next", ` +
        `<${base}&page=3>; rel="last", <${base}&page=1>; rel="first"`,
    );
    const third = await get(`${base}&page=3`);
    expect(third.body).toEqual(users.slice(8));
    expect(third.headers.get('link')).toBe(
      `<${base}&page=2>; rel="prev", <${base}&page=1>; rel="first"`,
    );
  });

  it('has no header where one page holds everything, and an empty page past the end', async () => {
    const whole = await ask('/users?per_page=10');
    expect([whole.body, whole.headers.get('link')]).toEqual([users, null]);
    const past = await ask('/relative/users?per_page=4&page=9');
    expect([past.body, past.headers.get('link')]).toEqual([
      [],
      '</link/relative/users?per_page=4&page=3>; rel="prev", </link/relative/users?per_page=4&page=1>; rel="first"',
    ]);
  });

  it('links relatively', async () => {
    expect((await ask('/relative/users?page=1&per_page=9')).headers.get('link')).toBe(
      '</link/relative/users?page=2&per_page=9>; rel="next", ' +
        '</link/relative/users?page=2&per_page=9>; rel="last"',
    );
  });

  it('writes the same links oddly', async () => {
    const foreign = '<?per_page=4&page=1>; rel="next"; anchor="/elsewhere"';
    const title = 'title="to the <next>, page; \\"on\\""';
    const links = async (page: number): Promise<string | null> =>
      (await ask(`/odd/users?per_page=4&page=${String(page)}`)).headers.get('link');
    expect(await links(1)).toBe(
      `${foreign}, <?per_page=4&page=3>; rel="last"; rel="next", <?per_page=4&page=2> ; ${title} ; REL = Next`,
    );
    expect(await links(2)).toBe(
      `${foreign}, <?per_page=4&page=3>; rel="last"; rel="next", <?per_page=4&page=3> ; ${title} ; REL = Next, ` +
        '<?per_page=4&page=1>;rel="first prev"',
    );
    expect(await links(3)).toBe(
      `${foreign}, <?per_page=4&page=2>;rel="prev", <?per_page=4&page=1>;rel=first`,
    );
  });

  it('has 30 items by default, lowers per_page to 100, refuses what is no number', async () => {
    expect((await ask('/users')).body).toEqual(users);
    expect((await ask('/users?per_page=1000')).status).toBe(200);
    expect(at((await ask('/users?per_page=0')).body, 'parameter')).toBe('per_page');
    expect(at((await ask('/users?page=0')).body, 'parameter')).toBe('page');
    expect(at((await ask('/users?page=two')).body, 'parameter')).toBe('page');
    expect(at((await ask('/users?page=1&page=2')).body, 'parameter')).toBe('page');
  });

  it('links to the host as the client wrote it', async () => {
    const local = server().url.replace('127.0.0.1', 'localhost');
    const { headers } = await get(`${local}/link/users?per_page=5`).catch(() =>
      // localhost may be IPv6 only; then there is nothing to compare.
      Promise.reject(new Error('localhost does not lead to 127.0.0.1')),
    );
    expect(headers.get('link')).toContain(`<${local}/link/users?per_page=5&page=2>; rel="next"`);
  });
});
