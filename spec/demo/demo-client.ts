import {
  type DemoServer,
  type DemoServerOptions,
  startDemoServer,
} from '../../lib/demo/start-demo-server';

/** A server of its own for each spec file, started before and closed after all its tests; forgets between tests. */
export function demoServer(options: DemoServerOptions = {}): () => DemoServer {
  let server: DemoServer | undefined;
  const current = (): DemoServer => {
    if (server === undefined) throw new Error('The demo server has not been started');
    return server;
  };
  beforeAll(async () => {
    server = await startDemoServer(options);
  });
  beforeEach(() => {
    current().reset();
  });
  afterAll(() => current().close());
  return current;
}

/** A server for one test, closed whatever happens. */
export async function withDemoServer(
  options: DemoServerOptions,
  use: (server: DemoServer) => Promise<void>,
): Promise<void> {
  const server = await startDemoServer(options);
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export async function get(url: string, headers: Record<string, string> = {}): Promise<Got> {
  return read(await fetch(url, { headers }));
}

export async function post(url: string, body: unknown): Promise<Got> {
  const headers = { 'content-type': 'application/json' };
  return read(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read(response: Response): Promise<Got> {
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The value at a path of own members and indexes; `undefined` where there is none. */
export function at(value: unknown, ...names: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name))
      return undefined;
    found = (found as Record<string | number, unknown>)[name];
  }
  return found;
}

/** A member that must be text. */
export function textAt(value: unknown, ...names: readonly (string | number)[]): string {
  const found = at(value, ...names);
  if (typeof found !== 'string') throw new Error(`Expected text at ${names.join('/')}`);
  return found;
}

/** A member that must be an array. */
export function listAt(value: unknown, ...names: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...names);
  if (!Array.isArray(found)) throw new Error(`Expected an array at ${names.join('/')}`);
  return found;
}

/** The log as lines, `GET /path?query 200`. */
export function logOf({ requests }: DemoServer): readonly string[] {
  return requests.map(
    ({ method, path, query, status }) =>
      `${method} ${path}${query === '' ? '' : `?${query}`} ${String(status)}`,
  );
}

/** Lets the event loop turn until something has come true. */
export async function until(condition: () => boolean): Promise<void> {
  const latest = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > latest) throw new Error('Waited in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
