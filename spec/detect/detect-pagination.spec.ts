import { of } from 'rxjs';

import type { PageRequest } from '../../lib/core/page-request';
import { requestUrl } from '../../lib/core/request-url';
import { detectPagination } from '../../lib/detect/detect-pagination';
import { detectingStrategy } from '../../lib/detect/detecting-strategy';
import { paginate } from '../../lib/paginate';
import { replyOf } from '../support/reply-of';
import { walkToEnd } from '../support/walk-result';

const rows = Array.from({ length: 5 }, (_, n) => ({ id: n + 1 }));

/** A list of five in pages of two; `answer` may give something else. */
function listApi(answer: (request: PageRequest, page: number) => unknown) {
  const asked: string[] = [];
  const transport = (request: PageRequest) => {
    const requested = requestUrl(request);
    asked.push(requested);
    const page = Number(request.params?.['page'] ?? 1);
    return of(replyOf(answer(request, page), { url: requested }));
  };
  return { asked, transport };
}

const pageOf = (page: number) => ({
  data: rows.slice(2 * page - 2, 2 * page),
  page,
  per_page: 2,
  total_pages: 3,
});

const first = { url: 'https://api.test/rows', params: { per_page: 2 } };
const options = { pagination: detectPagination(), retry: false } as const;

describe('detectPagination', () => {
  it('walks by what the first reply showed', async () => {
    const { asked, transport } = listApi((_, page) => pageOf(page));
    expect(await walkToEnd(paginate(transport, first, options))).toMatchObject({
      values: rows,
      end: 'complete',
    });
    expect(asked).toEqual([
      'https://api.test/rows?per_page=2',
      'https://api.test/rows?per_page=2&page=2',
      'https://api.test/rows?per_page=2&page=3',
    ]);
  });

  it('hands nothing of page 2 on where the server ignored the parameter, and names it', async () => {
    const { asked, transport } = listApi(() => pageOf(1));
    const { values, end, error } = await walkToEnd(paginate(transport, first, options));
    expect(values).toEqual(rows.slice(0, 2));
    expect(end).toBe('PROTOCOL');
    expect(error?.message).toContain('ignored the parameter page');
    expect(asked).toHaveLength(2);
  });

  it('sees the items of page 1 again where no counter is repeated', async () => {
    const { asked, transport } = listApi(() => ({ data: rows.slice(0, 2), next_cursor: 'c2' }));
    const { values, end, error } = await walkToEnd(paginate(transport, first, options));
    expect({ values, end }).toEqual({ values: rows.slice(0, 2), end: 'PROTOCOL' });
    expect(error?.message).toContain(
      'ignored the parameter cursor: the items are those of the first page again',
    );
    expect(asked).toHaveLength(2);
  });

  it('sees that a repeated counter has not moved, though the items have', async () => {
    const { transport } = listApi((_, page) => ({ ...pageOf(page), page: 1 }));
    const { values, end, error } = await walkToEnd(paginate(transport, first, options));
    expect(values).toEqual(rows.slice(0, 2));
    expect(end).toBe('PROTOCOL');
    expect(error?.message).toContain('/page has not moved');
  });

  it('resumes from the token of any page with exactly the rest', async () => {
    const { transport } = listApi((_, page) => pageOf(page));
    const paged = paginate(transport, first, options);
    const tokens: string[] = [];
    await paged.pages().forEach((page) => tokens.push(page.resumeToken));
    expect(tokens).toHaveLength(3);
    for (const [index, resumeFrom] of tokens.entries()) {
      const rest = await walkToEnd(paged, { resumeFrom });
      expect(rest).toMatchObject({ values: rows.slice(2 * index + 2), end: 'complete' });
    }
  });

  it('takes nothing for a strategy that an id does not describe', () => {
    const { restore } = detectingStrategy();
    expect(restore?.('detect({"kind":"single","items":"/data"})')?.id).toContain('single');
    for (const id of [
      'detect',
      'detect({',
      'detect({"kind":"magic"})',
      'detect(null)',
      'cursor()',
    ]) {
      expect(restore?.(id)).toBeUndefined();
    }
  });

  it('says what a reply is that holds no list, after one request', async () => {
    const { asked, transport } = listApi(() => ({ id: 7, name: 'one', tags: ['a'] }));
    const { values, end, error } = await walkToEnd(paginate(transport, first.url, options));
    expect({ values, end }).toEqual({ values: [], end: 'BAD_SHAPE' });
    expect(error?.message).toContain('it is one record');
    expect(asked).toHaveLength(1);
  });

  it('writes lines to paste into its refusal', async () => {
    const { transport } = listApi(() => ({ data: rows.slice(0, 2), has_more: true }));
    const { error } = await walkToEnd(paginate(transport, first, options));
    expect(error?.message).toContain(
      "\n  pagination: lastItemPagination({ items: '/data', param: 'after', hasMore: '/has_more' }), //",
    );
  });

  it('is as sure as it is told to be', async () => {
    const { transport } = listApi((_, page) => pageOf(page));
    const pagination = detectPagination({ threshold: 0.99 });
    const strict = await walkToEnd(paginate(transport, first, { ...options, pagination }));
    expect(strict).toMatchObject({ values: [], end: 'PROTOCOL' });
    expect(() => detectPagination({ threshold: 2 })).toThrow(
      "detectPagination: option 'threshold' must be a number between 0 and 1, got 2",
    );
  });
});
