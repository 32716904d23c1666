import { canRun } from './can-run';
import {
  isPostgresThere,
  noPostgres,
  startPostgres,
  type PostgresEngine,
  type PostgresServer,
} from './postgres-server';

/** `describe` for tests that need PostgreSQL: where there is none they are skipped with a warning, and in CI it is an error. */
export const describePostgres = describeEngine();

/**
 * The same for tests of one engine. In CI only the embedded one must be there, which stands in for the system's: that cannot be
 * installed everywhere.
 */
export function describeEngine(engine?: PostgresEngine): typeof describe.skip {
  const lack = isPostgresThere(engine) ? undefined : noPostgres(engine);
  const inCi = engine !== 'system' || !isPostgresThere('embedded');
  return canRun({ of: 'what needs PostgreSQL', lack, inCi }) ? describe : describe.skip;
}

/** A database for each spec file, made before and gone after all its tests. */
export function postgresServer(engine?: PostgresEngine): () => PostgresServer {
  let server: PostgresServer | undefined;
  let close = () => Promise.resolve();
  beforeAll(async () => {
    ({ server, close } = await startPostgres(engine));
  }, 60_000);
  afterAll(() => close(), 60_000);
  return () => {
    if (server === undefined) throw new Error('PostgreSQL has not been started');
    return server;
  };
}
