import { explainPagination } from '../../lib/detect/explain-pagination';
import { replyOf } from '../support/reply-of';

const url = 'https://api.test/users';

describe('explainPagination', () => {
  const report = explainPagination(
    {
      url,
      params: { limit: 2, api_key: 'top-secret' },
      headers: { authorization: 'Bearer abcdefgh' },
    },
    replyOf({ users: [{ id: 1 }, { id: 2 }], next_cursor: 'c2', total: 5 }, { url }),
  );

  it('gives the code to write, and what it imports', () => {
    expect(report.code).toBe(
      "cursorPagination({ items: '/users', param: 'cursor', next: '/next_cursor', totalCount: '/total' })",
    );
    expect(report.imports).toEqual(['cursorPagination']);
  });

  it('tells people what was found, and no credential', () => {
    const lines = String(report).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      'Request       GET https://api.test/users?limit=2&api_key=***',
      'Paging        a list in pages',
      'Items         2 at /users',
      'Total         5 items',
      'Next request  GET https://api.test/users?limit=2&api_key=***&cursor=c2',
      'Confidence    85 %',
    ]);
    expect(String(report)).toContain("import { cursorPagination } from 'paged-observable';");
    expect(String(report)).not.toContain('top-secret');
    expect(String(report)).not.toContain('abcdefgh');
  });

  it('is plain JSON for machines', () => {
    const plain = JSON.parse(JSON.stringify(report)) as Record<string, unknown>;
    expect(plain).toMatchObject({ verdict: 'paged', itemsPointer: '/users', totalCount: 5 });
    expect(plain['toString']).toBe(Object.prototype.toString);
  });

  it('takes a URL alone, and says what is not known', () => {
    const open = explainPagination(
      `${url}?limit=1`,
      replyOf({ users: [{ id: 1 }], more: true }, { url }),
    );
    expect(open).toMatchObject({ verdict: 'unknown', code: '', imports: [] });
    expect(String(open)).toContain('Paging        not known: a flag says that there is more');
    expect(String(open)).toContain('Code, by what the API does');
  });
});
