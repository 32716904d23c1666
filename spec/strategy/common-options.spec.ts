import { commonChecks, isStatusOrStatuses, readFigures } from '../../lib/strategy/common-options';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { singlePage } from '../../lib/strategy/single-page';
import { replyOf } from '../support/reply-of';

describe('what every strategy reads', () => {
  const read = (options: Parameters<typeof singlePage>[0], body: unknown, status = 200) =>
    singlePage(options).read({ url: '/items' }, replyOf(body, { status }));

  it('names the property that was found to hold the items, and none that was told', () => {
    expect(read({}, { users: [{ id: 1 }], n: 1 }).itemsName).toBe('users');
    expect(read({}, [{ id: 1 }])).not.toHaveProperty('itemsName');
    expect(read({ items: '/users' }, { users: [{ id: 1 }] })).not.toHaveProperty('itemsName');
  });

  it('takes a status for an empty page whatever its body is', () => {
    const options = { emptyStatuses: [204] };
    expect(read(options, { users: [{ id: 1 }] }, 204)).toMatchObject({ items: [] });
    expect(read(options, { users: [{ id: 1 }] }, 204)).not.toHaveProperty('itemsName');
    expect(read(options, { a: 1 }, 204).items).toEqual([]);
    expect(read(options, { users: [{ id: 1 }] }, 200).itemsName).toBe('users');
  });

  it('hides pages without items only where it is told to', () => {
    expect(read({ hideEmpty: true }, []).hideEmpty).toBe(true);
    expect(read({ hideEmpty: true }, [1])).not.toHaveProperty('hideEmpty');
    expect(read({ hideEmpty: false }, [])).not.toHaveProperty('hideEmpty');
    expect(read({}, [])).not.toHaveProperty('hideEmpty');
  });

  it('hands on an error that is no JSON by name only', () => {
    expect(read({ apiError: () => new Date(0) }, []).apiError).toBe('no JSON value');
    expect(read({ apiError: () => NaN }, []).apiError).toBe('no JSON value');
    expect(read({ apiError: () => ({ code: 1 }) }, []).apiError).toEqual({ code: 1 });
  });

  it('leaves out the figures that are not there', () => {
    const figures = (body: object) =>
      readFigures(replyOf(body), [], { totalCount: '/n', totalPages: '/p', hasMore: '/m' });
    expect(figures({})).toStrictEqual({});
    expect(figures({ n: 0, p: 0, m: false })).toStrictEqual({
      totalCount: 0,
      totalPages: 0,
      hasMore: false,
    });
    expect(readFigures(replyOf({ n: 1 }), [], {})).toStrictEqual({});
  });
});

describe('statuses as an option', () => {
  const expected = 'an array of HTTP statuses';

  it('are whole numbers from 100 to 599', () => {
    const check = (status: unknown) => commonChecks.expired([status]);
    expect([100, 204, 599].map(check)).toEqual([undefined, undefined, undefined]);
    const wrong = [99, 600, 204.5, '204', null, NaN];
    expect(wrong.map(check)).toEqual(wrong.map(() => expected));
    expect([commonChecks.expired([]), commonChecks.expired(204)]).toEqual([undefined, expected]);
    expect(commonChecks.expired([204, 99])).toBe(expected);
  });

  it('may be one or several where either is meant', () => {
    expect([404, [404, 416], []].map(isStatusOrStatuses)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const wrong = [99, [99], '404', null];
    expect(wrong.map(isStatusOrStatuses)).toEqual(wrong.map(() => 'an HTTP status, or an array'));
    expect(() => numberPagination({ endStatus: 600 })).toThrow(
      "numberPagination: option 'endStatus' must be an HTTP status, or an array, got 600",
    );
  });
});
