import { of } from 'rxjs';

import { paginate, singlePage } from 'paged-observable';

import { Page } from '../../lib/core/page';
import { itemsView, pagesView } from '../../lib/core/views';
import { record } from '../support/recorder';

/** The one page of a list of two. */
function page(): Page {
  const reply = { status: 200, headers: {}, url: 'http://api.test/items', body: [1, 2] };
  const [one] = record(
    paginate(() => of(reply), '/items', { pagination: singlePage() }).pages(),
  ).values;
  if (one instanceof Page) return one;
  throw new Error('expected a page');
}

describe('a view of a walk', () => {
  it('by items hands on those of a page, each for itself', () => {
    const given = page();
    expect(itemsView.values(given)).toEqual([1, 2]);
    expect([0, 1, 2].map((taken) => itemsView.items(given, taken))).toEqual([0, 1, 2]);
  });

  it('by pages hands on the page, which stands for all of its items', () => {
    const given = page();
    expect(pagesView.values(given)).toEqual([given]);
    expect([0, 1].map((taken) => pagesView.items(given, taken))).toEqual([0, 2]);
  });
});
