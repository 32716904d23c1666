import type { ApimaticOptions } from '../dialect/apimatic-pagination';
import type { RelayOptions } from '../dialect/relay-pagination';
import type { CursorOptions } from '../strategy/cursor-pagination';
import type { LinkOptions } from '../strategy/link-pagination';
import type { OffsetOptions } from '../strategy/offset-pagination';

/** Options of the command that set a strategy up, by the names commander gives them. */
export interface StrategyFlags {
  readonly items?: string | undefined;
  readonly param?: string | undefined;
  readonly in?: CursorOptions['in'];
  readonly next?: string | undefined;
  readonly hasMore?: string | undefined;
  readonly limitParam?: string | undefined;
  readonly limit?: number | undefined;
  readonly first?: number | undefined;
  readonly totalCount?: string | undefined;
  readonly totalPages?: string | undefined;
  readonly endStatus?: number | undefined;
  readonly step?: Exclude<OffsetOptions['step'], (...args: never) => unknown>;
  readonly follow?: LinkOptions['follow'];
  readonly emptyPage?: ApimaticOptions['emptyPage'];
  readonly apiError?: string | undefined;
  readonly xPagination?: string | undefined;
  readonly connection?: string | undefined;
  readonly direction?: RelayOptions['direction'];
}

export type StrategyFlag = keyof StrategyFlags;

/** `hasMore` as it is written on a command line: `--has-more`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
