import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import manifest from '../package.json';
import { audit } from './audit';
import { root } from './entries';
import { run } from './run';
import { checkVersion, keepReleased } from './version-policy';

/*
 * Publishes what is in dist/, with a provenance statement that says which commit and which CI run it was built from
 * (https://docs.npmjs.com/generating-provenance-statements). Run by CI of the repository, after `npm test`: npm signs nowhere else.
 * With `--dry-run`, which is part of `npm test`, all is done but the last step.
 */
const dryRun = process.argv.includes('--dry-run');

function checkChangelog(): string {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const { version } = manifest;
  const hasSection = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\]`, 'm').test(changelog);
  if (hasSection) return `CHANGELOG.md has a section for ${version}`;
  if (!dryRun) throw new Error(`CHANGELOG.md has no section for ${version}`);
  if (!changelog.includes('## [Unreleased]'))
    throw new Error('CHANGELOG.md says nothing of what is to come');
  return `CHANGELOG.md has no section for ${version} yet`;
}

function checkSource(): string {
  if (run('git', ['status', '--porcelain']).trim() !== '')
    throw new Error('There are changes that are not committed');
  if (!('repository' in manifest)) {
    throw new Error(
      'package.json names no "repository", which the provenance statement is compared with',
    );
  }
  return 'All is committed';
}

console.log(checkVersion());
console.log(checkChangelog());
console.log(audit());
if (!dryRun) console.log(checkSource());
const args = [
  '--provenance',
  '--access',
  'public',
  '--ignore-scripts',
  ...(dryRun ? ['--dry-run'] : []),
];
console.log(run('npm', ['publish', ...args]).trim());
if (!dryRun) keepReleased();
