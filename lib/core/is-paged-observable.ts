import { PAGED_BRAND } from './paged-brand';
import type { PagedObservable } from './paged-observable';

/** Whether `value` is a {@link PagedObservable}, of this copy of the package or another. */
export function isPagedObservable(value: unknown): value is PagedObservable<unknown> {
  return typeof value === 'object' && value !== null && PAGED_BRAND in value;
}
