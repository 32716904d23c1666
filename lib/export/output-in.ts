import { join } from 'node:path';

import { describe } from '../core/check-options';

/** What Windows keeps for devices, whatever follows the dot. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
/** Separators, the mark of drives and streams, wildcards, and what terminals act on. */
const FORBIDDEN = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** File systems take 255 bytes; the files beside the output have longer names. */
const MAX_BYTES = 180;

/**
 * The path of an output in a folder, for a name that comes from data.
 * @throws TypeError for a name that is no plain file name: it would lead out of the folder, or be something else on some system
 */
export function outputIn(folder: string, name: string): string {
  const fits =
    typeof name === 'string' &&
    name !== '' &&
    !FORBIDDEN.test(name) &&
    !RESERVED.test(name) &&
    !/^[.\-~ ]|[. ]$/.test(name) &&
    Buffer.byteLength(name) <= MAX_BYTES;
  if (!fits) {
    throw new TypeError(`outputIn: expected a plain file name, got ${describe(name)}`);
  }
  return join(folder, name);
}
