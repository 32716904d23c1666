import type { Page, PageContext, PageParts } from '../../lib/core/page';
import { makePage } from '../../lib/core/page-kinds';
import type { PageReading } from '../../lib/core/pagination-strategy';
import type { Step } from '../../lib/core/step';
import { singlePage } from '../../lib/strategy/single-page';
import { replyOf } from './reply-of';

/** Where a walk begins, or any other place of one. */
export function stepOf(parts: Partial<Step> = {}): Step {
  return {
    ...{ strategy: singlePage(), position: undefined, taken: 0, digest: undefined },
    ...{ pages: 0, items: 0 },
    ...parts,
  };
}

/** What a strategy reads of a page that leads nowhere. */
export function readingOf(
  kind: PageReading['kind'],
  items: readonly unknown[],
  position?: PageReading['position'],
): PageReading {
  return { kind, items, position, next: () => undefined };
}

type Asked = Partial<Omit<PageParts<unknown>, 'context'> & { context: Partial<PageContext> }>;

/** A page without a walk, all of whose items are handed on; `context` is what it may ask of one. */
export function pageOf(
  reading: PageReading,
  step: Partial<Step> = {},
  { context = {}, ...parts }: Asked = {},
): Page {
  const nothing = () => {
    throw new Error('A page without a walk was asked for what only one knows');
  };
  return makePage({
    context: { advance: nothing, token: nothing, pageAt: nothing, pagesAt: nothing, ...context },
    step: stepOf(step),
    request: { url: '/items' },
    reply: replyOf(null),
    reading,
    items: reading.items,
    rest: 0,
    fraction: undefined,
    ...parts,
  });
}
