import type { PagedObservable } from './paged-observable';

/** What a PagedObservable of any copy of the package has. */
export const PAGED_BRAND: unique symbol = Symbol.for('paged-observable/PagedObservable');

/** Whether `value` is a {@link PagedObservable}, of this copy of the package or another. */
export function isPagedObservable(value: unknown): value is PagedObservable<unknown> {
  return typeof value === 'object' && value !== null && PAGED_BRAND in value;
}
