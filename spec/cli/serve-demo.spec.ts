import { demoRoutes } from '../../lib/demo/demo-routes';
import { demoServer } from '../demo/demo-client';

import { cli, type Running } from './run-cli';

describe('paged-observable serve-demo', () => {
  const { start, run } = cli();
  const busy = demoServer();

  async function urlOf(running: Running): Promise<string> {
    await running.until(() => running.stdout().includes('Try: '));
    return / at (http:\S+)/.exec(running.stdout())?.[1] ?? '';
  }

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('prints its URL and routes, serves, and ends on %s', async (signal, code) => {
    const running = start('serve-demo', '--users', '3');
    const url = await urlOf(running);
    const lines = running.stdout().split('\n');
    expect(lines[0]).toBe(`Demo API with 3 users at ${url}`);
    expect(lines.filter((line) => /^(?:GET|POST) /.test(line))).toEqual(
      demoRoutes.map(({ method = 'GET', path }) => `${method.padEnd(5)} ${path}`),
    );
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const items = await run('items', `${url}/openai/models`, '--strategy', 'single');
    expect(items.stdout.split('\n')).toHaveLength(4);
    running.child.kill(signal);
    const { stderr, exitCode } = await running.ended;
    expect([stderr, exitCode]).toEqual(['', code]);
  });

  it('listens where it is told and waits before its replies', async () => {
    const running = start('serve-demo', '--host', '::1', '--latency', '60');
    const url = await urlOf(running);
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    const asked = performance.now();
    await (await fetch(`${url}/`)).text();
    expect(performance.now() - asked).toBeGreaterThanOrEqual(55);
    running.child.kill();
    await running.ended;
  });

  it('says in a line that the port is taken', async () => {
    const port = new URL(busy().url).port;
    expect(await run('serve-demo', '--port', port)).toEqual({
      stdout: '',
      stderr: `paged-observable: cannot listen on 127.0.0.1 port ${port} (EADDRINUSE); try another --port or --host\n`,
      exitCode: 1,
    });
  });
});
