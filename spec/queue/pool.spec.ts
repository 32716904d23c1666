import { isConnectionLoss } from '../../lib/queue/connection-loss';
import { KeptStatements } from '../../lib/queue/kept-statements';
import { Pool } from '../../lib/queue/open-pool';

/** Connections that write down what they are asked, and fail as they are told. */
function connections(failures: Readonly<Record<string, Error>> = {}) {
  const log: string[] = [];
  let made = 0;
  const connect = () => {
    const name = String(++made);
    log.push(`${name}: open`);
    return Promise.resolve({
      query: (text: string) => {
        log.push(`${name}: ${text}`);
        const failure = failures[text];
        return failure === undefined ? Promise.resolve({ rows: [] }) : Promise.reject(failure);
      },
      end: () => {
        log.push(`${name}: end`);
        return Promise.resolve();
      },
    });
  };
  const pool = (size: number) => new Pool({ url: () => 'x', size, idleTransaction: 500, connect });
  return { log, pool };
}

const BEGIN = 'begin; set local idle_in_transaction_session_timeout = 500';
const lost = Object.assign(new Error('terminating connection'), { code: '57P01' });

describe('the connections of a queue', () => {
  it('are made as they are needed, used again, and ended', async () => {
    const { log, pool } = connections();
    const own = pool(2);
    await own.query('a');
    await own.query('b');
    await Promise.all([own.query('c'), own.query('d'), own.query('e')]);
    await own.end();
    expect(log.slice(0, 3)).toEqual(['1: open', '1: a', '1: b']);
    expect(log.filter((line) => line.endsWith('open'))).toHaveLength(2);
    expect([...log.slice(-2)].sort()).toEqual(['1: end', '2: end']);
    await expect(own.query('f')).rejects.toThrow('closed');
  });

  it('commit what resolves and roll back what rejects, whose error is the caller’s', async () => {
    const { log, pool } = connections();
    const own = pool(1);
    expect(await own.transaction((sql) => sql.query('a').then(() => 7))).toBe(7);
    await expect(own.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(log).toEqual([
      '1: open',
      `1: ${BEGIN}`,
      '1: a',
      '1: commit',
      `1: ${BEGIN}`,
      '1: rollback',
    ]);
  });

  it('are given up when they broke, and made anew', async () => {
    const { log, pool } = connections({ a: lost });
    const own = pool(1);
    await expect(own.query('a')).rejects.toBe(lost);
    await own.query('b');
    expect(log).toEqual(['1: open', '1: a', '1: end', '2: open', '2: b']);
  });

  it('stay where only a statement failed', async () => {
    const { log, pool } = connections({ a: Object.assign(new Error('x'), { code: '23505' }) });
    const own = pool(1);
    await expect(own.query('a')).rejects.toThrow('x');
    await own.query('b');
    expect(log).toEqual(['1: open', '1: a', '1: b']);
  });

  it('are waited for by who ends them', async () => {
    const { log, pool } = connections();
    const own = pool(1);
    let release: () => void = () => undefined;
    const held = own.transaction(() => new Promise<void>((resolve) => (release = resolve)));
    await Promise.resolve();
    const ended = own.end();
    await new Promise(setImmediate);
    expect(log).toEqual(['1: open', `1: ${BEGIN}`]);
    release();
    await held;
    await ended;
    expect(log.slice(2)).toEqual(['1: commit', '1: end']);
  });
});

describe('statements that come again', () => {
  /** A connection whose server keeps statements by name, or has forgotten them with this code. */
  function connection(code?: string) {
    const log: string[] = [];
    const kept = new KeptStatements({
      query: (text, values = []) => {
        log.push([text, ...values].join(' '));
        return Promise.resolve({ rows: [{ plain: true }] });
      },
      named: (name, text, values) => {
        log.push([name.replace(/^[-0-9a-f]{36} /, '#'), text, ...values].join(' '));
        if (code === undefined) return Promise.resolve({ rows: [{ plain: false }] });
        return Promise.reject(Object.assign(new Error('no'), { code }));
      },
      end: () => Promise.resolve(),
    });
    return { log, kept };
  }

  it('are kept by their connection, each under a name of its own', async () => {
    const { log, kept } = connection();
    for (const text of ['a', 'b', 'a']) await kept.run(text, [7]);
    expect(log).toEqual(['#1 a 7', '#2 b 7', '#1 a 7']);
  });

  it('are not kept without end', async () => {
    const { log, kept } = connection();
    for (let at = 0; at <= 50; at++) await kept.run(`text ${String(at)}`, []);
    await kept.run('text 0', []);
    expect(log.slice(49)).toEqual(['#50 text 49', 'deallocate all', '#51 text 50', '#52 text 0']);
  });

  it.each(['26000', '42P05'])(
    'are sent as others are behind a pooler that hands them to any session (%s)',
    async (code) => {
      const { log, kept } = connection(code);
      expect(await kept.run('a', [1])).toEqual({ rows: [{ plain: true }] });
      await kept.run('a', [2]);
      expect(log).toEqual(['#1 a 1', 'a 1', 'a 2']);
    },
  );

  it('fail as others do', async () => {
    const { log, kept } = connection('23505');
    await expect(kept.run('a', [])).rejects.toMatchObject({ code: '23505' });
    expect(log).toEqual(['#1 a']);
  });
});

describe('isConnectionLoss', () => {
  it.each<readonly [unknown, boolean]>([
    ...[
      '08006',
      '57P01',
      '57P03',
      '53300',
      '25P03',
      '40P01',
      'ECONNREFUSED',
      'ECONNRESET',
      'EPIPE',
    ].map((code) => [Object.assign(new Error('x'), { code }), true] as const),
    [new Error('Connection terminated unexpectedly'), true],
    [new Error('Client has encountered a connection error and is not queryable'), true],
    [new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]), true],
    [Object.assign(new Error('duplicate key'), { code: '23505' }), false],
    [Object.assign(new Error('connection terminated'), { code: '42P01' }), false],
    [new Error('something else'), false],
    [undefined, false],
  ])('of %p is %s', (error, expected) => {
    expect(isConnectionLoss(error)).toBe(expected);
  });
});
