import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { demoUsers } from '../../lib/demo/data-set';
import { demoServer } from '../demo/demo-client';
import { json, startHttpServer, type HttpServer } from '../support/http-server';

import { cli, resumeTokenIn } from './run-cli';

const users = demoUsers(250);
const ids = (from: number, to: number) =>
  users
    .slice(from, to)
    .map(({ id }) => `"${id}"\n`)
    .join('');

describe('how the command stops', () => {
  const server = demoServer();
  const { run, start, hold, file } = cli();

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends the walk on %s with the token of exactly what is out', async (signal, code) => {
    const url = `${server().url}/slow/users?delay=150&size=50`;
    const args = [
      'items',
      url,
      '--strategy',
      'number',
      '--total-pages',
      '/total_pages',
      '--select',
      '/id',
    ];
    const running = start(...args);
    await running.until(() => running.stdout().includes('u0000051'));
    running.child.kill(signal);
    const first = await running.ended;
    expect(first.exitCode).toBe(code);
    const rows = first.stdout.split('\n').length - 1;
    expect(first.stdout).toBe(ids(0, rows));
    const token = resumeTokenIn(first.stderr);
    expect(first.stderr).toBe(
      `paged-observable: interrupted after ${String(rows)} items; to go on:\n` +
        `  paged-observable items '${url}' --select /id --strategy number --total-pages /total_pages --resume ${token}\n`,
    );
    const rest = await run(...args, '--resume', token);
    expect(first.stdout + rest.stdout).toBe(ids(0, 250));
    expect(rest.exitCode).toBe(0);
  });

  it('goes on in the middle of a page where the reader was slow', async () => {
    const api = await bigList(2000);
    const args = ['items', `${api.origin}/`, '--strategy', 'single'];
    const running = hold(...args);
    // The page is larger than the pipe, so the command comes to wait in the middle of it.
    await api.asked;
    await sleep(300);
    running.child.kill('SIGINT');
    running.read();
    const first = await running.ended;
    expect(first.exitCode).toBe(130);
    const lines = first.stdout.split('\n').length - 1;
    expect(first.stdout.endsWith('\n')).toBe(true);
    expect(lines).toBeGreaterThan(0);
    expect(lines).toBeLessThan(2000);
    expect(first.stderr).toContain(`interrupted after ${String(lines)} items`);
    const rest = await run(...args, '--resume', resumeTokenIn(first.stderr));
    await api.close();
    expect(first.stdout + rest.stdout === bigLines(2000)).toBe(true);
  });

  it('ends at once on a second SIGINT, while the reader of the output does not read', async () => {
    const api = await bigList(2000);
    const running = hold('items', `${api.origin}/`, '--strategy', 'single');
    await api.asked;
    await sleep(300);
    running.child.kill('SIGINT');
    await sleep(200);
    expect(running.child.exitCode).toBeNull();
    const sentAt = performance.now();
    const exited = once(running.child, 'exit');
    running.child.kill('SIGINT');
    expect(await exited).toEqual([130, null]);
    expect(performance.now() - sentAt).toBeLessThan(500);
    running.read();
    await running.ended;
    await api.close();
  });

  it('leaves an output that nobody reads within 5 s of a signal, without a token for what is not out', async () => {
    const api = await bigList(2000);
    const pages = await startHttpServer();
    const long = 'x'.repeat(8000);
    pages.answer((request, response) => {
      const at = pages.requests.length;
      json({ items: [at], next: `${String(at)}${long}` })(request, response);
    });
    const url = `${api.origin}/`;
    const endless = ['pages', `${pages.origin}/`, '--json', '--strategy', 'cursor'];
    const cases = [
      { args: ['items', url, '--strategy', 'single'], signal: 'SIGINT', code: 130 },
      {
        args: [...endless, '--next', '/next', '--items', '/items', '--param', 'after'],
        signal: 'SIGTERM',
        code: 143,
      },
      { args: ['export', url, '--out', '-', '--strategy', 'single'], signal: 'SIGINT', code: 130 },
    ] as const;
    const ends = cases.map(async ({ args, signal }) => {
      const running = hold(...args);
      await Promise.all([silence(api, 2), silence(pages, 3)]);
      const exited = once(running.child, 'exit');
      running.child.kill(signal);
      const late = sleep(5000, 'alive after 5 s', { ref: false });
      const ended = await Promise.race([exited, late]);
      running.child.kill('SIGKILL');
      running.read();
      await running.ended;
      return [ended, running.stderr()];
    });
    const line =
      'paged-observable: interrupted; given up with an output that was not read to its end, or work that did not stop\n';
    const seen = await Promise.all(ends);
    await Promise.all([api.close(), pages.close()]);
    expect(seen).toEqual(cases.map(({ code }) => [[code, null], line]));
  }, 30_000);

  it('exits 141 without a word when the reader of the output goes away', async () => {
    const url = `${server().url}/link/users?per_page=1`;
    const running = start('items', url);
    await running.until(() => running.stdout() !== '');
    running.child.stdout.destroy();
    const { stderr, exitCode } = await running.ended;
    expect(stderr).toBe('');
    expect(exitCode).toBe(141);
    expect(server().requestCount()).toBeLessThan(250);
  });

  it('exits 74 with a line when the output cannot be written', async () => {
    const url = `${server().url}/link/users?per_page=100`;
    const child = spawn(process.execPath, [file(), 'items', url], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(74);
    expect(stderr).toBe(
      'paged-observable: SINK: the output failed (write ENOSPC), and its end may be missing; start anew\n',
    );
    expect(server().requestCount()).toBe(1);
  });

  it('hands on every byte of 10 MB to a slow reader before it exits', async () => {
    const api = await bigList(20_000);
    const running = start('items', `${api.origin}/`, '--strategy', 'single');
    const { stdout } = running.child;
    stdout.on('data', () => {
      stdout.pause();
      setTimeout(() => stdout.resume(), 1);
    });
    const ran = await running.ended;
    await api.close();
    expect(ran.stdout.length).toBeGreaterThan(10_000_000);
    expect(ran.stdout === bigLines(20_000)).toBe(true);
    expect([ran.stderr, ran.exitCode]).toEqual(['', 0]);
  }, 20_000);

  it('asks for no page beyond those that a stalled reader has taken', async () => {
    const api = await startHttpServer();
    api.answer((request, response) => {
      const page = Number(/page=(\d+)/.exec(request.url)?.[1] ?? 1);
      const body = Array.from({ length: 400 }, (_, at) => ({ at, page, text: 'x'.repeat(500) }));
      json(page > 100 ? [] : body)(request, response);
    });
    const running = hold('items', `${api.origin}/`, '--strategy', 'number');
    // The pipe and the buffers of both processes hold a few pages; then the requests cease.
    await sleep(1000);
    const seen = api.requests.length;
    await sleep(500);
    expect(api.requests.length).toBe(seen);
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(10);
    running.read();
    const { exitCode, stdout } = await running.ended;
    await api.close();
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(40_001);
    expect(api.requests).toHaveLength(101);
  }, 20_000);
});

const bigItem = (index: number) => ({ index, text: 'ä'.repeat(500) });

function bigLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(bigItem(index))}\n`).join(
    '',
  );
}

/** Resolves when nobody asks any more: all that is between the processes is full. */
async function silence({ requests }: HttpServer, least: number): Promise<void> {
  for (let seen = 0; seen < least || seen !== requests.length;) {
    seen = requests.length;
    await sleep(1000);
  }
}

/** A server of one page, and when it was asked for it. */
async function bigList(count: number): Promise<HttpServer & { readonly asked: Promise<void> }> {
  const api = await startHttpServer();
  const items = Array.from({ length: count }, (_, index) => bigItem(index));
  const asked = new Promise<void>((resolve) => {
    api.answer((request, response) => {
      resolve();
      json(items)(request, response);
    });
  });
  return { ...api, asked };
}
