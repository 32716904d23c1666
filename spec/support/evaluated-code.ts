import { runInNewContext } from 'node:vm';

import * as library from '../../lib';
import type { PaginationStrategy } from '../../lib/core/pagination-strategy';

/** The strategy made by code that a person would paste; it sees the exports of the package and nothing else. */
export function evaluatedCode(code: string): PaginationStrategy {
  return runInNewContext(`(${code})`, { ...library }) as PaginationStrategy;
}
