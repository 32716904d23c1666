import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import manifest from '../package.json';
import { apiChange, isEnough, largest } from './api-change';
import { root } from './entries';

const reports = join(root, 'etc');
/** The reports of the last version that was released, and its number. */
const released = join(reports, 'released');

const reportsIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.endsWith('.api.md'));

/** Says what the change of the public face since the last release asks for; throws where the version says less. */
export function checkVersion(version: string = manifest.version): string {
  if (!existsSync(released)) return `${version} is the first release`;
  const last = readFileSync(join(released, 'version'), 'utf8').trim();
  const names = new Set([...reportsIn(released), ...reportsIn(reports)]);
  const textOf = (folder: string, name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
  const change = largest(
    [...names].map((name) => apiChange(textOf(released, name), textOf(reports, name))),
  );
  const what = `the public face since ${last} has changes that are ${change}`;
  if (version === last) return `${what}, and are not released yet`;
  if (!isEnough(change, last, version)) throw new Error(`${what}; ${version} does not say so`);
  return `${what}; ${version} says so`;
}

/** Keeps the reports as those of the version that was released. */
export function keepReleased(): void {
  mkdirSync(released, { recursive: true });
  for (const name of reportsIn(reports)) copyFileSync(join(reports, name), join(released, name));
  writeFileSync(join(released, 'version'), `${manifest.version}\n`);
}

if (require.main === module) console.log(checkVersion());
