/** Between which bounds, and for what, the page size asked for adapts. */
export interface PageSizeOptions {
  /** The smallest page asked for. @defaultValue 10, or `max` where that is less */
  readonly min?: number | undefined;
  /** The largest page asked for; it should be one that the server takes. @defaultValue 100, or `min` where that is more */
  readonly max?: number | undefined;
  /** Milliseconds that a page should take, from its request to the page read. @defaultValue 1_000 */
  readonly target?: number | undefined;
}
