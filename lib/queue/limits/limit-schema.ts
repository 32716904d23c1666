/** The tables and functions of limits that machines share, in a schema that is there. */
export function limitSql(schema: string): string {
  return `
  create table ${schema}.limits (
    name text primary key,
    -- As the worker says that used it first most lately; one for all.
    pace float8 check (pace > 0),
    depth int not null default 1,
    concurrency int check (concurrency > 0),
    -- When the bucket is full again; the one number that a token bucket needs (the generic cell rate algorithm).
    full_at timestamptz not null default now(),
    -- Until then the server wants no requests.
    closed_until timestamptz not null default now()
  );
  create table ${schema}.limit_slots (
    slot uuid primary key,
    name text not null references ${schema}.limits on delete cascade,
    leased_until timestamptz not null
  );
  create index limit_slots_name on ${schema}.limit_slots (name, leased_until);

  -- Plans a request: 'go' in so many milliseconds, 'full' where no slot is free, 'closed' where the server wants none for longer
  -- than the patience, 'unknown' where nobody has said what the limit is. Times are those of the database, so that the clocks
  -- of machines do not count; and what a crash of it forgets is its own last moments, for which nobody need wait on a disk.
  create function ${schema}.plan_request(limit_name text, own_slot uuid, lease_ms float8, patience_ms float8)
  returns table (answer text, wait_ms float8) language plpgsql as $$
  declare
    found_limit ${schema}.limits;
    t timestamptz;
    gap interval;
    planned timestamptz;
    filled timestamptz;
    taken int;
  begin
    perform set_config('synchronous_commit', 'off', true);
    select * into found_limit from ${schema}.limits where name = limit_name for update;
    if not found then
      return query select 'unknown', 0::float8;
      return;
    end if;
    t := clock_timestamp();
    planned := greatest(t, found_limit.closed_until);
    if extract(epoch from planned - t) * 1000 > patience_ms then
      return query select 'closed', extract(epoch from planned - t)::float8 * 1000;
      return;
    end if;
    if found_limit.pace is not null then
      gap := make_interval(secs => 1 / found_limit.pace);
      filled := greatest(found_limit.full_at, t);
      planned := greatest(planned, filled - gap * (found_limit.depth - 1));
    end if;
    if found_limit.concurrency is not null then
      delete from ${schema}.limit_slots where name = limit_name and leased_until <= t and slot <> own_slot;
      select count(*) into taken from ${schema}.limit_slots where name = limit_name and slot <> own_slot;
      if taken >= found_limit.concurrency then
        return query select 'full', 0::float8;
        return;
      end if;
      insert into ${schema}.limit_slots (slot, name, leased_until)
        values (own_slot, limit_name, planned + make_interval(secs => lease_ms / 1000))
        on conflict (slot) do update set leased_until = excluded.leased_until;
    end if;
    if found_limit.pace is not null then
      update ${schema}.limits set full_at = greatest(filled, planned) + gap where name = limit_name;
    end if;
    return query select 'go', extract(epoch from planned - t)::float8 * 1000;
  end $$;

  create function ${schema}.free_slot(own_slot uuid) returns void language plpgsql as $$
  begin
    perform set_config('synchronous_commit', 'off', true);
    delete from ${schema}.limit_slots where slot = own_slot;
  end $$;

  create function ${schema}.close_limit(limit_name text, for_ms float8) returns void language plpgsql as $$
  begin
    perform set_config('synchronous_commit', 'off', true);
    update ${schema}.limits
      set closed_until = greatest(closed_until, clock_timestamp() + make_interval(secs => for_ms / 1000))
      where name = limit_name;
  end $$;
  `;
}
