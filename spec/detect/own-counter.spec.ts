import { explainPagination } from 'paged-observable';

const items = [{ id: 1 }, { id: 2 }];

function problemOf(url: string, body: object): string | undefined {
  return explainPagination(url, { status: 200, headers: {}, url, body }).problem;
}

describe('a parameter of the request that may be the position already', () => {
  it.each([
    [
      '/users?limit=2&active=1',
      { page: 1, total: 19, items },
      'the total is 17 above what came, and it is not sure how to ask for the next page: active of the request is 1, and so may be its page number already',
    ],
    [
      '/users?limit=2&v=3',
      { page: 3, total_pages: 9, items },
      'there are further pages, and it is not sure how to ask for the next page: v of the request is 3, and so may be its page number already',
    ],
    [
      '/users?limit=2&active=0',
      { offset: 0, total: 19, items },
      'the total is 17 above what came, and it is not sure how to ask for the next page: active of the request is 0, and so may be its offset already',
    ],
    [
      '/users?limit=2&active=1',
      { next_page: 2, total: 19, items },
      'there is more, and it is not sure how to ask for it: the next page number, 2, but active of the request is 1, and so may be its page number already',
    ],
  ])('is named where nothing is taken for its sake: %s', (url, body, problem) => {
    expect(problemOf(url, body)).toBe(problem);
  });

  it('is none where nothing else may be', () => {
    expect(problemOf('/users?limit=2&active=yes', { page: 1, total: 19, items })).toBeUndefined();
    expect(problemOf('/users?limit=2', { pages: 9, items })).toBe(
      'there are further pages, and nothing says how to ask for the next page',
    );
  });
});
