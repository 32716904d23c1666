/**
 * Known APIs by name, and how a list is paged as plain data.
 *
 * @module
 */
export { dialect, dialects } from './dialect/dialect';
export { strategyOf } from './strategy/strategy-of';
export { codeOf } from './strategy/code-of';
export type { DialectOptions } from './dialect/dialect';
export type { Dialect } from './dialect/dialect-entry';
export type {
  ContentRangeDescription,
  CursorDescription,
  LastItemDescription,
  LinkDescription,
  NumberDescription,
  OffsetDescription,
  PaginationDescription,
  SelectorCall,
  SelectorData,
  SingleDescription,
} from './strategy/pagination-description';
