import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../entries';

/** The folders of lib/ that hold what a walk does. */
const folders = ['strategy', 'core', 'flow'];

/** The files of folders (`flow`) and files (`flow/drift`) of lib/, those of a walk without names. */
export function filesOf(names: readonly string[]): string[] {
  const asked = names.length === 0 ? folders : names;
  return asked.flatMap((name) =>
    name.includes('/')
      ? [`lib/${name}.ts`]
      : readdirSync(join(root, 'lib', name))
          .filter((file) => file.endsWith('.ts'))
          .map((file) => `lib/${name}/${file}`),
  );
}
