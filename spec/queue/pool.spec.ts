import { isConnectionLoss } from '../../lib/queue/connection-loss';
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
