import type { PaginationStrategy } from '../core/pagination-strategy';
import { dialect, dialects } from '../dialect/dialect';

import { STRATEGY_FLAGS } from './strategy-choices';
import { flagOf } from './strategy-flags';
import { UsageMistake } from './usage-mistake';
import type { WalkFlags } from './walk-flags';

/** The strategy of a known API, by its name. */
export function dialectOf(name: string, flags: WalkFlags): PaginationStrategy {
  if (flags.strategy !== undefined) {
    throw new UsageMistake('--dialect and --strategy: give one of them');
  }
  const stray = STRATEGY_FLAGS.find((flag) => flag !== 'items' && flags[flag] !== undefined);
  if (stray !== undefined) throw new UsageMistake(`${flagOf(stray)} does not go with --dialect`);
  try {
    return dialect(name, { items: flags.items });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = error.message.replace(/^dialect: option 'items'/, '--items');
    throw new UsageMistake(message.replace(/^dialect:/, '--dialect:'));
  }
}

/** The names of all dialects, for the help: as many on a line as go. */
export function dialectsHelp(): string {
  const lines: string[] = [];
  let line = ' ';
  for (const { name } of dialects) {
    if (line.length + name.length > 78) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${name}`;
  }
  return ['Dialects:', ...lines, line].join('\n');
}
