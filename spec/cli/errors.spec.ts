import { demoServer } from '../demo/demo-client';
import {
  bytes,
  json,
  startHttpServer,
  type Handler,
  type HttpServer,
} from '../support/http-server';

import { cli, resumeTokenIn } from './run-cli';

describe('errors of the command', () => {
  const server = demoServer();
  const { run } = cli();
  let api: HttpServer;
  beforeAll(async () => {
    api = await startHttpServer();
  });
  afterAll(() => api.close());

  /** The one line on stderr and the exit code of a walk that yields nothing. */
  async function failure(handler: Handler, ...args: readonly string[]): Promise<string> {
    api.answer(handler);
    const ran = await run('items', `${api.origin}/users`, '--retries', '0', ...args);
    expect(ran.stdout).toBe('');
    expect(ran.stderr.split('\n')).toHaveLength(2);
    expect(ran.exitCode).toBe(1);
    return ran.stderr.replaceAll(api.origin, 'http://api').trimEnd();
  }

  it('says where the arrays are when a pointer hits nothing', async () => {
    const body = { users: [{}], teams: [{}], count: 2 };
    expect(await failure(json(body), '--strategy', 'single', '--items', '/rows')).toBe(
      'paged-observable: BAD_SHAPE on page 1: Expected an array of items at /rows, found nothing (GET http://api/users); the body has the arrays /users, /teams: try --items /users',
    );
    expect(
      await failure(json({ a: { 'b/c': [{}] } }), '--strategy', 'number', '--items', '/a'),
    ).toBe(
      'paged-observable: BAD_SHAPE on page 1: Expected an array of items at /a, found an object (GET http://api/users); the body has the array /a/b~1c: try --items /a/b~1c',
    );
    expect(await failure(json([{}]), '--strategy', 'number', '--items', '/a')).toBe(
      "paged-observable: BAD_SHAPE on page 1: Expected an array of items at /a, found nothing (GET http://api/users); the body itself is an array: try --items ''",
    );
    expect(await failure(json({ ok: true }), '--strategy', 'dropshot')).toBe(
      'paged-observable: BAD_SHAPE on page 1: Expected an array of items at /items, found nothing (GET http://api/users); the body has no array; try another --strategy',
    );
  });

  it('shows what an error envelope says, and takes no list of errors for items', async () => {
    const body = { data: null, errors: [{ message: 'no such field: planted' }] };
    expect(await failure(json(body))).toBe(
      "paged-observable: BAD_SHAPE on page 1: Expected a list, and the reply holds no list: it is an error envelope; where it does hold one, name it with the option 'items' of a strategy (GET http://api/users); check the request; the server says " +
        JSON.stringify(body),
    );
    const long = { error: { message: 'x'.repeat(500) } };
    expect(await failure(json(long), '--strategy', 'single')).toContain(
      `the server says ${JSON.stringify(long).slice(0, 120)}…`,
    );
  });

  it('shows what a body names its members escaped', async () => {
    const body = { 'a\u001b[2J\nb\u009b': [{}], c: [{}] };
    expect(await failure(json(body), '--strategy', 'single', '--items', '/rows')).toContain(
      'the body has the arrays /a\\u{1b}[2J\\u{a}b\\u{9b}, /c: try',
    );
  });

  it('says what to do when nothing tells how the list goes on', async () => {
    const said = await failure(json({ data: [{ id: 1 }], has_more: true }));
    expect(said).toMatch(
      /^paged-observable: PROTOCOL on page 1: It cannot be told for sure how this list goes on: a flag says that there is more, /,
    );
    expect(said).toMatch(
      /; say how the list is paged with --strategy \(cursor, number, offset \.\.\.\), or --strategy single if this is all of it$/,
    );
    expect(said).not.toContain('Pagination(');
  });

  it('tells a reply that is not JSON by what it is', async () => {
    const html = bytes('<!doctype html>\n<h1>Sign\u001b[2J in</h1>', 'text/html');
    expect(await failure(html, '--strategy', 'single')).toBe(
      'paged-observable: BAD_CONTENT on page 1: Expected JSON, got content of type "text/html" (GET http://api/users): <!doctype html> <h1>Sign\\u{1b}[2J in</h1>; check the address; where an API wants credentials, send them with --header-file or -H',
    );
    expect(await failure(bytes('{"data":[{"a":'), '--strategy', 'single')).toBe(
      'paged-observable: BAD_JSON on page 1: JSON ends too early, at byte 14 (GET http://api/users): {"data":[{"a":; try again; if it stays, the server sends broken pages',
    );
  });

  it('tells an address that cannot be reached', async () => {
    const gone = await startHttpServer();
    await gone.close();
    const { stderr, exitCode } = await run(
      'items',
      `${gone.origin}/users?page=2&q=x`,
      '--retries',
      '0',
    );
    const address = gone.origin.replace('http://', '');
    expect(stderr).toBe(
      `paged-observable: NETWORK on page 1: GET ${gone.origin}/users?*** failed: connect ECONNREFUSED ${address} (GET ${gone.origin}/users?page=2&q=***); check the address, and that the server can be reached\n`,
    );
    expect(exitCode).toBe(1);
  });

  it.each([
    [401, 'send credentials with --header-file or -H'],
    [404, 'check the address'],
    [422, 'check the parameters of the request'],
    [503, 'try again later'],
  ])('tells status %i with what to try', async (status, advice) => {
    const problem = { title: 'No', detail: 'Because \u001b[31m' };
    const handler = json(problem, status, { 'content-type': 'application/problem+json' });
    expect(await failure(handler, '--strategy', 'single')).toBe(
      `paged-observable: HTTP_STATUS on page 1: The server answered ${String(status)} (GET http://api/users): Because \\u{1b}[31m; ${advice}`,
    );
  });

  it('tells what used up the retries', async () => {
    const line = await failure(json({}, 503), '--strategy', 'single', '--retries', '1');
    expect(line).toBe(
      'paged-observable: RETRY_EXHAUSTED on page 1: Gave up after 2 attempts: The server answered 503 (GET http://api/users): {}; try again later',
    );
  });

  it('tells a timeout', async () => {
    const line = await failure(() => undefined, '--strategy', 'single', '--timeout', '50');
    expect(line).toBe(
      'paged-observable: TIMEOUT on page 1: No complete reply within 50 ms (GET http://api/users); try a longer --timeout, or ask for smaller pages',
    );
  });

  it('prints the command that goes on after the items of the pages before', async () => {
    const url = `${server().url}/broken/status`;
    const args = ['--strategy', 'number', '--items', '/data', '--select', '/id', '--retries', '0'];
    const ran = await run('items', url, ...args);
    expect(ran.stdout.split('\n')).toHaveLength(21);
    expect(ran.exitCode).toBe(1);
    const token = resumeTokenIn(ran.stderr);
    expect(ran.stderr).toBe(
      `paged-observable: HTTP_STATUS on page 3: The server answered 503 (GET ${url}?page=3): {"message":"Page 3 always answers 503"}; try again later\n` +
        'paged-observable: stopped after 20 items; to go on:\n' +
        `  paged-observable items ${url} --select /id --strategy number --items /data --retries 0 --resume ${token}\n`,
    );

    server().reset();
    const again = await run('items', url, ...args, '--resume', token);
    expect(again.stdout).toBe('');
    expect(again.stderr).toContain('stopped after 0 items; to go on:');
    expect(resumeTokenIn(again.stderr)).toBe(token);
    expect(server().requests.map((request) => request.query)).toEqual(['page=3']);
  });

  it('refuses the token of another list without a request, and one that is damaged', async () => {
    const url = `${server().url}/link/users`;
    const token = resumeTokenIn((await run('items', url, '--max-items', '1')).stderr);
    server().reset();
    const other = await run('items', `${url}?team=jade`, '--resume', token);
    expect(other.stderr).toBe(
      "paged-observable: CHECKPOINT_MISMATCH: The resume token is of another walk: the request's URL is another. Resume with what it was made with; use the URL and options of the run that printed the token\n",
    );
    const damaged = await run('items', url, '--resume', token.slice(0, -1));
    expect(damaged.stderr).toMatch(/^paged-observable: CHECKPOINT_CORRUPT: .*\n$/);
    expect([other.exitCode, damaged.exitCode]).toEqual([1, 1]);
    expect(server().requestCount()).toBe(0);
  });
});
