import type { Json } from '../../lib/core/json';
import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';
import { requestUrl } from '../../lib/core/request-url';
import { cursorPagination } from '../../lib/strategy/cursor-pagination';
import { linkPagination } from '../../lib/strategy/link-pagination';
import { numberPagination } from '../../lib/strategy/number-pagination';
import { offsetPagination } from '../../lib/strategy/offset-pagination';
import { lastItem } from '../../lib/strategy/selector';
import { singlePage } from '../../lib/strategy/single-page';

export interface ListItem {
  readonly id: number;
}

export type ListPages = readonly (readonly ListItem[])[];

/** One way to hand out a list in pages: how it is asked for and how it answers. Pure: a request and the list give the reply. */
export interface ListShape {
  readonly name: string;
  readonly pagination: PaginationStrategy<ListItem>;
  readonly request: PageRequest;
  /** Whether a page in the middle may be empty. */
  readonly gaps: boolean;
  /** Whether only a page without items tells the end. */
  readonly closing: boolean;
  /** The place of the page asked for. */
  readonly place: (request: PageRequest, pages: ListPages) => number;
  /** Body and headers of the page in that place. */
  readonly answer: (
    at: number,
    pages: ListPages,
    request: PageRequest,
  ) => Partial<PageReply> & { readonly body: unknown };
}

const ORIGIN = 'http://api.test';
const LIST = `${ORIGIN}/items`;

/** Pages of these sizes whose items are numbered from 0. */
export function pagesOf(sizes: readonly number[]): ListItem[][] {
  let id = 0;
  return sizes.map((size) => Array.from({ length: size }, () => ({ id: id++ })));
}

const totalOf = (pages: ListPages) => pages.flat().length;
const itemsAt = (pages: ListPages, at: number) => pages[at] ?? [];
const isLast = (pages: ListPages, at: number) => at >= pages.length - 1;
const param = (request: PageRequest, name: string): string | undefined =>
  new URL(requestUrl(request)).searchParams.get(name) ?? undefined;

function cursorShape(
  name: string,
  request: PageRequest,
  options: Parameters<typeof cursorPagination<ListItem>>[0],
  read: (request: PageRequest) => unknown,
): ListShape {
  return {
    name,
    request,
    pagination: cursorPagination<ListItem>({ items: '/data', next: '/next', ...options }),
    gaps: true,
    closing: false,
    place: (asked) => Number(/^c(\d+)$/.exec(String(read(asked)))?.[1] ?? 0),
    answer: (at, pages) => ({
      body: {
        data: itemsAt(pages, at),
        next: isLast(pages, at) ? null : `c${String(at + 1)}`,
      },
    }),
  };
}

function linkShape(
  name: string,
  options: Parameters<typeof linkPagination<ListItem>>[0],
  answer: (items: readonly ListItem[], next: string | undefined) => Partial<PageReply>,
): ListShape {
  return {
    name,
    request: { url: LIST, params: { kind: 'a' } },
    pagination: linkPagination<ListItem>(options),
    gaps: true,
    closing: false,
    place: (asked) => Number(param(asked, 'part') ?? 0),
    answer: (at, pages) => ({
      body: itemsAt(pages, at),
      ...answer(itemsAt(pages, at), isLast(pages, at) ? undefined : String(at + 1)),
    }),
  };
}

type Figures = (pages: ListPages, at: number) => Readonly<Record<string, Json>>;

function numberShape(
  name: string,
  { gaps = false, closing = false, request = { url: LIST } }: Partial<ListShape>,
  options: Parameters<typeof numberPagination<ListItem>>[0],
  figures: Figures,
  read: (request: PageRequest) => unknown = (asked) => param(asked, 'page'),
): ListShape {
  return {
    name,
    request,
    pagination: numberPagination<ListItem>({ items: '/rows', ...options }),
    gaps,
    closing,
    place: (asked) => Number(read(asked) ?? 1) - 1,
    answer: (at, pages) => ({ body: { rows: itemsAt(pages, at), ...figures(pages, at) } }),
  };
}

function offsetShape(
  name: string,
  { closing = false, request = { url: LIST, params: { limit: 3 } } }: Partial<ListShape>,
  options: Parameters<typeof offsetPagination<ListItem>>[0],
  figures: Figures,
  read: (request: PageRequest) => unknown = (asked) => param(asked, 'offset'),
): ListShape {
  const startOf = (pages: ListPages, at: number) => totalOf(pages.slice(0, at));
  const place = (asked: PageRequest, pages: ListPages) => {
    const offset = Number(read(asked) ?? 0);
    const at = pages.findIndex((page, index) => offset < startOf(pages, index) + page.length);
    return at < 0 && offset > 0 ? pages.length : Math.max(at, 0);
  };
  return {
    name,
    request,
    pagination: offsetPagination<ListItem>({ items: '/rows', ...options }),
    gaps: false,
    closing,
    place,
    answer: (at, pages, asked) => {
      const inside = Math.max(0, Number(read(asked) ?? 0) - startOf(pages, at));
      return { body: { rows: itemsAt(pages, at).slice(inside), ...figures(pages, at) } };
    },
  };
}

const bodyOf = (request: PageRequest, member: string): unknown =>
  Object.entries(request.body ?? {}).find(([name]) => name === member)?.[1];

const STEP = 1000;

/** Every shape that the laws are tried on. */
export const listShapes: readonly ListShape[] = [
  cursorShape('cursor in the query', { url: LIST, params: { size: 3 } }, {}, (asked) =>
    param(asked, 'cursor'),
  ),
  cursorShape(
    'cursor in the path',
    { url: `${LIST}/{at}`, path: { at: 'start' } },
    { param: 'at', in: 'path' },
    (asked) => asked.path?.['at'],
  ),
  cursorShape(
    'cursor in a header',
    { url: LIST },
    { param: 'x-cursor', in: 'headers' },
    (asked) => asked.headers?.['x-cursor'],
  ),
  cursorShape(
    'cursor in the body',
    { method: 'POST', url: LIST, body: { filter: 'a' } },
    { param: '/after', in: 'body' },
    (asked) => bodyOf(asked, 'after'),
  ),
  {
    name: 'cursor made of the last item',
    request: { url: LIST },
    pagination: cursorPagination<ListItem>({
      items: '/data',
      param: 'after',
      next: lastItem('/id'),
      hasMore: '/more',
    }),
    gaps: false,
    closing: false,
    place: (asked, pages) => {
      const after = param(asked, 'after');
      const at = pages.findIndex((page) => String(page.at(-1)?.id) === after);
      return after === undefined ? 0 : at + 1;
    },
    answer: (at, pages) => ({ body: { data: itemsAt(pages, at), more: !isLast(pages, at) } }),
  },
  linkShape('absolute link in a header', {}, (_, next) => ({
    headers: next === undefined ? {} : { link: `<${LIST}?kind=a&part=${next}>; rel="next"` },
  })),
  linkShape('relative link in the body', { items: '/data', next: '/links/next' }, (data, next) => ({
    body: { data, links: next === undefined ? {} : { next: `/items?part=${next}` } },
  })),
  linkShape(
    'link in the body that is merged',
    { items: '/data', next: '/next', follow: 'merge' },
    (data, next) => ({
      body: { data, next: next === undefined ? null : `https://gate.invalid/v2?part=${next}` },
    }),
  ),
  linkShape('link in a header that is merged', { follow: 'merge' }, (_, next) => ({
    headers: next === undefined ? {} : { link: `<?part=${next}>; rel=next` },
  })),
  numberShape('number with the number of pages', {}, { totalPages: '/pages' }, (pages) => ({
    pages: pages.length,
  })),
  numberShape('number with a total', {}, { totalCount: '/total' }, (pages) => ({
    total: String(totalOf(pages)),
  })),
  numberShape('number with a flag', { gaps: true }, { hasMore: '/more' }, (pages, at) => ({
    more: !isLast(pages, at),
  })),
  numberShape('number until an empty page', { closing: true }, {}, () => ({})),
  numberShape(
    'number in the path',
    { request: { url: `${LIST}/{no}` } },
    { param: 'no', in: 'path', totalPages: '/pages' },
    (pages) => ({ pages: pages.length }),
    (asked) => asked.path?.['no'],
  ),
  offsetShape('offset with a total', {}, { totalCount: '/total' }, (pages) => ({
    total: totalOf(pages),
  })),
  offsetShape('offset with a flag', {}, { hasMore: '/more' }, (pages, at) => ({
    more: !isLast(pages, at),
  })),
  offsetShape('offset until an empty page', { closing: true }, {}, () => ({})),
  offsetShape(
    'offset in the body',
    { request: { method: 'POST', url: LIST, body: {} } },
    { param: '/from', in: 'body', totalCount: '/total' },
    (pages) => ({ total: totalOf(pages) }),
    (asked) => bodyOf(asked, 'from'),
  ),
  {
    name: 'offset by the limit asked for',
    request: { url: LIST, params: { limit: STEP } },
    pagination: offsetPagination<ListItem>({ items: '/rows', step: 'limit', hasMore: '/more' }),
    gaps: true,
    closing: false,
    place: (asked) => Number(param(asked, 'offset') ?? 0) / STEP,
    answer: (at, pages) => ({ body: { rows: itemsAt(pages, at), more: !isLast(pages, at) } }),
  },
  {
    name: 'a single page',
    request: { url: LIST },
    pagination: singlePage<ListItem>({ items: '/all' }),
    gaps: false,
    closing: false,
    place: () => 0,
    answer: (_, pages) => ({ body: { all: pages.flat() } }),
  },
];

/** The pages a walk of this list is to see, told from the list alone. */
export function pagesSeen(shape: ListShape, pages: ListPages): ListPages {
  if (shape.name === 'a single page') return [pages.flat()];
  return shape.closing && pages.flat().length > 0 ? [...pages, []] : pages;
}
