import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

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

/** One stage after the other; the lanes of a stage run beside one another, for most steps keep one core busy. */
const stages: readonly (readonly (readonly Step[])[])[] = [
  [
    [{ title: 'lint', script: ['lint'] }],
    [
      { title: 'types', script: ['types'] },
      { title: 'format', script: ['format'] },
      { title: 'borders', script: ['borders'] },
    ],
  ],
  [[{ title: 'unit', script: ['unit', '--ci', '--json', `--outputFile=${jestReport}`] }]],
  [[{ title: 'build', script: ['build'] }]],
  [
    [
      { title: 'api', script: ['api:check'] },
      { title: 'bench', script: ['bench', '--quick', '--built'], show: true },
    ],
    [
      { title: 'readme', script: ['readme:check'], show: true },
      { title: 'docs', script: ['docs'] },
      { title: 'package', script: ['pack:check', '--built'], show: true },
    ],
  ],
  // It may build again what the others read.
  [[{ title: 'publish', script: ['release', '--dry-run'], show: true }]],
];

async function take({ title, script: [name = '', ...args], show = false }: Step): Promise<Counts> {
  const started = performance.now();
  const { status, stdout, stderr } = await run(['run', '--silent', name, '--', ...args]);
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

async function run(
  args: readonly string[],
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const npm = spawn('npm', args, { cwd: root, stdio: ['inherit', 'pipe', 'pipe'] });
  const [stdout, stderr, status] = await Promise.all([
    text(npm.stdout),
    text(npm.stderr),
    new Promise<number | null>((resolve) => {
      npm.on('error', () => {
        resolve(null);
      });
      npm.on('close', resolve);
    }),
  ]);
  return { status, stdout, stderr };
}

/** Takes the steps of a lane, one after the other. */
async function takeAll(steps: readonly Step[]): Promise<Counts> {
  let passed = 0;
  let failed = 0;
  for (const step of steps) {
    const counts = await take(step);
    passed += counts.passed;
    failed += counts.failed;
  }
  return { passed, failed };
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

async function main(): Promise<void> {
  mkdirSync(join(root, 'temp'), { recursive: true });
  rmSync(jestReport, { force: true });
  let passed = 0;
  let failed = 0;
  for (const lanes of stages) {
    for (const counts of await Promise.all(lanes.map(takeAll))) {
      passed += counts.passed;
      failed += counts.failed;
    }
  }
  console.log(`${String(passed)} passed, ${String(failed)} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

void main();
