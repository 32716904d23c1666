import { setTimeout as sleep } from 'node:timers/promises';

import { cancelExport, retryParts } from '../../lib/queue/export-control';
import type { ExportPlan } from '../../lib/queue/export-plan';
import { storeExport } from '../../lib/queue/export-store';
import { JobQueue } from '../../lib/queue/job-queue';
import { Pool } from '../../lib/queue/open-pool';
import { PartLeases } from '../../lib/queue/part-leases';
import { PartStore } from '../../lib/queue/part-store';
import { migrate, SCHEMA } from '../../lib/queue/schema';
import { describePostgres, postgresServer } from '../support/postgres';

const server = postgresServer();
const LEASE = 250;
/** Longer than any test. */
const LONG = 30_000;
let pool: Pool;
let jobs: JobQueue;
let id = '';
let count = 0;

beforeAll(async () => {
  pool = new Pool({ url: () => server().url, size: 4, idleTransaction: LONG });
  await migrate(pool);
  jobs = await JobQueue.open(pool, () => undefined);
  await server().query('create table written (id text)');
});
afterAll(async () => {
  await jobs.close();
  await pool.end();
});
beforeEach(async () => {
  id = `export ${String(++count)}`;
  const part = { name: 'one', transport: id.replace(' ', ''), request: { url: '/x' } };
  const plan: ExportPlan = {
    version: 1,
    description: {
      transport: 'api',
      request: '/x',
      sink: { kind: 'table', table: 't', create: true, append: true },
      maxTries: 1,
    },
    parts: [
      { index: 0, ...part },
      { index: 1, ...part },
    ],
    notes: [],
  };
  await storeExport(pool, jobs, id, plan, {});
});

const queueOf = () => `table/${id.replace(' ', '')}`;
const worker = (name: string, lease = LEASE, sql = pool) => ({
  leases: new PartLeases(sql, jobs, lease, name),
  store: new PartStore(sql, jobs, lease),
});
const page = (pages: number) => ({
  rows: pages * 10,
  pages,
  resumeToken: `token ${String(pages)}`,
  own: { at: pages },
});

async function claimOne({ leases }: { readonly leases: PartLeases }) {
  const [claim] = await leases.claim(queueOf(), 1);
  if (claim === undefined) throw new Error('nothing to claim');
  return claim;
}

/** Puts parts back whose lease has run out; which of this test's. */
async function free(): Promise<readonly number[]> {
  const { freed } = await worker('janitor').leases.free();
  return freed.filter((claim) => claim.export === id).map(({ part }) => part);
}

/** What a worker writes with its checkpoint. */
const write = (text: string) => async (sql: Pick<Pool, 'query'>) => {
  await sql.query('insert into written values ($1)', [`${id} ${text}`]);
};

/** The same as one statement with the checkpoint. */
const atOnce = (text: string) => ({
  text: (first: number, only: string) =>
    `insert into written select $${String(first)}::text where ${only}`,
  values: [`${id} ${text}`],
});

async function written(): Promise<readonly unknown[]> {
  const rows = await server().query('select id from written where id like $1', [`${id} %`]);
  return rows.map((row) => row['id']);
}

describePostgres('a part under a lease', () => {
  it('is taken by one worker only, in plan order', async () => {
    const [mine, others] = await Promise.all([
      worker('a', LONG).leases.claim(queueOf(), 1),
      worker('b', LONG).leases.claim(queueOf(), 5),
    ]);
    expect([...mine, ...others].map(({ part }) => part).sort()).toEqual([0, 1]);
    expect(await worker('c').leases.claim(queueOf(), 5)).toEqual([]);
  });

  it('goes on with after its last commit, under a lease with a greater number', async () => {
    const first = await claimOne(worker('a', LONG));
    expect(first).toMatchObject({
      part: 0,
      tries: 1,
      maxTries: 1,
      checkpoint: { rows: 0, pages: 0 },
    });
    await worker('a', LONG).store.commit(first, page(1), write('1'));
    await worker('a', LONG).store.release(first);
    const next = await claimOne(worker('b', LONG));
    expect(next).toMatchObject({ part: 0, tries: 1, checkpoint: page(1) });
    expect(next.lease).toBeGreaterThan(first.lease);
    expect(await written()).toEqual([`${id} 1`]);
  });

  it('refuses whoever lost it to another, and writes nothing of his', async () => {
    const own = worker('slow');
    const claim = await claimOne(own);
    await own.store.commit(claim, page(1), write('first page'));
    await sleep(LEASE + 50);
    expect(await free()).toEqual([0]);
    const heir = await claimOne(worker('heir', LONG));
    expect(heir.part).toBe(0);
    const late = own.store.commit(claim, page(2), write('too late'));
    await expect(late).rejects.toMatchObject({
      code: 'LEASE_LOST',
      message: `The lease ${String(claim.lease)} of part 0 of ${id} is lost: nothing more is written under it`,
    });
    await expect(own.store.finish(claim, page(2))).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await own.store.release(claim)).toBe('lost');
    expect(await own.leases.renew([claim])).toEqual([claim]);
    await worker('heir', LONG).store.commit(heir, page(2), write('second page'));
    expect(await written()).toEqual([`${id} first page`, `${id} second page`]);
  });

  it('refuses whoever let it run out, although nobody has taken it yet', async () => {
    const own = worker('slow');
    const claim = await claimOne(own);
    await sleep(LEASE + 50);
    await expect(own.store.commit(claim, page(1), write('too late'))).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    expect(await written()).toEqual([]);
  });

  it('refuses rows that come in one statement with their checkpoint just as well', async () => {
    const own = worker('slow');
    const claim = await claimOne(own);
    await own.store.commit(claim, page(1), atOnce('first page'));
    await own.store.commit(claim, page(1), atOnce('the same again'));
    const failing = { ...atOnce('broken'), values: ['\0'] };
    await expect(own.store.commit(claim, page(2), failing)).rejects.toThrow(
      'invalid byte sequence',
    );
    await sleep(LEASE + 50);
    await expect(own.store.commit(claim, page(2), atOnce('too late'))).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    expect(await free()).toEqual([0]);
    const heir = await claimOne(worker('heir', LONG));
    expect(heir.checkpoint).toEqual(page(1));
    await expect(own.store.commit(claim, page(2), atOnce('later'))).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    await worker('heir', LONG).store.commit(heir, page(2), atOnce('second page'));
    expect(await written()).toEqual([`${id} first page`, `${id} second page`]);
  });

  it('has its checkpoint moved by itself where the rows go elsewhere, and no more when the lease is lost', async () => {
    const own = worker('slow');
    const claim = await claimOne(own);
    await own.store.commit(claim, page(1), undefined);
    await own.store.commit(claim, page(1), undefined);
    await sleep(LEASE + 50);
    await expect(own.store.commit(claim, page(2), undefined)).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    expect(await free()).toEqual([0]);
    expect((await claimOne(worker('heir', LONG))).checkpoint).toEqual(page(1));
  });

  it('is written to although the table changes under a statement that the server keeps', async () => {
    const own = worker('a', LONG);
    const claim = await claimOne(own);
    await server().query(`create table changing (id text)`);
    const insert = {
      text: (first: number, only: string) =>
        `insert into changing (id) select id from json_populate_recordset(null::changing, $${String(first)}::json) where ${only}`,
      values: ['[{"id":"x"}]'],
    };
    for (let pages = 1; pages <= 8; pages++) {
      if (pages === 7) await server().query(`alter table changing add column at timestamptz`);
      await own.store.commit(claim, page(pages), insert);
    }
    expect(await server().query('select id from changing')).toHaveLength(8);
  });

  it('stays with whoever renews it', async () => {
    const own = worker('a', 4 * LEASE);
    const claim = await claimOne(own);
    for (let signs = 0; signs < 6; signs++) {
      await sleep(LEASE);
      expect(await own.leases.renew([claim])).toEqual([]);
    }
    expect(await free()).toEqual([]);
    await own.store.commit(claim, page(1), write('in time'));
    expect(await written()).toEqual([`${id} in time`]);
  });

  it('keeps its lease through a page that takes longer than that, and so do the others of its worker', async () => {
    const own = worker('a', 3 * LEASE);
    const [slow, other] = await own.leases.claim(queueOf(), 2);
    if (slow === undefined || other === undefined) throw new Error('nothing to claim');
    let end: () => void = () => undefined;
    const long = own.store.commit(slow, page(1), async (sql) => {
      // Not idle, or the server would end it.
      const timer = setInterval(() => void sql.query('select 1'), 50);
      await new Promise<void>((resolve) => (end = resolve));
      clearInterval(timer);
    });
    for (let signs = 0; signs < 4; signs++) {
      await sleep(LEASE);
      expect(await own.leases.renew([slow, other])).toEqual([]);
    }
    end();
    await long;
    expect(await free()).toEqual([]);
    await own.store.commit(slow, page(2), write('slow'));
    await own.store.commit(other, page(1), write('other'));
    expect(await written()).toEqual([`${id} slow`, `${id} other`]);
  });

  it('is not written twice where a commit is tried again that had gone through', async () => {
    const own = worker('a', LONG);
    const claim = await claimOne(own);
    await own.store.commit(claim, page(1), write('once'));
    await own.store.commit(claim, page(1), write('once'));
    expect(await written()).toEqual([`${id} once`]);
    expect(await own.store.finish(claim, page(1))).toBeUndefined();
    expect(await own.store.finish(claim, page(1))).toBeUndefined();
    const last = await claimOne(own);
    expect(await own.store.finish(last, page(0))).toEqual({ export: id, state: 'done' });
    expect(await own.store.finish(last, page(0))).toBeUndefined();
    const rows = await server().query(`select parts_done from ${SCHEMA}.exports where id = $1`, [
      id,
    ]);
    expect(rows).toEqual([{ parts_done: 2 }]);
  });

  it('keeps neither rows nor checkpoint where one of them cannot be written', async () => {
    const own = worker('a', LONG);
    const claim = await claimOne(own);
    const failing = own.store.commit(claim, page(1), async (sql) => {
      await write('lost')(sql);
      await sql.query('select 1 / 0');
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await written()).toEqual([]);
    await own.store.commit(claim, page(1), write('kept'));
    expect(await written()).toEqual([`${id} kept`]);
  });

  it('is free again though its worker stands still in the middle of a transaction', async () => {
    const frail = new Pool({ url: () => server().url, size: 1, idleTransaction: LEASE });
    const own = worker('frozen', LEASE, frail);
    const claim = await claimOne(own);
    let wake: () => void = () => undefined;
    const frozen = own.store.commit(claim, page(1), async (sql) => {
      await write('frozen')(sql);
      await new Promise<void>((resolve) => (wake = resolve));
    });
    const refused = expect(frozen).rejects.toThrow();
    await sleep(3 * LEASE);
    expect(await free()).toEqual([0]);
    const heir = await claimOne(worker('b', LONG));
    expect(heir.checkpoint.pages).toBe(0);
    wake();
    await refused;
    await frail.end();
    expect(await written()).toEqual([]);
  });

  it('is taken over from a dead worker where nobody with a free hand has taken it, by one only', async () => {
    const [dead, other] = await worker('dead').leases.claim(queueOf(), 2);
    if (dead === undefined || other === undefined) throw new Error('nothing to claim');
    await worker('dead').store.commit(dead, page(1), write('1'));
    await worker('dead').store.release(other);
    await sleep(LEASE + 50);
    expect(await free()).toEqual([0]);
    const busy = worker('busy', LONG);
    expect(await busy.leases.adopt([queueOf()], 5)).toEqual([]);
    await sleep(1000);
    expect(await busy.leases.adopt(['table/another'], 5)).toEqual([]);
    const taken = await Promise.all([busy, busy].map((one) => one.leases.adopt([queueOf()], 5)));
    const [adopted, ...more] = taken.flat();
    if (adopted === undefined) throw new Error('nothing was adopted');
    expect(more).toEqual([]);
    expect(adopted).toMatchObject({ part: 0, tries: 1, checkpoint: page(1) });
    // Its job is still in the queue, and leads nobody to it.
    expect((await worker('free', LONG).leases.claim(queueOf(), 5)).map(({ part }) => part)).toEqual(
      [1],
    );
    await busy.store.commit(adopted, page(2), write('2'));
    expect(await busy.store.finish(adopted, page(2))).toBeUndefined();
    expect(await busy.leases.adopt([queueOf()], 5)).toEqual([]);
    expect(await written()).toEqual([`${id} 1`, `${id} 2`]);
  });

  it('is in the queue again with its export although it was put back when that had just been cancelled', async () => {
    const own = worker('own', LONG);
    const claim = await claimOne(own);
    await cancelExport(pool, jobs, id);
    const error = { code: 'HTTP_STATUS', message: 'busy' } as const;
    await own.store.fail(claim, { error, setAside: false, wait: 0, counts: true });
    expect(await own.leases.claim(queueOf(), 2)).toEqual([]);
    expect(await retryParts(pool, jobs, id, undefined)).toBe(2);
    expect((await own.leases.claim(queueOf(), 2)).map(({ part }) => part)).toEqual([0, 1]);
  });

  it.each(['gives it back', 'is dead'])(
    'stays cancelled where its export goes on while its worker %s, and holds up no end',
    async (how) => {
      const own = worker('own', how === 'is dead' ? LEASE : LONG);
      const claim = await claimOne(own);
      await cancelExport(pool, jobs, id);
      if (how === 'is dead') await sleep(LEASE + 50);
      const complete = jobs.complete.bind(jobs);
      jest.spyOn(jobs, 'complete').mockImplementationOnce(async (...job) => {
        await retryParts(pool, jobs, id, [1]);
        await complete(...job);
      });
      if (how === 'is dead') await free();
      else expect(await own.store.release(claim)).toBe('cancelled');
      const heir = worker('heir', LONG);
      const other = await claimOne(heir);
      expect(await heir.store.finish(other, page(0))).toEqual({ export: id, state: 'cancelled' });
    },
  );

  it('is set aside where its workers die again and again without a page', async () => {
    for (let deaths = 1; deaths <= 4; deaths++) {
      expect(await claimOne(worker(`worker ${String(deaths)}`))).toMatchObject({
        part: 0,
        tries: 1,
        deaths: deaths - 1,
      });
      await sleep(LEASE + 50);
      expect(await free()).toEqual(deaths < 4 ? [0] : []);
    }
    const rows = await server().query(
      `select state, error from ${SCHEMA}.parts where export = $1 and index = 0`,
      [id],
    );
    expect(rows).toEqual([
      {
        state: 'failed',
        error: {
          code: 'LEASE_LOST',
          message: 'Its worker was not heard of within its lease, 4 times without a page',
        },
      },
    ]);
  });
});
