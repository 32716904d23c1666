import type { ContentRangeOptions } from './content-range-pagination';
import type { CursorOptions } from './cursor-pagination';
import type { LastItemOptions } from './last-item-pagination';
import type { LinkOptions } from './link-pagination';
import type { NumberOptions } from './number-pagination';
import type { OffsetOptions } from './offset-pagination';
import type { SinglePageOptions } from './single-page';

/**
 * A selector as plain JSON: a pointer or header like every selector in form of text, or the call of one of the functions
 * that make selectors, by its name and with its arguments.
 */
export type SelectorData = string | SelectorCall;

/** For example `{ lastItem: '/id' }` for `lastItem('/id')` and `{ linkIn: ['/links', 'next'] }` for `linkIn('/links', 'next')`. */
export type SelectorCall =
  | { readonly lastItem: string }
  | { readonly linkIn: readonly [links: string, rel: string, at?: string] }
  | { readonly not: SelectorData }
  | { readonly unless: readonly [SelectorData, string | number | boolean] }
  | { readonly when: readonly [SelectorData, SelectorData, string | number | boolean] }
  | { readonly listIn: string }
  | { readonly joined: readonly SelectorData[] }
  | { readonly plus: readonly [SelectorData, number] }
  | { readonly members: Readonly<Record<string, SelectorData>> }
  | { readonly contentRange: 'total' | 'first' | 'last' };

/** The value of an option with its selector functions as data. */
type Data<V> = V extends (...args: never) => unknown ? SelectorCall : V;

/** The options of a factory as plain JSON. */
type Described<O> = { readonly [Name in keyof O]: Data<O[Name]> };

/** `cursorPagination` as data. */
export interface CursorDescription extends Described<CursorOptions> {
  readonly kind: 'cursor';
}
/** `linkPagination` as data. */
export interface LinkDescription extends Described<LinkOptions> {
  readonly kind: 'link';
}
/** `numberPagination` as data. */
export interface NumberDescription extends Described<NumberOptions> {
  readonly kind: 'number';
}
/** `offsetPagination` as data. */
export interface OffsetDescription extends Described<Omit<OffsetOptions, 'step'>> {
  readonly kind: 'offset';
  readonly step?: 'received' | 'limit' | undefined;
}
/** `contentRangePagination` as data. */
export interface ContentRangeDescription extends Described<ContentRangeOptions> {
  readonly kind: 'contentRange';
}
/** `lastItemPagination` as data. */
export interface LastItemDescription extends Described<LastItemOptions> {
  readonly kind: 'lastItem';
}
/** `singlePage` as data. */
export interface SingleDescription extends Described<SinglePageOptions> {
  readonly kind: 'single';
}

/**
 * How a list is paged, as plain JSON: `kind` names the factory (`cursorPagination` and its like), the rest is its options.
 * `strategyOf` makes the strategy, `codeOf` the code that a person would write.
 */
export type PaginationDescription =
  | CursorDescription
  | LinkDescription
  | NumberDescription
  | OffsetDescription
  | ContentRangeDescription
  | LastItemDescription
  | SingleDescription;
