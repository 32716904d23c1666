import type { Page } from './page';
import type { View } from './walk';

/** The items of the pages. */
export const itemsView: View<Page, unknown> = {
  values: (page) => page.items,
  items: (_, taken) => taken,
};

/** The pages as they are. */
export const pagesView: View<Page, Page> = {
  values: (page) => [page],
  items: (page, taken) => (taken === 0 ? 0 : page.items.length),
};
