import type { PaginationStrategy } from '../core/pagination-strategy';
import { detectPagination } from '../detect/detect-pagination';

import { STRATEGY_CHOICES, STRATEGY_FLAGS, takers } from './strategy-choices';
import { flagOf, type StrategyFlag, type StrategyFlags } from './strategy-flags';
import { UsageMistake } from './usage-mistake';

const SELECTOR = "a JSON pointer such as /data/items, or '$response.headers#/name'";

/** The strategy that the options name and set up; without a name, the one that finds out. */
export function strategyOf(name: string | undefined, flags: StrategyFlags): PaginationStrategy {
  const given = STRATEGY_FLAGS.filter((flag) => flags[flag] !== undefined);
  if (name === undefined) return withoutName(given, flags);
  const choice = Object.hasOwn(STRATEGY_CHOICES, name) ? STRATEGY_CHOICES[name] : undefined;
  if (choice === undefined) {
    throw new UsageMistake(
      `--strategy: expected one of ${Object.keys(STRATEGY_CHOICES).join(', ')}`,
    );
  }
  const stray = given.find((flag) => !choice.takes.includes(flag));
  if (stray !== undefined) {
    throw new UsageMistake(
      `${flagOf(stray)} does not go with --strategy ${name}; it goes with ${takers(stray).join(', ')}`,
    );
  }
  if (choice.needs !== undefined && !given.includes(choice.needs)) {
    throw new UsageMistake(`--strategy ${name} needs ${flagOf(choice.needs)}`);
  }
  const limited = given.includes('limit') && choice.takes.includes('limitParam');
  if (limited && name !== 'offset' && !given.includes('limitParam')) {
    throw new UsageMistake(`--limit needs --limit-param with --strategy ${name}`);
  }
  return translated(() => choice.make(only(flags, given)));
}

/** Strategies refuse options they do not know. */
function only(flags: StrategyFlags, names: readonly StrategyFlag[]): StrategyFlags {
  return Object.fromEntries(names.map((name) => [name, flags[name]]));
}

function withoutName(given: readonly StrategyFlag[], flags: StrategyFlags): PaginationStrategy {
  const stray = given.find((flag) => flag !== 'items');
  if (stray !== undefined) {
    throw new UsageMistake(`${flagOf(stray)} needs --strategy, one of ${takers(stray).join(', ')}`);
  }
  return translated(() => detectPagination({ items: flags.items }));
}

/** Strategies name their options as code does; here they are flags. */
function translated(make: () => PaginationStrategy): PaginationStrategy {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageMistake(
      error.message
        .replace(/^[\w.]+: (?:strategy \d+: )?option '(\w+)'/, (_, option: string) =>
          flagOf(option),
        )
        .replace(/^apimaticPagination/, '--x-pagination')
        .replace("a JSON pointer, '$response.headers#/name' or a function", SELECTOR),
    );
  }
}
