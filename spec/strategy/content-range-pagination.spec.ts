import { paginate } from '../../lib/paginate';
import { contentRangePagination } from '../../lib/strategy/content-range-pagination';
import { fetchTransport } from '../../lib/transport/fetch';
import { outcome, scriptedServer } from '../dialect/walks';
import { deepFreeze } from '../support/deep-freeze';
import { errorOf } from '../support/error-of';
import { replyOf } from '../support/reply-of';

const scripted = scriptedServer();
const rows = (range: string | undefined, body: unknown, status = 206) => ({
  status,
  body,
  ...(range !== undefined && { headers: { 'Content-Range': range } }),
});

async function walk(options = {}, headers: Record<string, string> = {}) {
  const pagination = contentRangePagination<number>({ items: '', size: 2, ...options });
  const result = await outcome(
    paginate(fetchTransport(), { url: `${scripted().url}/rows`, headers }, { pagination }),
  );
  const ranges = scripted().headers.map(({ range }) => range);
  return { ...result, ranges };
}

describe('contentRangePagination', () => {
  it('asks for one range after the other until the total is reached', async () => {
    scripted().replies(rows('0-1/5', [1, 2]), rows('2-3/5', [3, 4]), rows('4-4/5', [5]));
    expect(await walk()).toEqual({ items: [1, 2, 3, 4, 5], ranges: ['0-1', '2-3', '4-5'] });
  });

  it('goes on to a page without rows where the total is unknown', async () => {
    scripted().replies(rows('0-1/*', [1, 2]), rows('2-2/*', [3]), rows('*/*', [], 200));
    expect(await walk()).toEqual({ items: [1, 2, 3], ranges: ['0-1', '2-3', '3-4'] });
  });

  it('ends at 416, which stands behind the last row', async () => {
    scripted().replies(rows('0-1/*', [1, 2]), rows('*/2', { message: 'none' }, 416));
    expect(await walk()).toEqual({ items: [1, 2], ranges: ['0-1', '2-3'] });
  });

  it('keeps unit and size of the range in the request, and begins where it begins', async () => {
    scripted().replies(rows('items 3-5/7', [3, 4, 5]), rows('items 6-6/7', [6]));
    const { items, ranges } = await walk({ unit: 'rows' }, { range: 'items=3-5' });
    expect([items, ranges]).toEqual([
      [3, 4, 5, 6],
      ['items=3-5', 'items=6-8'],
    ]);
  });

  it('writes the unit it is told', async () => {
    scripted().replies(rows('items 0-0/1', [1]));
    expect((await walk({ unit: 'items' })).ranges).toEqual(['items=0-1']);
  });

  it('moves by the rows received where the server gives fewer', async () => {
    scripted().replies(rows('0-0/2', [1]), rows('1-1/2', [2]));
    expect(await walk()).toMatchObject({ items: [1, 2], ranges: ['0-1', '1-2'] });
  });

  it('errors where the server ignores the range and gives the same rows again', async () => {
    scripted().replies(rows(undefined, [1, 2], 200), rows(undefined, [1, 2], 200));
    const { items, error } = await walk();
    expect([items, error?.code]).toEqual([[1, 2], 'LOOP']);
  });

  it.each(['0-1/9', 'items 5-6/9'])(
    'errors where rows from 4 were asked for and %s came',
    (range) => {
      const strategy = contentRangePagination({ items: '', size: 2 });
      const asked = strategy.at({ url: '/rows' }, 4);
      const read = () =>
        strategy.read(asked, replyOf([1, 2], { headers: { 'content-range': range } }));
      expect(errorOf(read)).toMatchObject({
        code: 'PROTOCOL',
        message: expect.stringMatching(
          /^Asked for rows from 4, the reply has rows from [05]$/,
        ) as string,
      });
    },
  );

  it('does not change the request', () => {
    const request = deepFreeze({ url: '/rows', headers: { Range: '0-9' } });
    const strategy = contentRangePagination();
    expect(strategy.start(request)).toBe(request);
    expect(strategy.at(request, 10).headers).toEqual({ Range: '10-19' });
    expect(strategy.start({ url: '/rows' }).headers).toEqual({ Range: '0-99' });
  });

  it('asks for pages of another size where it is told to, and knows the size asked for', () => {
    const { sized, sizeOf } = contentRangePagination({ size: 5, unit: 'rows' });
    const request = { url: '/rows', headers: { range: ' items=100-124 ' } };
    expect(sizeOf?.(request)).toBe(25);
    expect(sized?.(request, 10).headers).toEqual({ range: 'items=100-109' });
    expect(sizeOf?.({ url: '/rows' })).toBe(5);
    expect(sized?.({ url: '/rows' }, 10).headers).toEqual({ Range: 'rows=0-9' });
  });

  it('reads an error envelope before the range of the reply', () => {
    const strategy = contentRangePagination({ items: '/rows', apiError: '/error' });
    const headers = { 'content-range': '7-8/9' };
    const reading = strategy.read({ url: '/rows' }, replyOf({ error: 'no' }, { headers }));
    expect(reading).toMatchObject({ apiError: 'no', items: [], position: 0, limit: 100 });
    expect(reading.next()).toBeUndefined();
  });

  it('has an id that says unit and items, and statuses for its end', () => {
    expect(contentRangePagination({ items: '/rows', unit: 'rows' }).id).toBe(
      'contentRange(unit=rows items=/rows)',
    );
    expect(contentRangePagination({ id: 'mine' }).id).toBe('mine');
    expect(contentRangePagination().statuses).toEqual({ 410: 'expired', 416: 'end' });
  });

  it('says which position or range it was given', () => {
    const at = () => contentRangePagination().at({ url: '/rows' }, 'x');
    expect(errorOf(at).message).toBe(
      'The position must be the whole number of a row, not a string',
    );
    for (const Range of ['1-', '3-2', ' ', '-5', '1-2-3', '1234567890123456-1']) {
      const start = () => contentRangePagination().start({ url: '/rows', headers: { Range } });
      expect(start).toThrow(
        `contentRangePagination: expected a Range such as "0-24", got ${JSON.stringify(Range)}`,
      );
    }
    expect(() => contentRangePagination({ unit: 7 as never })).toThrow("option 'unit' must be a string"); // prettier-ignore
    expect(() => contentRangePagination({ unit: 'x'.repeat(41) })).toThrow('must be a word');
  });

  it('refuses wrong options, ranges and positions', () => {
    expect(() => contentRangePagination({ size: 0 })).toThrow("option 'size' must be");
    expect(() => contentRangePagination({ unit: 'a b' })).toThrow("option 'unit' must be a word");
    for (const Range of ['5-', '5-4', 'x', 'bytes=0-1,4-5']) {
      const start = () => contentRangePagination().start({ url: '/rows', headers: { Range } });
      expect(start).toThrow('expected a Range such as "0-24"');
    }
    const at = () => contentRangePagination().at({ url: '/rows' }, 'x');
    expect(errorOf(at).code).toBe('CHECKPOINT_CORRUPT');
  });
});
