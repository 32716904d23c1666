import { inspect } from 'node:util';

import { cleanedCause } from '../../lib/core/cleaned-cause';

describe('cleanedCause', () => {
  it('keeps name, code, message, stack and cause, and nothing else', () => {
    const inner = Object.assign(new TypeError('inner'), { code: 'EINNER', headers: 'own' });
    const outer = Object.assign(new RangeError('outer', { cause: inner }), {
      code: 7,
      config: { headers: { authorization: 'own' } },
      toJSON: () => 'own',
    });
    const cleaned = cleanedCause(outer);
    expect(cleaned).toEqual({
      name: 'RangeError',
      code: '7',
      message: 'outer',
      stack: outer.stack,
      cause: { name: 'TypeError', code: 'EINNER', message: 'inner', stack: inner.stack },
    });
    expect(inspect(cleaned, { depth: 10, showHidden: true })).not.toContain('own');
  });

  it('masks credentials and queries in message and stack', () => {
    const { message, stack } = cleanedCause(new Error('no http://u:own@h.example/a?key=own'));
    expect(message).toBe('no http://***@h.example/a?***');
    expect(stack).toContain('no http://***@h.example/a?***');
    expect(stack).not.toContain('own');
  });

  it.each<[unknown, string, string]>([
    ['text http://h.example?own', 'string', 'text http://h.example?***'],
    [undefined, 'undefined', 'undefined'],
    [null, 'object', 'null'],
    [0, 'number', '0'],
    [Symbol('s'), 'symbol', 'Symbol(s)'],
    [{}, 'Error', ''],
    [{ message: { own: 1 }, name: [] }, 'Error', ''],
    [Object.create(null), 'Error', ''],
  ])('takes %p for what it is', (thrown, name, message) => {
    expect(cleanedCause(thrown)).toEqual({ name, message });
  });

  it('names the errors of an AggregateError without a message', () => {
    const errors = [new Error('connect ECONNREFUSED ::1:1'), null, new Error('127.0.0.1:1')];
    expect(cleanedCause(new AggregateError(errors)).message).toBe(
      'connect ECONNREFUSED ::1:1; 127.0.0.1:1',
    );
  });

  it('survives getters and proxies that throw', () => {
    const trap = () => {
      throw new Error('trap');
    };
    const error = new Error('kept');
    // The stack first, for it is put together from the name.
    for (const name of ['stack', 'name', 'code', 'cause']) {
      Object.defineProperty(error, name, { get: trap });
    }
    expect(cleanedCause(error)).toEqual({ name: 'Error', message: 'kept' });
    const hostile = new Proxy({}, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap });
    expect(cleanedCause(hostile)).toEqual({ name: 'Error', message: '' });
  });

  it('leaves out what is not there', () => {
    const bare = Object.assign(new Error('bare', { cause: null }), { stack: undefined });
    expect(cleanedCause(bare)).toStrictEqual({ name: 'Error', message: 'bare' });
    expect(cleanedCause({ code: 0 })).toStrictEqual({ name: 'Error', message: '', code: '0' });
  });

  it('names five errors of an AggregateError at most, and none where it has a message', () => {
    const errors = Array.from({ length: 7 }, (_, at) => new Error(`e${String(at)}`));
    expect(cleanedCause(new AggregateError(errors)).message).toBe('e0; e1; e2; e3; e4');
    expect(cleanedCause(new AggregateError(errors, 'all failed')).message).toBe('all failed');
    expect(cleanedCause({ message: '', errors: 'none' }).message).toBe('');
  });

  it.each<[string, string]>([
    ['x'.repeat(1000), 'x'.repeat(1000)],
    ['x'.repeat(1001), `${'x'.repeat(1000)}…`],
    [`ten chars! ${'y'.repeat(1989)}`, `ten chars! ${'y'.repeat(989)}…`],
    [`ten chars! ${'y'.repeat(1990)}`, 'ten chars!…'],
    [`${'x'.repeat(1500)} ${'y'.repeat(1500)}`, `${'x'.repeat(1000)}…`],
    ['x'.repeat(2001), '…'],
  ])('cuts long texts to size, very long ones at a blank (%#)', (text, shown) => {
    expect(cleanedCause({ message: text }).message).toBe(shown);
  });

  it('ends at a cycle', () => {
    const one = new Error('one');
    const two = new Error('two', { cause: one });
    one.cause = two;
    expect(cleanedCause(one).cause?.message).toBe('two');
    expect(cleanedCause(one).cause?.cause).toBeUndefined();
  });

  it('keeps as many causes as it is told', () => {
    let error = new Error('0');
    for (let i = 1; i < 20; i++) error = new Error(String(i), { cause: error });
    const messages = (depth?: number) => {
      const found: string[] = [];
      for (let at = depth === undefined ? cleanedCause(error) : cleanedCause(error, depth); ;) {
        found.push(at.message);
        if (at.cause === undefined) return found;
        at = at.cause;
      }
    };
    expect(messages()).toEqual(['19', '18', '17', '16', '15', '14']);
    expect(messages(0)).toEqual(['19']);
  });

  it('is bounded in length and does not cut a credential in two', () => {
    const url = 'http://user:own@h.example/';
    const text = 'x'.repeat(1990) + ` ${url} ` + 'y'.repeat(100_000);
    const cleaned = cleanedCause(Object.assign(new Error(text), { stack: text }));
    expect(cleaned.message.length).toBeLessThanOrEqual(1001);
    expect(cleaned.stack?.length).toBeLessThanOrEqual(4001);
    for (let length = 960; length < 1000; length++) {
      // Masking shortens the text, so that its rough cut at 2,000 shows.
      const long = `http://h.example/?${'q'.repeat(length)} ${'x '.repeat(480)}${url}`;
      expect(cleanedCause(new Error(long.padEnd(5000, 'z'))).message).not.toContain(':own');
    }
  });
});
