import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { demoUsers } from '../../lib/demo/data-set';
import { demoServer, logOf } from '../demo/demo-client';

import { cli, resumeTokenIn } from './run-cli';

const users = demoUsers(250);
const ndjson = (items: readonly unknown[]) =>
  items.map((item) => `${JSON.stringify(item)}\n`).join('');

const query = 'query($first:Int,$after:String){users(first:$first,after:$after){nodes pageInfo}}';

/** Each way to walk the same list: the address, the options, and the requests it takes. */
const walks: Readonly<Record<string, readonly [path: string, args: string, requests: number]>> = {
  'its Link header': ['/link/users?per_page=100', '', 3],
  'odd Link headers': ['/link/odd/users?per_page=100', '', 3],
  'a link in the body': [
    '/hal/users?size=100',
    '--strategy link --items /_embedded/users --next /_links/next/href',
    3,
  ],
  'OData links': ['/odata/users', '--strategy link --next /@odata.nextLink', 5],
  OData: ['/odata/users', '--strategy odata', 5],
  HAL: ['/hal/users?size=100', '--strategy hal', 3],
  'a known API': ['/link/users?per_page=100', '--dialect github', 3],
  'a known API with items of its own name': [
    '/kneo/users?limit=100',
    '--dialect kneo --items /users',
    3,
  ],
  'merged links': [
    '/apimatic/link-merge/users?size=100',
    '--strategy link --follow merge --next /links/next --items /users',
    3,
  ],
  'a cursor in the query': [
    '/apimatic/cursor/users',
    '--strategy cursor --next /paging/next --limit-param limit --limit 100',
    3,
  ],
  'a cursor in a header': [
    '/apimatic/header-cursor/users?limit=100',
    '--strategy cursor --next /paging/next --in headers --param x-cursor',
    3,
  ],
  'a cursor from a header': [
    '/apimatic/response-header/users?limit=100',
    '--strategy cursor --next $response.headers#/x-next',
    3,
  ],
  'a cursor in the path': [
    '/apimatic/path-cursor/{cursor}/users?limit=100',
    '--strategy cursor --next /paging/next --in path --path cursor=start',
    3,
  ],
  'the id of the last item': [
    '/openai/users?limit=100',
    '--strategy cursor --next lastItem(/id) --param after --has-more /has_more',
    3,
  ],
  'page numbers': ['/apimatic/page/users', '--strategy number --limit-param size --limit 100', 4],
  'page numbers with a total': [
    '/slow/users?delay=0',
    '--strategy number --limit-param size --limit 100 --total-pages /total_pages',
    3,
  ],
  'page numbers from 0': [
    '/hal/users?size=100',
    '--strategy number --first 0 --total-pages /page/totalPages --items /_embedded/users',
    3,
  ],
  offsets: ['/apimatic/offset/users', '--strategy offset --limit 100', 4],
  'offsets with a total': ['/arcnm/parts', '--strategy offset --limit 100 --total-count /count', 3],
  'offsets in a body': [
    '/apimatic/search',
    '--strategy offset --in body --param /from --items /rows --limit-param /size --limit 100 --data {}',
    4,
  ],
  'one page': ['/openai/models', '--strategy single', 1],
  Dropshot: ['/dropshot/users', '--strategy dropshot --limit 100', 4],
  kneo: ['/kneo/users', '--strategy kneo --limit 100', 3],
  'OpenAI pages': ['/openai/models', '--strategy openai-page', 1],
  'OpenAI cursors': ['/openai/users', '--strategy openai-cursor --limit 100', 3],
  'OpenAI conversations': [
    '/openai/conversations/c1/items',
    '--strategy openai-conversation --limit 100',
    3,
  ],
  'OpenAI next cursors': ['/openai/next/users', '--strategy openai-next --limit 100', 3],
  ARCNM: ['/arcnm/lowered/parts', '--strategy arcnm --limit 100', 7],
  APIMatic: [
    '/apimatic/page/users?size=100',
    '--strategy apimatic --x-pagination {"type":"page","input":"$request.query#/page","result":"$response.body#/data"}',
    4,
  ],
  Relay: [
    '/relay',
    `--strategy relay --connection /data/users --limit 100 --data ${JSON.stringify({ query }).replaceAll(' ', '\\u0020')}`,
    3,
  ],
};

describe('paged-observable items', () => {
  const server = demoServer();
  const { run, folder } = cli();

  it.each(Object.entries(walks))('walks a list by %s', async (_, [path, args, requests]) => {
    const given = args === '' ? [] : args.split(' ');
    const { stdout, stderr, exitCode } = await run('items', server().url + path, ...given);
    expect(stderr).toBe('');
    expect(stdout).toBe(ndjson(users));
    expect(exitCode).toBe(0);
    expect(server().requestCount()).toBe(requests);
  });

  it('stops at --max-items after the page that has them, and goes on from the token', async () => {
    const url = `${server().url}/link/users?per_page=20`;
    const first = await run('items', url, '--max-items', '30');
    expect(first.stdout).toBe(ndjson(users.slice(0, 30)));
    expect(first.exitCode).toBe(0);
    expect(server().requestCount()).toBe(2);
    const token = resumeTokenIn(first.stderr);
    expect(first.stderr).toBe(
      'paged-observable: reached the limit after 30 items; to go on:\n' +
        `  paged-observable items '${url}' --resume ${token}\n`,
    );

    server().reset();
    const second = await run('items', url, '--resume', token);
    expect(second).toEqual({ stdout: ndjson(users.slice(30)), stderr: '', exitCode: 0 });
    expect(logOf(server())[0]).toBe('GET /link/users?per_page=20&page=2 200');
    expect(server().requestCount()).toBe(12);
  });

  it('lets the page size adapt with --page-size', async () => {
    const url = `${server().url}/kneo/users`;
    const size = ['--page-size', '20:100:60000'];
    const ran = await run('items', url, '--strategy', 'kneo', '--items', '/users', ...size);
    expect(ran).toEqual({ stdout: ndjson(users), stderr: '', exitCode: 0 });
    expect(logOf(server())).toEqual([
      'GET /kneo/users?limit=20 200',
      'GET /kneo/users?offset=20&limit=40 200',
      'GET /kneo/users?offset=60&limit=80 200',
      'GET /kneo/users?offset=140&limit=100 200',
      'GET /kneo/users?offset=240&limit=100 200',
    ]);
  });

  it('says nothing of a limit that the list does not reach', async () => {
    const url = `${server().url}/link/users?per_page=100`;
    const ran = await run(
      'items',
      url,
      '--max-items',
      '250',
      '--select',
      '/id',
      '--max-pages',
      '3',
    );
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toBe(ndjson(users.map(({ id }) => id)));
  });

  it('prints null where an item has nothing at --select', async () => {
    const url = `${server().url}/openai/models`;
    const ran = await run('items', url, '--strategy', 'single', '--select', '/__proto__');
    expect(ran).toEqual({ stdout: 'null\n'.repeat(250), stderr: '', exitCode: 0 });
  });

  it('sends the headers of a file and those given by hand, which win', async () => {
    const file = join(folder(), 'headers.txt');
    writeFileSync(file, '# a comment\n\nPrefer: odata.maxpagesize=10\nX-Cursor: none\n');
    const url = `${server().url}/odata/users`;
    const given = ['--header-file', file, '-H', 'prefer: odata.maxpagesize=100'];
    const ran = await run(
      'items',
      url,
      '--strategy',
      'link',
      '--next',
      '/@odata.nextLink',
      ...given,
    );
    expect(ran).toEqual({ stdout: ndjson(users), stderr: '', exitCode: 0 });
    expect(server().requestCount()).toBe(3);
  });

  it('sends a body from a file', async () => {
    const file = join(folder(), 'body.json');
    writeFileSync(file, '\uFEFF{"q":"Berg"}');
    const url = `${server().url}/apimatic/search`;
    const given = ['--data', `@${file}`, '--strategy', 'single', '--select', '/name'];
    const ran = await run('items', url, ...given);
    const names = users.map(({ name }) => name).filter((name) => name.includes('Berg'));
    expect(ran).toEqual({ stdout: ndjson(names.slice(0, 20)), stderr: '', exitCode: 0 });
    expect(server().requests[0]?.body).toBe('{"q":"Berg"}');
  });

  it('asks no page ahead of demand', async () => {
    const ran = await run('items', `${server().url}/link/users?per_page=20`, '--max-items', '20');
    expect(ran.stdout).toBe(ndjson(users.slice(0, 20)));
    expect(server().requestCount()).toBe(1);
  });
});
