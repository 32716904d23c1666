import { STRATEGY_FLAGS } from './strategy-choices';
import { flagOf } from './strategy-flags';
import { UsageMistake } from './usage-mistake';
import type { WalkFlags } from './walk-flags';

/** @throws UsageMistake where an option says what the document says */
export function refuseListFlags(flags: WalkFlags): void {
  const names = ['strategy', 'dialect', 'method', 'path', ...STRATEGY_FLAGS] as const;
  const stray = names.find((name) => flags[name] !== undefined);
  if (stray === undefined) return;
  throw new UsageMistake(
    `${flagOf(stray)} does not go with --openapi: the document says what is asked for and how it is paged; arguments of the operation go with --arg`,
  );
}
