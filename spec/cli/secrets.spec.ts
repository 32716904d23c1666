import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { json, startHttpServer, type HttpServer } from '../support/http-server';

import { cli } from './run-cli';

const planted = [
  'hdr-PLANTED-1',
  'file-PLANTED-2',
  'query-PLANTED-3',
  'user-PLANTED-4',
  'body-PLANTED-5',
  'path-PLANTED-6',
];

describe('secrets given to the command', () => {
  const { run, start, folder } = cli();
  let api: HttpServer;
  beforeAll(async () => {
    api = await startHttpServer();
  });
  afterAll(() => api.close());

  const given = () => {
    const file = join(folder(), 'headers.txt');
    writeFileSync(file, 'X-Api-Key: file-PLANTED-2\n');
    const address = api.origin.replace('//', '//me:user-PLANTED-4@');
    return [
      `${address}/{token}/users?api_key=query-PLANTED-3&team=jade`,
      ...['-H', 'X-Auth: hdr-PLANTED-1', '--header-file', file],
      ...['--data', '{"password":"body-PLANTED-5","q":"x"}', '--path', 'token=path-PLANTED-6'],
    ];
  };

  function expectClean(...texts: readonly string[]): void {
    for (const text of texts) {
      expect(planted.filter((secret) => text.includes(secret))).toEqual([]);
      expect(text).not.toContain(Buffer.from('me:user-PLANTED-4').toString('base64'));
    }
  }

  it('are sent', async () => {
    api.answer(json([{ id: 1 }]));
    await run('items', ...given(), '--strategy', 'single');
    const request = api.requests.at(-1);
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('me:user-PLANTED-4').toString('base64')}`,
      'x-api-key': 'file-PLANTED-2',
      'x-auth': 'hdr-PLANTED-1',
    });
    expect(request?.url).toBe('/path-PLANTED-6/users?api_key=query-PLANTED-3&team=jade');
    expect(request?.body).toBe('{"password":"body-PLANTED-5","q":"x"}');
    expect(request?.method).toBe('POST');
  });

  it.each(['items', 'pages'])(
    'are not shown when a server sends them back in an error: %s',
    async (face) => {
      api.answer((request, response) => {
        const detail = JSON.stringify(request);
        json({ title: 'No', detail }, 400, { 'content-type': 'application/problem+json' })(
          request,
          response,
        );
      });
      const { stdout, stderr, exitCode } = await run(face, ...given(), '--strategy', 'single');
      expect(exitCode).toBe(1);
      expect(stderr).toContain('HTTP_STATUS on page 1');
      expectClean(stdout, stderr);
    },
  );

  it('are not shown when a body names its members after them', async () => {
    api.answer((request, response) => {
      json({
        [`x ${request.headers.authorization ?? ''} ${String(request.headers['x-auth'])}`]: [{}],
        b: [{}],
      })(request, response);
    });
    const { stdout, stderr } = await run(
      'items',
      ...given(),
      '--strategy',
      'number',
      '--items',
      '/rows',
    );
    expect(stderr).toContain('BAD_SHAPE on page 1');
    expectClean(stdout, stderr);
  });

  it('are masked in the command to go on with, which keeps the rest', async () => {
    api.answer(json([{ id: 1 }, { id: 2 }]));
    const { stdout, stderr } = await run(
      'items',
      ...given(),
      '--strategy',
      'number',
      '--max-items',
      '1',
    );
    expectClean(stdout, stderr);
    expect(stderr.split('\n')[0]).toBe(
      'paged-observable: reached the limit after 1 item; to go on (with your own values for ***):',
    );
    const file = join(folder(), 'headers.txt');
    const command = stderr.split('\n')[1]?.replace(/ --resume \S+$/, '');
    expect(command).toBe(
      `  paged-observable items '${api.origin}/{token}/users?api_key=***&team=jade' --header 'X-Auth: ***' --header-file ${file} --data '{"password":"***","q":"x"}' --path 'token=***' --strategy number`,
    );
  });

  it.each([[], ['--json']])(
    'are not shown in links that repeat them: pages %s',
    async (...more) => {
      api.answer((request, response) => {
        const next = request.url.includes('page=2')
          ? {}
          : { link: `<${request.url}&page=2>; rel="next"` };
        json([{ id: request.url.length }], 200, next)(request, response);
      });
      const url = `${api.origin}/users?api_key=query-PLANTED-3`;
      const { stdout, stderr, exitCode } = await run(
        'pages',
        url,
        '-H',
        'X-Auth: hdr-PLANTED-1',
        ...more,
      );
      expect([stderr, exitCode]).toEqual(['', 0]);
      expect(stdout).toContain('***');
      expectClean(stdout);
      const tokens = [...stdout.matchAll(/po1\.([\w-]+)/g)].map(([, text = '']) =>
        Buffer.from(text, 'base64url').toString(),
      );
      expectClean(...tokens);
      expect(api.requests.at(-1)?.url).toBe('/users?api_key=query-PLANTED-3&page=2');
    },
  );

  it('are not shown where only a link of the server holds them, and the walk goes on all the same', async () => {
    const link = (page: number) => `/users?page=${String(page)}&X-Amz-Signature=sig-PLANTED-7-${String(page)}`; // prettier-ignore
    api.answer((request, response) => {
      const page = Number(/page=(\d)/.exec(request.url)?.[1] ?? 1);
      if (page > 1 && request.url !== link(page)) json({ no: request.url }, 403)(request, response);
      else if (page === 4) json({ detail: `not ${request.url}` }, 400)(request, response);
      else
        json([{ id: page }], 200, { link: `<${link(page + 1)}>; rel="next"` })(request, response);
    });
    const url = `${api.origin}/users`;
    const shown: string[] = [];
    const look = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => {
      const tokens = [...(stdout + stderr).matchAll(/po1\.([\w-]+)/g)];
      const opened = tokens.map(([, text = '']) => Buffer.from(text, 'base64url').toString());
      shown.push(stdout, stderr, ...opened);
    };
    const failed = await run('items', url, '--strategy', 'link');
    expect(failed.stderr).toContain('HTTP_STATUS on page 4');
    for (const more of [[], ['--json']]) look(await run('pages', url, ...more, '--max-pages', '3'));
    const first = await run('items', url, '--strategy', 'link', '--max-items', '2');
    const token = /--resume (\S+)/.exec(first.stderr)?.[1] ?? '';
    const rest = await run(
      'items',
      url,
      '--strategy',
      'link',
      '--resume',
      token,
      '--max-items',
      '3',
    );
    for (const one of [failed, first, rest]) look(one);

    expect(rest.stdout).toBe('{"id":3}\n');
    expect(shown.filter((text) => text.includes('PLANTED-7'))).toEqual([]);
  });

  it('are not shown when the walk is interrupted or the server is gone', async () => {
    const gone = await startHttpServer();
    await gone.close();
    const [, ...args] = given();
    const unreachable = await run(
      'items',
      `${gone.origin}/{token}/?token=query-PLANTED-3`,
      ...args,
    );
    expect(unreachable.stderr).toContain('RETRY_EXHAUSTED');
    expectClean(unreachable.stderr);

    api.answer(() => {
      running.child.kill('SIGINT');
    });
    const running = start('items', ...given(), '--strategy', 'single');
    const { stderr, exitCode } = await running.ended;
    expect(stderr).toContain('interrupted after 0 items');
    expect(exitCode).toBe(130);
    expectClean(stderr);
  });
});
