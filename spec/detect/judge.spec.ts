import { linkPagination, numberPagination, singlePage, cursorPagination } from '../../lib';
import { type ErrorCode, PaginationError } from '../../lib/core/pagination-error';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';
import { linkByRel, parseLinkHeader } from '../../lib/protocol/link-header';
import { type DialectFile, dialectFile, dialectFiles } from '../support/dialect-file';
import { judgeDetection } from '../support/judge-detection';

type Json = Readonly<Record<string, unknown>>;

/** The first array that a body holds, however deep, as a careless detector would take it. */
function firstArray(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value)
    .map(firstArray)
    .find((found) => found !== undefined);
}

/** The value of the first member called next, at any depth. */
function firstNext(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, 'next')) return (value as Json)['next'];
  return Object.values(value)
    .map(firstNext)
    .find((found) => found !== undefined);
}

function throwing(code: ErrorCode): PaginationStrategy {
  const read = () => {
    throw new PaginationError(code, 'It cannot be told how this list goes on');
  };
  return { ...singlePage(), read };
}

/** Detectors that are wrong on purpose. */
const planted = {
  takesTheFirstArray: () => linkPagination({ items: ({ body }) => [...(firstArray(body) ?? [])] }),
  endsAfterPage1: () => singlePage({ items: ({ body }) => [...(firstArray(body) ?? [])] }),
  takesTheFirstNext: () =>
    linkPagination({
      items: ({ body }) => [...(firstArray(body) ?? [])],
      next: ({ body }) => {
        const next = firstNext(body);
        return typeof next === 'string' ? next : undefined;
      },
    }),
  countsPages: () => numberPagination({ items: ({ body }) => [...(firstArray(body) ?? [])] }),
  losesTheLastPage: (): PaginationStrategy => {
    const link = linkPagination({
      next: ({ headers, url }) => {
        const links = parseLinkHeader(headers['link'] ?? '');
        return url.includes('&page=2') ? undefined : linkByRel(links, 'next', url);
      },
    });
    return link;
  },
  refuses: (): PaginationStrategy => throwing('PROTOCOL'),
  breaks: (): PaginationStrategy => throwing('API_ERROR'),
};

/** How many files each outcome has. */
async function counts(detector: () => PaginationStrategy, files: readonly DialectFile[]) {
  const found = { exact: 0, refused: 0, 'wrong request': 0, 'wrong list': 0 };
  for (const file of files) found[(await judgeDetection(file, detector)).outcome] += 1;
  return found;
}

describe('the judge of detection', () => {
  const detectable = dialectFiles().filter((file) => file.detectable);

  it('finds a list exact that is walked by what its API documents', async () => {
    const file = dialectFile('github-issues');
    const judged = await judgeDetection(file, () => linkPagination());
    expect(judged).toEqual({ outcome: 'exact', why: '', requests: 3 });
  });

  it('tells items that are not those of the list', async () => {
    // `_tags` of GitHub's first issue is no list of issues; here the repositories' topics come first.
    const file = dialectFile('sonarqube-issues');
    const body = { components: [{ key: 'c1' }], ...(file.pages[0]?.body as object) };
    const shown = { ...file, pages: [{ ...file.pages[0]!, body }, ...file.pages.slice(1)] };
    const judged = await judgeDetection(shown, planted.takesTheFirstArray);
    expect(judged.outcome).toBe('wrong list');
    expect(judged.why).toMatch(/^items of something else/);
  });

  it('tells a list that ends too early', async () => {
    const file = dialectFile('github-issues');
    const first = await judgeDetection(file, planted.endsAfterPage1);
    expect(first).toMatchObject({ outcome: 'wrong list', requests: 1 });
    expect(first.why).toContain('ended after page 0');
    const last = await judgeDetection(file, planted.losesTheLastPage);
    expect(last).toMatchObject({ outcome: 'wrong list', requests: 2 });
    expect(last.why).toContain('ended after page 1');
  });

  it('tells a request that the API does not document', async () => {
    const file = dialectFile('stripe-charges');
    const judged = await judgeDetection(file, () =>
      cursorPagination({ items: '/data', param: 'after', next: ({ body }) => firstId(body) }),
    );
    expect(judged).toMatchObject({ outcome: 'wrong request', requests: 2 });
    expect(judged.why).toContain('after=ch_2');
  });

  it('tells a request behind an end that the reply showed', async () => {
    const file = dialectFile('payloadcms-posts');
    const judged = await judgeDetection(file, () => numberPagination({ items: '/docs' }));
    expect(judged.outcome).toBe('wrong request');
    expect(judged.why).toContain('page=4');
  });

  it('lets a list that shows no end be asked once more', async () => {
    const file = dialectFile('apimatic-number');
    const judged = await judgeDetection(file, () => numberPagination({ items: '/data' }));
    expect(judged).toEqual({ outcome: 'exact', why: '', requests: 4 });
  });

  it('tells a refusal from a failure', async () => {
    const refused = await judgeDetection(dialectFile('github-issues'), planted.refuses);
    expect(refused).toMatchObject({ outcome: 'refused', requests: 1 });
    const failed = await judgeDetection(dialectFile('github-issues'), planted.breaks);
    expect(failed.outcome).not.toBe('refused');
  });

  it('finds every planted detector wrong on most files', async () => {
    for (const detector of [planted.takesTheFirstArray, planted.endsAfterPage1]) {
      const found = await counts(detector, detectable);
      expect(found['wrong list']).toBeGreaterThan(75);
    }
    const next = await counts(planted.takesTheFirstNext, detectable);
    expect(next['wrong list'] + next['wrong request']).toBeGreaterThan(75);
    const pages = await counts(planted.countsPages, detectable);
    expect(pages['wrong request']).toBeGreaterThan(75);
    expect(await counts(planted.refuses, detectable)).toMatchObject({ refused: 150 });
  });
});

/** The id of the last item, for a parameter that is not the API's. */
function firstId(body: unknown): string | undefined {
  const last = firstArray(body)?.at(-1);
  const id = (last as Json | undefined)?.['id'];
  return typeof id === 'string' ? id : undefined;
}
