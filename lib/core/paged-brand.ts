/** What a PagedObservable of any copy of the package has. */
export const PAGED_BRAND: unique symbol = Symbol.for('paged-observable/PagedObservable');
