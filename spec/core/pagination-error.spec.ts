import {
  isPaginationError,
  PaginationError,
  type PaginationErrorFields,
} from '../../lib/core/pagination-error';

const all = {
  request: { method: 'GET', url: 'http://api.test/items' },
  pageIndex: 0,
  attempts: 2,
  history: [{ code: 'NETWORK', waitMs: 250 }],
  status: 503,
  headers: { server: 'x' },
  problem: { title: 'T' },
  bodyExcerpt: '',
  retryAfterMs: 0,
  requestId: '',
  retryable: true,
  itemsEmitted: 4,
  resumeToken: 'po1.x.y',
  cause: { name: 'Error', message: 'socket' },
} as const satisfies PaginationErrorFields;

describe('the error of the toolkit', () => {
  it('has a name, a code, a message and a stack, and counts nothing where nothing is known', () => {
    const error = new PaginationError('LOOP', 'It goes round');
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual(['PaginationError', 'It goes round']);
    expect(error.stack).toContain('pagination-error.spec');
    expect(Object.assign({}, error)).toEqual({
      ...{ name: 'PaginationError', code: 'LOOP' },
      ...{ attempts: 0, history: [], itemsEmitted: 0, resumeToken: '' },
    });
  });

  it('has every field that it is given, be it 0 or empty', () => {
    const error = new PaginationError('NETWORK', 'It broke', all);
    expect(Object.assign({}, error)).toEqual({ name: 'PaginationError', code: 'NETWORK', ...all });
    expect(error.cause).toBe(all.cause);
  });

  it('does not have a field that is given as undefined', () => {
    const none = Object.fromEntries(Object.keys(all).map((name) => [name, undefined]));
    const error = new PaginationError('LOOP', 'It goes round', none);
    const always = ['name', 'code', 'attempts', 'history', 'itemsEmitted', 'resumeToken'];
    expect(Object.keys(error)).toEqual(always);
  });

  it('shows its fields in one order, whatever order they are given in', () => {
    const turned = Object.fromEntries(Object.entries(all).reverse());
    expect(Object.keys(new PaginationError('NETWORK', '', turned))).toEqual([
      ...['name', 'code', 'attempts', 'history', 'itemsEmitted', 'resumeToken'],
      ...['request', 'pageIndex', 'status', 'headers', 'problem', 'bodyExcerpt'],
      ...['retryAfterMs', 'requestId', 'retryable', 'cause'],
    ]);
  });
});

describe('what is taken for an error of the toolkit', () => {
  it('is one of this copy of the package or of another', () => {
    const brand = Symbol.for('paged-observable/PaginationError');
    expect(isPaginationError(new PaginationError('LOOP', ''))).toBe(true);
    expect(isPaginationError({ [brand]: true })).toBe(true);
    expect(Object.getOwnPropertyDescriptor(new PaginationError('LOOP', ''), brand)).toMatchObject({
      value: true,
      enumerable: false,
    });
  });

  it.each([[new Error('x')], [{ code: 'LOOP' }], ['LOOP'], [null], [undefined], [() => 1]])(
    'is not %p',
    (value) => {
      expect(isPaginationError(value)).toBe(false);
    },
  );
});
