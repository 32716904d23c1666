import { setTimeout as sleep } from 'node:timers/promises';
import { firstValueFrom, from, NEVER, of, throwError, type Observable } from 'rxjs';
import { PaginationError, type PageReply, type Transport } from 'paged-observable';

import type { LimitDescription } from '../../../lib/queue/export-description';
import { sharedLimiter } from '../../../lib/queue/limits/shared-limiter';
import { Pool } from '../../../lib/queue/open-pool';
import { migrate } from '../../../lib/queue/schema';
import type { Sql } from '../../../lib/queue/sql-pool';
import { describePostgres, postgresServer } from '../../support/postgres';

const request = { url: 'http://api.test/items' };
const ok: PageReply = { status: 200, headers: {}, body: [], url: request.url };
const replying =
  (reply: PageReply = ok): Transport =>
  () =>
    of(reply);

function send(transport: Transport): Observable<PageReply> {
  return from(transport(request, new AbortController().signal));
}

async function errorOf(transport: Transport): Promise<PaginationError> {
  const error: unknown = await firstValueFrom(send(transport)).catch((thrown: unknown) => thrown);
  if (error instanceof PaginationError) return error;
  throw new Error('Expected a PaginationError', { cause: error });
}

describePostgres('sharedLimiter', () => {
  const postgres = postgresServer();
  const pools: Pool[] = [];
  let names = 0;

  /** What another machine has: its own connections. */
  const machine = (): Pool => {
    const pool = new Pool({ url: () => postgres().url, size: 3, idleTransaction: 10_000 });
    pools.push(pool);
    return pool;
  };
  const limitOf = (rest: Omit<LimitDescription, 'name'>): LimitDescription => ({
    name: `key-${String(++names)}`,
    ...rest,
  });
  const takenSlots = async ({ name }: LimitDescription) =>
    (await postgres().query('select * from paged_observable.limit_slots where name = $1', [name]))
      .length;
  /** Resolves when so many slots are taken; the test's own time limit is the bound. */
  const untilTaken = async (limit: LimitDescription, slots: number) => {
    while ((await takenSlots(limit)) !== slots) await sleep(5);
  };

  beforeAll(() => migrate(machine()), 30_000);
  afterAll(() => Promise.all(pools.map((pool) => pool.end())));

  it('spaces the requests of two machines by one rate', async () => {
    const limit = limitOf({ perSecond: 50, burst: 9 });
    const transports = [machine(), machine()].map((pool) =>
      sharedLimiter(pool)(replying(), limit, Infinity),
    );
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: 22 }, (_, at) => firstValueFrom(send(transports[at % 2]!))),
    );
    const took = performance.now() - startedAt;
    // The depth is 1, so that 21 gaps of 20 ms lie between 22 requests.
    expect(took).toBeGreaterThanOrEqual(420);
  });

  it('plans the first requests after a pause for at once, as many as the depth', async () => {
    const limit = limitOf({ perSecond: 1, burst: 6 });
    const pool = machine();
    const transport = sharedLimiter(pool)(replying(), limit, Infinity);
    for (let sent = 0; sent < 5; sent++) await firstValueFrom(send(transport));
    const { rows } = await pool.query(
      'select answer, wait_ms > 100 as waits from paged_observable.plan_request($1, gen_random_uuid(), 1000, 60000)',
      [limit.name],
    );
    expect(rows).toEqual([{ answer: 'go', waits: true }]);
  });

  it('lets no more requests be in flight than the limit says, on all machines', async () => {
    const limit = limitOf({ concurrency: 3 });
    let [inFlight, most] = [0, 0];
    const slow: Transport = async () => {
      most = Math.max(most, ++inFlight);
      await sleep(20);
      inFlight--;
      return ok;
    };
    const transports = [machine(), machine()].map((pool) =>
      sharedLimiter(pool)(slow, limit, Infinity),
    );
    await Promise.all(
      Array.from({ length: 18 }, (_, at) => firstValueFrom(send(transports[at % 2]!))),
    );
    expect(most).toBe(3);
    await untilTaken(limit, 0);
  });

  it('frees the place of a request that is left, and of one that fails', async () => {
    const limit = limitOf({ concurrency: 1 });
    const limiter = sharedLimiter(machine());
    const left = send(limiter(() => NEVER, limit, Infinity)).subscribe();
    await untilTaken(limit, 1);
    left.unsubscribe();
    const failing = limiter(() => throwError(() => new Error('refused')), limit, Infinity);
    await expect(firstValueFrom(send(failing))).rejects.toThrow('refused');
    await expect(firstValueFrom(send(limiter(replying(), limit, Infinity)))).resolves.toBe(ok);
    await untilTaken(limit, 0);
  });

  it('never sends a request that was left while it waited', async () => {
    const limit = limitOf({ concurrency: 1 });
    const limiter = sharedLimiter(machine());
    const holding = send(limiter(() => NEVER, limit, Infinity)).subscribe();
    await untilTaken(limit, 1);
    const inner = jest.fn(replying());
    const waiting = send(limiter(inner, limit, Infinity)).subscribe();
    await sleep(60);
    waiting.unsubscribe();
    holding.unsubscribe();
    await untilTaken(limit, 0);
    await firstValueFrom(send(limiter(replying(), limit, Infinity)));
    expect(inner).not.toHaveBeenCalled();
  });

  it('takes over the place of a machine that has died once its lease has run out', async () => {
    const limit = limitOf({ concurrency: 1 });
    const transport = sharedLimiter(machine())(replying(), limit, Infinity);
    await firstValueFrom(send(transport));
    await untilTaken(limit, 0);
    await postgres().query(
      "insert into paged_observable.limit_slots values (gen_random_uuid(), $1, clock_timestamp() + interval '300 ms')",
      [limit.name],
    );
    const startedAt = performance.now();
    await firstValueFrom(send(transport));
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(250);
  });

  it.each([
    {
      told: 'Retry-After of a 429',
      reply: { ...ok, status: 429, headers: { 'retry-after': '0.4' } },
    },
    { told: 'RateLimit of a page', reply: { ...ok, headers: { ratelimit: '"a";r=0;t=1' } } },
  ])('holds all machines back for the $told that one of them is given', async ({ reply }) => {
    const limit = limitOf({ perSecond: 1000, burst: 1000 });
    const [told, other] = [sharedLimiter(machine()), sharedLimiter(machine())];
    await firstValueFrom(send(other(replying(), limit, Infinity)));
    const startedAt = performance.now();
    await expect(firstValueFrom(send(told(replying(reply), limit, Infinity)))).resolves.toBe(reply);
    await firstValueFrom(send(told(replying(), limit, Infinity)));
    await firstValueFrom(send(other(replying(), limit, Infinity)));
    const asked = reply.status === 429 ? 400 : 1000;
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(asked);
  });

  it('holds back a request that was planned before the server closed', async () => {
    const limit = limitOf({ perSecond: 4, burst: 1 });
    const pool = machine();
    const inner = jest.fn(replying());
    let planned = 0;
    const closing: Sql = {
      query: async (text, values) => {
        const result = await pool.query(text, values);
        if (!text.includes('plan_request') || ++planned !== 2) return result;
        await pool.query('select paged_observable.close_limit($1, 700)', [limit.name]);
        return result;
      },
    };
    const transport = sharedLimiter(closing)(inner, limit, Infinity);
    await firstValueFrom(send(transport));
    const startedAt = performance.now();
    await firstValueFrom(send(transport));
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(690);
    // Once more on a machine that is too slow for its place.
    expect(planned).toBeGreaterThanOrEqual(3);
    expect(inner).toHaveBeenCalledTimes(2);
  });

  it('gives a place back that it was given although the answer never came', async () => {
    const limit = limitOf({ concurrency: 1 });
    const pool = machine();
    const lost = new Error('what came cannot be read');
    const sql: Sql = {
      query: async (text, values) => {
        const result = await pool.query(text, values);
        if (!text.includes('plan_request') || result.rows[0]?.['answer'] !== 'go') return result;
        expect(await takenSlots(limit)).toBe(1);
        throw lost;
      },
    };
    const transport = sharedLimiter(sql)(replying(), limit, Infinity);
    await expect(firstValueFrom(send(transport))).rejects.toBe(lost);
    await untilTaken(limit, 0);
  });

  it('plans a request anew whose moment was missed', async () => {
    const limit = limitOf({ perSecond: 1000, burst: 1000 });
    const pool = machine();
    const inner = jest.fn(replying());
    let plans = 0;
    const slow: Sql = {
      query: async (text, values) => {
        const result = await pool.query(text, values);
        if (!text.includes('plan_request') || inner.mock.calls.length === 0) return result;
        // The first answer to the second request comes late.
        if (++plans === 1) await sleep(600);
        return result;
      },
    };
    const transport = sharedLimiter(slow)(inner, limit, Infinity);
    await firstValueFrom(send(transport));
    await firstValueFrom(send(transport));
    expect(plans).toBeGreaterThanOrEqual(2);
    expect(inner).toHaveBeenCalledTimes(2);
  });

  it('errors where a server wants no requests for longer than is waited', async () => {
    const limit = limitOf({ concurrency: 2 });
    const limiter = sharedLimiter(machine());
    const refused = new PaginationError('HTTP_STATUS', 'no', {
      status: 429,
      retryAfterMs: 86_400_000,
    });
    const first = limiter(() => throwError(() => refused), limit, Infinity);
    await expect(firstValueFrom(send(first))).rejects.toBe(refused);
    const inner = jest.fn(replying());
    const error = await errorOf(limiter(inner, limit, Infinity));
    expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    expect(error.retryAfterMs).toBeGreaterThan(86_000_000);
    expect(inner).not.toHaveBeenCalled();
    await untilTaken(limit, 0);
  });

  it('counts the time limit from when a request is sent', async () => {
    const limit = limitOf({ perSecond: 4, burst: 1 });
    const limiter = sharedLimiter(machine());
    await firstValueFrom(send(limiter(replying(), limit, 100)));
    await firstValueFrom(send(limiter(replying(), limit, 100)));
    const error = await errorOf(limiter(() => NEVER, limit, 100));
    expect(error).toMatchObject({ code: 'TIMEOUT', message: 'No complete reply within 100 ms' });
  });

  it('waits for a database that is away', async () => {
    const limit = limitOf({ perSecond: 100 });
    const pool = machine();
    const failures = [
      Object.assign(new Error('away'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('shutting down'), { code: '57P01' }),
    ];
    const sql: Sql = {
      query: (text, values) => {
        const failure = failures.pop();
        return failure === undefined ? pool.query(text, values) : Promise.reject(failure);
      },
    };
    await expect(
      firstValueFrom(send(sharedLimiter(sql)(replying(), limit, Infinity))),
    ).resolves.toBe(ok);
    expect(failures).toEqual([]);
  });

  it('passes on what is wrong with a statement', async () => {
    const wrong = Object.assign(new Error('no such function'), { code: '42883' });
    const limiter = sharedLimiter({ query: () => Promise.reject(wrong) });
    const transport = limiter(replying(), limitOf({}), Infinity);
    await expect(firstValueFrom(send(transport))).rejects.toBe(wrong);
  });

  it('changes a limit for all by the worker that begins last', async () => {
    const limit = limitOf({ concurrency: 1 });
    const [early, late] = [sharedLimiter(machine()), sharedLimiter(machine())];
    await firstValueFrom(send(early(replying(), limit, Infinity)));
    await firstValueFrom(send(late(replying(), { ...limit, concurrency: 2 }, Infinity)));
    await untilTaken(limit, 0);
    const held = [1, 2].map(() => send(early(() => NEVER, limit, Infinity)).subscribe());
    await untilTaken(limit, 2);
    for (const one of held) one.unsubscribe();
    await untilTaken(limit, 0);
  });

  it('keeps what the transport declares', () => {
    const plain: Transport = Object.assign(replying(), {
      anonymous: true as const,
      baseUrl: 'http://a.test',
    });
    const { anonymous, baseUrl } = sharedLimiter(machine())(plain, limitOf({}), Infinity);
    expect({ anonymous, baseUrl }).toEqual({ anonymous: true, baseUrl: 'http://a.test' });
  });
});
