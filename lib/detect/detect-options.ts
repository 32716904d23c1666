/** How a list is found out. */
export interface DetectOptions {
  /** How sure detection must be of a way to the next page, between 0 and 1. @defaultValue 0.6 */
  readonly threshold?: number | undefined;
  /** JSON pointer to the items, where detection takes several lists for them. @defaultValue found out */
  readonly items?: string | undefined;
}

/** Names detection in a resume token. */
export function detectionId(items: string | undefined): string {
  return items === undefined ? 'detect' : `detect(items=${items})`;
}
