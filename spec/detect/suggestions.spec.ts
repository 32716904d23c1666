import { lastValueFrom, of } from 'rxjs';

import { explainPagination, paginate, type PageReply } from 'paged-observable';

const request = { url: 'http://api.test/rows', params: { limit: 2 } };

const reply = (body: unknown): PageReply => ({
  ...{ status: 200, headers: {}, url: 'http://api.test/rows?limit=2', body },
});

/** The ways that are offered where it is not known how a list is paged. */
function offered(body: unknown): readonly string[] {
  const report = explainPagination(request, reply(body)).toString();
  const code = report.split(/\nCode.*\n/)[1] ?? '';
  return code
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
}

describe('where detection does not know how a list goes on', () => {
  const ROWS = [{ at: 'x' }, { at: 'y' }];
  const PAGES =
    "pagination: numberPagination({ items: '/rows', param: 'page' }), // if a parameter of the request counts its pages";
  const ITEMS =
    "pagination: offsetPagination({ items: '/rows', param: 'offset' }), // if it counts its items";

  it('a list that has more is offered to be counted, by pages and by items', () => {
    expect(offered({ rows: ROWS, total: 9 })).toEqual([PAGES, ITEMS]);
  });

  it('counting is offered behind what was weighed and is no counting', () => {
    expect(offered({ rows: [{ id: 1 }, { id: 2 }], total: 9 })).toEqual([
      "pagination: lastItemPagination({ items: '/rows', param: 'after', totalCount: '/total' }), // 15 % likely",
      PAGES,
      ITEMS,
    ]);
  });

  it('a list that may be whole is offered as such', () => {
    expect(offered({ rows: ROWS })).toEqual([
      PAGES,
      "pagination: singlePage({ items: '/rows' }), // if this is all of it",
    ]);
  });

  it('the error of the walk says the same', async () => {
    const walk = paginate(() => of(reply({ rows: ROWS, total: 9 })), request);
    await expect(lastValueFrom(walk)).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringContaining(`\n  ${PAGES}\n  ${ITEMS}\n`) as string,
    });
  });
});
