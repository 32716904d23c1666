import type { Command } from 'commander';

import { hideFields, hideSecrets } from './hide-secrets';

/** Headers that hold no secret. */
const OPEN_HEADER = /^(?:accept.*|content-type|user-agent|cache-control|prefer)$/i;
const SAFE_WORD = /^[\w@%+=:,./-]+$/;

/**
 * The command line that goes on with a walk, to be copied. Secrets are masked as `***`; the caps that ended the walk are left
 * out, for they count from the beginning of the list.
 */
export function goOnCommand(
  command: Command,
  url: string,
  /** None where the command finds by itself where to go on. */
  resumeToken: string | undefined,
  { atLimit }: { readonly atLimit: boolean },
): string {
  const left = ['resume', 'overwrite', 'quiet', ...(atLimit ? ['maxItems', 'maxPages'] : [])];
  const words = ['paged-observable', command.name(), hideSecrets(url)];
  for (const option of command.options) {
    const name = option.attributeName();
    if (left.includes(name) || command.getOptionValueSource(name) !== 'cli') continue;
    const value: unknown = command.getOptionValue(name);
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    for (const one of values) {
      words.push(option.long ?? '');
      if (typeof one !== 'boolean') words.push(shown(name, String(one)));
    }
  }
  const resume = resumeToken === undefined ? ['--resume'] : ['--resume', resumeToken];
  return [...words, ...resume].map(quoted).join(' ');
}

function shown(name: string, value: string): string {
  switch (name) {
    case 'header': {
      const header = value.slice(0, Math.max(value.indexOf(':'), 0));
      return OPEN_HEADER.test(header.trim()) ? value : `${header}: ***`;
    }
    case 'arg':
    case 'path':
      return hideSecrets(`?${value}`).slice(1);
    case 'data':
      return value.startsWith('@') ? value : JSON.stringify(hideFields(JSON.parse(value)));
    default:
      return value;
  }
}

/** As a POSIX shell takes it. */
function quoted(word: string): string {
  return SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
