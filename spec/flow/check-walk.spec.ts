import type { WalkOptions } from '../../lib/core/walk-options';
import { checkWalk } from '../../lib/flow/check-walk';
import { choosePagination } from '../../lib/strategy/choose-pagination';
import { contentRangePagination } from '../../lib/strategy/content-range-pagination';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { offsetPagination } from '../../lib/strategy/offset-pagination';
import { singlePage } from '../../lib/strategy/single-page';

/** What is said against these options. */
function complaint(
  options: WalkOptions,
  strategy: Parameters<typeof checkWalk>[3] = offsetPagination(),
  transport: Parameters<typeof checkWalk>[2] = {},
): string | undefined {
  try {
    checkWalk('paginate', options, transport, strategy, { url: '/rows' });
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

describe('options that do not go with each other', () => {
  it.each<readonly [WalkOptions, string | undefined]>([
    [{}, undefined],
    [{ overlap: 0, onExpired: 'error' }, undefined],
    [{ overlap: 1 }, "paginate: option 'overlap' needs 'key', got none"],
    [{ onExpired: 'restart' }, "paginate: option 'onExpired: restart' needs 'key', got none"],
    [{ key: '/id', overlap: 1, onExpired: 'restart' }, undefined],
  ])('%j', (options, message) => {
    expect(complaint(options)).toBe(message);
  });
});

describe('foreign origins', () => {
  const allowedOrigins = ['https://files.test'];
  const refused =
    "paginate: option 'allowedOrigins' needs a transport that declares 'anonymous: true' and then sends no credentials, got one that does not";

  it('need a transport that sends no credentials there', () => {
    expect(complaint({ allowedOrigins })).toBe(refused);
    expect(complaint({ allowedOrigins }, undefined, { anonymous: true })).toBeUndefined();
    expect(complaint({ allowedOrigins: [] })).toBeUndefined();
  });
});

describe('several requests at once', () => {
  const refused = (kind: string) =>
    `paginate: option 'concurrency' is for lists paged by number or offset, whose pages can be asked for at once; this one is paged by ${kind}`;
  const untold = { ...cursorPagination(), kind: undefined };

  it.each([
    ['offset', offsetPagination(), undefined],
    ['number', numberPagination(), undefined],
    ['a kind that is not told', untold, undefined],
    ['cursor', cursorPagination(), refused('cursor')],
    ['link', linkPagination(), refused('link')],
    ['single', singlePage(), refused('single')],
    ['numbers and offsets', choosePagination([numberPagination(), offsetPagination()]), undefined],
    ['numbers and links', choosePagination([numberPagination(), linkPagination()]), refused('link')],
  ] as const)('of a list paged by %s', (_, strategy, message) => {
    expect(complaint({ concurrency: 2 }, strategy)).toBe(message);
    expect(complaint({ concurrency: 1 }, strategy)).toBeUndefined();
    expect(complaint({}, strategy)).toBeUndefined();
  }); // prettier-ignore

  it('do not go with a page size that adapts', () => {
    expect(complaint({ pageSize: {}, concurrency: 2 })).toContain("does not go with 'concurrency'");
    expect(complaint({ pageSize: {} })).toBeUndefined();
  });
});

describe('rows asked for once more', () => {
  const refused = (kind: string) =>
    `paginate: option 'overlap' is for lists paged by offset, which alone can ask for rows once more; this one is paged by ${kind}`;
  const untold = { ...cursorPagination(), kind: undefined };

  it.each([
    ['offset', offsetPagination(), undefined],
    ['ranges', contentRangePagination(), undefined],
    ['a kind that is not told', untold, undefined],
    ['cursor', cursorPagination(), refused('cursor')],
    ['link', linkPagination(), refused('link')],
    ['number', numberPagination(), refused('number')],
    ['single', singlePage(), refused('single')],
    ['cursors or offsets, as the reply shows', choosePagination([cursorPagination(), offsetPagination()]), undefined],
    ['links or a kind that is not told', choosePagination([linkPagination(), untold]), undefined],
    ['cursors, links or cursors', choosePagination([cursorPagination(), linkPagination(), cursorPagination({ id: 'c' })]), refused('cursor or link')],
    ['offsets, a row at a time', offsetPagination({ limit: 1 }), "paginate: option 'overlap' needs pages of two rows or more, and the limit is 1"],
    ['offsets, at most a row at a time', offsetPagination({ limit: 5, maxLimit: 1 }), "paginate: option 'overlap' needs pages of two rows or more, and the limit is 1"],
  ] as const)('of a list paged by %s', (_, strategy, message) => {
    expect(complaint({ key: '/id', overlap: 2 }, strategy)).toBe(message);
    expect(complaint({ key: '/id', overlap: 0 }, strategy)).toBeUndefined();
    expect(complaint({ key: '/id' }, strategy)).toBeUndefined();
  }); // prettier-ignore
});
