import { InvalidArgumentError } from 'commander';

import type { PageSizeOptions } from '../core/page-size-options';

/** Reads `min:max` or `min:max:target`; what is wrong with it becomes a usage error. */
export function pageSizeBounds(text: string): PageSizeOptions {
  const [, min, max, target] = /^(\d{1,9}):(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? [];
  if (min !== undefined && max !== undefined && Number(min) > 0 && Number(min) <= Number(max)) {
    const bounds = { min: Number(min), max: Number(max) };
    if (target === undefined) return bounds;
    if (Number(target) > 0) return { ...bounds, target: Number(target) };
  }
  throw new InvalidArgumentError('Expected min:max or min:max:target, such as 10:100:1000.');
}
