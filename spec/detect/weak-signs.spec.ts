import { explainPagination } from 'paged-observable';

const url = 'http://api.test/items';
const ITEMS = [{ a: 'x' }, { a: 'y' }, { a: 'z' }];

const verdictOf = (further: object, status = 200, headers: Record<string, string> = {}) =>
  explainPagination(url, { status, headers, url, body: { items: ITEMS, ...further } }).verdict;

describe('a list is not called whole', () => {
  it.each([
    [{ next: 5 }],
    [{ paging: { next: 5 } }],
    [{ next: { page: 2 } }],
    [{ links: { next: { meta: {} } } }],
    [{ more: 1 }],
    [{ hasNext: 1 }],
    [{ remaining: 18 }],
    [{ items_left: 18 }],
    [{ '@odata.count': 23 }],
    [{ complete: false }],
  ])('where the reply has %j', (further) => {
    expect(verdictOf(further)).toBe('unknown');
  });

  it('where its status is 206, or its Link header cannot be read', () => {
    expect(verdictOf({}, 206)).toBe('unknown');
    expect(verdictOf({}, 200, { link: '</items?page=2; rel="next"' })).toBe('unknown');
  });
});

describe('a list is called whole', () => {
  it.each([
    [{}],
    [{ next: null }],
    [{ next: 0 }],
    [{ more: 0 }],
    [{ remaining: 0 }],
    [{ nextBuildNumber: 7 }],
    [{ rate: { remaining: 59 } }],
    [{ '@odata.count': 3 }],
    [{ complete: true }],
    [{ cursors: { next: null } }],
    [{ sync_token: 'Zm9vYmFyMTIz' }],
  ])('where the reply has %j', (further) => {
    expect(verdictOf(further)).toBe('single');
  });
});
