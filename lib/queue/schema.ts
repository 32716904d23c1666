import { limitSql } from './limits/limit-schema';
import type { Sql, SqlPool } from './sql-pool';

/** Where everything of the queue stands in its database; pg-boss has a schema of its own beside it. */
export const SCHEMA = 'paged_observable';

/** Of the advisory lock under which the schema is made; any number that nobody else takes. */
const LOCK = [0x706167, 0x65642e] as const;

/**
 * What makes the schema of a version from that of the version before; the first from nothing. Never changed once released:
 * a change is one more of them. JSON stands as `json`, which keeps any text as it is.
 */
const MIGRATIONS: readonly string[] = [
  `
  create table ${SCHEMA}.exports (
    id text primary key,
    description json not null,
    -- What must be the same for the same id.
    settings json not null,
    -- Another export of the same id has another.
    run uuid not null,
    -- Of the description, for statements.
    has_files boolean not null,
    output_table text,
    max_tries int not null,
    total_count bigint,
    notes json not null default '[]',
    state text not null default 'running' check (state in ('running', 'finishing', 'done', 'failed', 'cancelled')),
    parts int not null,
    parts_done int not null default 0,
    parts_failed int not null default 0,
    created_at timestamptz not null default now(),
    finished_at timestamptz
  );
  create sequence ${SCHEMA}.leases;
  create table ${SCHEMA}.parts (
    export text not null references ${SCHEMA}.exports on delete cascade,
    index int not null,
    plan json not null,
    -- Of the plan, for statements.
    queue text not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    -- The job of pg-boss that stands for it while it waits or runs.
    job uuid,
    -- The fence: who takes the part gives it a number that no lease had, and who has another commits nothing.
    lease bigint not null default 0,
    leased_until timestamptz,
    worker text,
    tries int not null default 0,
    -- Of its workers, since it last got a page further.
    deaths int not null default 0,
    rows bigint not null default 0,
    pages bigint not null default 0,
    bytes bigint,
    resume_token text,
    -- What the sink must know to go on.
    own json,
    error json,
    started_at timestamptz,
    changed_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (export, index)
  );
  create unique index parts_job on ${SCHEMA}.parts (job);
  create index parts_leased on ${SCHEMA}.parts (leased_until) where state = 'running';
  create index exports_finishing on ${SCHEMA}.exports (id) where state = 'finishing';
  `,
  limitSql(SCHEMA),
  `
  -- Since when a part waits whose worker died.
  alter table ${SCHEMA}.parts add column orphaned_at timestamptz;
  create index parts_orphaned on ${SCHEMA}.parts (orphaned_at) where state = 'waiting' and orphaned_at is not null;
  `,
  `
  -- Of an export that goes on with some of its parts, those that stay cancelled; counted when it goes on.
  alter table ${SCHEMA}.exports add column parts_cancelled int not null default 0;
  update ${SCHEMA}.exports e set parts_cancelled = (
    select count(*) from ${SCHEMA}.parts p where p.export = e.id and p.state = 'cancelled') where e.state = 'running';
  -- Which until now never ended.
  update ${SCHEMA}.exports set state = case when parts_failed > 0 then 'failed' else 'cancelled' end, finished_at = now()
  where state = 'running' and parts_cancelled > 0 and parts_done + parts_failed + parts_cancelled = parts;
  `,
];

/** The version that this code knows. */
const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Makes the schema, or brings it up to date; of many processes that start at once one does it, and the others wait.
 * @throws Error where the schema is of a later version of this package
 */
export async function migrate(pool: SqlPool): Promise<void> {
  if ((await versionOf(pool)) === SCHEMA_VERSION) return;
  await pool.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1, $2)', LOCK);
    const version = await versionOf(sql);
    if (version > SCHEMA_VERSION) {
      throw new Error(
        `The schema ${SCHEMA} is of version ${String(version)}, and this package knows ${String(SCHEMA_VERSION)}: it is too old`,
      );
    }
    if (version === 0) {
      await sql.query(`create schema if not exists ${SCHEMA}`);
      await sql.query(`create table ${SCHEMA}.version (version int not null)`);
      await sql.query(`insert into ${SCHEMA}.version values (0)`);
    }
    for (const migration of MIGRATIONS.slice(version)) await sql.query(migration);
    await sql.query(`update ${SCHEMA}.version set version = $1`, [SCHEMA_VERSION]);
  });
}

async function versionOf(sql: Sql): Promise<number> {
  // Not to_regclass(): after the wait for a lock it may still say what was before.
  const { rows } = await sql.query(
    "select 1 from pg_catalog.pg_tables where schemaname = $1 and tablename = 'version'",
    [SCHEMA],
  );
  if (rows.length === 0) return 0;
  const { rows: versions } = await sql.query(`select version from ${SCHEMA}.version`);
  return Number(versions[0]?.['version']);
}
