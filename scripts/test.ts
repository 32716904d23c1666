import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './entries';

/*
 * Every check in one go: a failing step does not hide the later ones. The last line counts jest's tests, plus
 * one for each other step.
 */
interface Step {
  readonly title: string;
  /** Of package.json, with its arguments. */
  readonly script: readonly string[];
  /** Print what the step says even if it passes. */
  readonly show?: boolean;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const jestReport = join(root, 'temp', 'jest.json');

const steps: readonly Step[] = [
  { title: 'types', script: ['types'] },
  { title: 'lint', script: ['lint'] },
  { title: 'format', script: ['format'] },
  { title: 'borders', script: ['borders'] },
  { title: 'unit', script: ['unit', '--ci', '--json', `--outputFile=${jestReport}`] },
  { title: 'build', script: ['build'] },
  { title: 'api', script: ['api:check'] },
  { title: 'readme', script: ['readme:check'] },
  { title: 'bench', script: ['bench', '--quick', '--built'], show: true },
  { title: 'package', script: ['pack:check', '--built'], show: true },
  { title: 'publish', script: ['release', '--dry-run'], show: true },
];

function take({ title, script: [name = '', ...args], show = false }: Step): Counts {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name, '--', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const passed = status === 0;
  const counts = title === 'unit' ? jestCounts(passed) : countOf(passed);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const tests = title === 'unit' ? `  ${String(counts.passed)} tests` : '';
  console.log(`${passed ? 'ok  ' : 'FAIL'}  ${title.padEnd(8)}${seconds.padStart(6)} s${tests}`);
  // jest's stdout is its JSON, which is in the report.
  if (!passed) console.log(`${title === 'unit' ? '' : stdout}${stderr}`);
  else if (show) console.log(stdout);
  return counts;
}

function countOf(passed: boolean): Counts {
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function jestCounts(ok: boolean): Counts {
  try {
    const report = JSON.parse(readFileSync(jestReport, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numRuntimeErrorTestSuites: number;
    };
    const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
    // jest also fails for reasons that are no test, such as a coverage threshold.
    return { passed: report.numPassedTests, failed: ok ? failed : Math.max(1, failed) };
  } catch {
    return countOf(false);
  }
}

mkdirSync(join(root, 'temp'), { recursive: true });
rmSync(jestReport, { force: true });
let passed = 0;
let failed = 0;
for (const step of steps) {
  const counts = take(step);
  passed += counts.passed;
  failed += counts.failed;
}
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed > 0 ? 1 : 0;
