import type { Anchor } from './anchor';
import { rollDigest } from './resume-token';

/** The anchor of a place some items on. */
export function anchorBehind(anchor: Anchor, items: readonly unknown[]): Anchor {
  return {
    ...anchor,
    items: anchor.items + items.length,
    digest: rollDigest(anchor.digest, items),
  };
}
