import { spawnSync } from 'node:child_process';

import { root } from './entries';

interface AuditReport {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
}

/**
 * Asks the registry for advisories about all packages of the lock file. Throws the names that have one; where the registry answers no
 * such questions, as mirrors often do not, says that nothing was checked.
 */
export function audit(): string {
  const { stdout, stderr } = spawnSync('npm', ['audit', '--json', '--loglevel=warn'], {
    cwd: root,
    encoding: 'utf8',
  });
  const { vulnerabilities } = parsed(stdout);
  if (vulnerabilities === undefined) {
    const [reason = 'no answer'] =
      /\b(?:4|5)\d\d [A-Z][^\n]*? - POST|E[A-Z]{4,}/.exec(stderr) ?? [];
    return `npm audit: NOT CHECKED, this registry gives no advisories (${reason.replace(' - POST', '')})`;
  }
  const found = Object.entries(vulnerabilities).map(
    ([name, { severity }]) => `${name} (${severity})`,
  );
  if (found.length > 0) throw new Error(`npm audit found ${found.join(', ')}`);
  return 'npm audit: nothing known against any package of the lock file';
}

function parsed(text: string): AuditReport {
  try {
    return JSON.parse(text) as AuditReport;
  } catch {
    return {};
  }
}

if (require.main === module) console.log(audit());
