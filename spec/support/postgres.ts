import {
  isPostgresThere,
  NO_POSTGRES,
  startPostgres,
  type PostgresServer,
} from './postgres-server';

if (!isPostgresThere && process.env['CI'] !== undefined) throw new Error(NO_POSTGRES);
if (!isPostgresThere) console.warn(`${NO_POSTGRES}; its tests are skipped`);

/** `describe` for tests that need PostgreSQL: where there is none they are skipped with a warning, and in CI it is an error. */
export const describePostgres: typeof describe.skip = isPostgresThere ? describe : describe.skip;

/** A database for each spec file, made before and gone after all its tests. */
export function postgresServer(): () => PostgresServer {
  let server: PostgresServer | undefined;
  let close = () => Promise.resolve();
  beforeAll(async () => {
    ({ server, close } = await startPostgres());
  }, 60_000);
  afterAll(() => close(), 60_000);
  return () => {
    if (server === undefined) throw new Error('PostgreSQL has not been started');
    return server;
  };
}
