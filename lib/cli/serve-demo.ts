import { demoRoutes } from '../demo/demo-routes';
import { startDemoServer } from '../demo/start-demo-server';

import { EXIT } from './exit-codes';
import type { Interrupts } from './interrupts';
import type { Output } from './output';
import { wrapText } from './wrap-text';

export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly users: number;
  readonly latency: number;
}

const ABOUT_COLUMN = 8;
const WIDTH = 100;

/** Serves the demo API until a signal comes; gives the exit code, or a line about why it cannot be served. */
export async function serveDemo(
  { port, host, users, latency }: ServeFlags,
  output: Output,
  interrupts: Interrupts,
): Promise<number | string> {
  let server;
  try {
    server = await startDemoServer({ port, host, users, latencyMs: latency });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `cannot listen on ${host} port ${String(port)} (${code}); try another --port or --host`;
  }
  output.line(`Demo API with ${String(users)} users at ${server.url}`);
  output.line('');
  for (const line of routeLines()) output.line(line);
  output.line('');
  output.line(`Try: paged-observable items '${server.url}/link/users?per_page=50'`);
  output.flush();
  await new Promise((resolve) => {
    interrupts.signal.addEventListener('abort', resolve, { once: true });
    if (interrupts.signal.aborted) resolve(undefined);
  });
  await server.close();
  return interrupts.exitCode ?? EXIT.readerGone;
}

/** The index of routes as it fits a terminal. */
function routeLines(): readonly string[] {
  return demoRoutes.flatMap(({ method = 'GET', path, about }) => [
    `${method.padEnd(5)} ${path}`,
    ...wrapText(about, WIDTH - ABOUT_COLUMN).map((line) => ' '.repeat(ABOUT_COLUMN) + line),
  ]);
}
