import { checkedRequest } from '../../lib/flow/checked-request';

describe('a checked request', () => {
  it('is a copy, so that what becomes of the given one does not reach a walk', () => {
    const given = {
      url: '/{a}',
      method: 'POST',
      path: { a: 1 },
      params: { b: [2] },
      headers: { c: '3' },
      body: { d: 4 },
    };
    const checked = checkedRequest('paginate', given);
    expect(checked).toEqual(given);
    for (const part of ['path', 'params', 'headers'] as const) {
      expect(checked[part]).not.toBe(given[part]);
    }
    given.path.a = 9;
    given.headers.c = 'other';
    expect([checked.path, checked.headers]).toEqual([{ a: 1 }, { c: '3' }]);
  });

  it('has no part that was not given', () => {
    expect(Object.keys(checkedRequest('paginate', { url: '/a' }))).toEqual(['url']);
    expect(Object.keys(checkedRequest('paginate', '/a'))).toEqual(['url']);
  });
});
