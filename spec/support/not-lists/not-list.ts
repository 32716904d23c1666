import type { PageRequest } from '../../../lib/core/page-request';

/** How a reply that is no page of a list must be read. */
export type Reading =
  /** A list that is complete as it stands, with these items. */
  | { readonly is: 'whole list'; readonly items: readonly unknown[] }
  | { readonly is: 'empty list' }
  /** Something that holds no list, or several that none is the list of. */
  | { readonly is: 'no list' };

/** A request with a reply that is not a page of a longer list. */
export interface NotList {
  readonly name: string;
  readonly request?: Partial<PageRequest>;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly reading: Reading;
}

export const noList: Reading = { is: 'no list' };
export const emptyList: Reading = { is: 'empty list' };
export const wholeList = (items: readonly unknown[]): Reading => ({ is: 'whole list', items });
