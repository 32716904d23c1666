import { soakParts } from '../soak/parts';
import { thousands } from '../soak/progress';

import { markdownTable } from './markdown-table';

/** The parts of the soak, as the guide shows them. */
export function soakTable(): string {
  const rows = soakParts.map(({ name, title, unit, runs }) => [
    `\`${name}\``,
    `${thousands(runs)} ${unit}`,
    title,
  ]);
  return markdownTable([['part', 'how many', 'what'], ...rows]);
}
