import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { root } from './entries';
import { readUnitReport, skippedLines, type Counts } from './unit-report';

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
  /** Only with what the lanes beside it leave of the processors. */
  readonly idle?: boolean;
}

const jestReport = join(root, 'temp', 'jest.json');
const secondReport = join(root, 'temp', 'jest-again.json');
/** More files than these do not fail by chance. */
const MOST_TRIED_AGAIN = 5;

/**
 * One stage after the other; the lanes of a stage run beside one another, for most steps keep one core busy, and the tests wait
 * for sockets and timers now and then. What needs no quiet takes what they leave.
 */
const stages: readonly (readonly (readonly Step[])[])[] = [
  [
    [{ title: 'unit', script: ['unit', '--ci', '--json'] }],
    [
      { title: 'types', script: ['types'], idle: true },
      { title: 'lint', script: ['lint'], idle: true },
    ],
    [
      { title: 'format', script: ['format'], idle: true },
      { title: 'borders', script: ['borders'], idle: true },
      { title: 'build', script: ['build'], idle: true },
      { title: 'api', script: ['api:check'], idle: true },
      { title: 'docs', script: ['docs'], idle: true },
    ],
  ],
  [
    [{ title: 'package', script: ['pack:check', '--built'], show: true }],
    [
      { title: 'bench', script: ['bench', '--quick', '--built'], show: true },
      { title: 'readme', script: ['readme:check'], show: true },
    ],
  ],
  // It may build again what the others read.
  [[{ title: 'publish', script: ['release', '--dry-run'], show: true }]],
];

async function take(step: Step): Promise<Counts> {
  const started = performance.now();
  const { title, show = false } = step;
  const tell = (isGood: boolean, more: string) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${isGood ? 'ok  ' : 'FAIL'}  ${title.padEnd(8)}${seconds.padStart(6)} s${more}`);
  };
  if (title === 'unit') {
    const counts = await takeUnit(step);
    tell(counts.failed === 0, `  ${String(counts.passed)} tests`);
    return counts;
  }
  const { status, stdout, stderr } = await run(step);
  tell(status === 0, '');
  if (status !== 0) console.log(`${stdout}${stderr}`);
  else if (show) console.log(stdout);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Runs the specs. Where few fail, they have another try with the machine to themselves, for a machine that is busy with other
 * things makes processes late; what failed and then passed is printed all the same.
 */
async function takeUnit(step: Step): Promise<Counts> {
  const { status, stderr } = await run(step, `--outputFile=${jestReport}`);
  const report = readUnitReport(jestReport);
  if (report === undefined) {
    console.log(stderr);
    return { passed: 0, failed: 1 };
  }
  for (const line of skippedLines(stderr)) console.log(line);
  // jest also fails for reasons that are no test, such as a coverage threshold.
  if (report.failedFiles.length === 0) {
    if (status !== 0) console.log(stderr);
    return { passed: report.passed, failed: status === 0 ? 0 : Math.max(1, report.failed) };
  }
  console.log(report.failures);
  if (report.failedFiles.length > MOST_TRIED_AGAIN) return report;
  const files = ['--runInBand', '--runTestsByPath', ...report.failedFiles];
  await run(step, `--outputFile=${secondReport}`, ...files);
  const again = readUnitReport(secondReport);
  if (again === undefined) return report;
  console.log(
    again.failed > 0
      ? `tried again alone, and failed again:\n${again.failures}`
      : 'UNSTEADY  what is above failed beside other specs, and passed alone',
  );
  return { passed: report.passed - report.passedBeside + again.passed, failed: again.failed };
}

async function run(
  { script: [name = '', ...args], idle = false }: Step,
  ...more: readonly string[]
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const npm = spawn('npm', ['run', '--silent', name, '--', ...args, ...more], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  if (idle && npm.pid !== undefined) setPriority(npm.pid, constants.priority.PRIORITY_LOW);
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

/** Takes what gives counts, one after the other, and adds them up. */
async function sumOf<T>(all: readonly T[], counts: (one: T) => Promise<Counts>): Promise<Counts> {
  let passed = 0;
  let failed = 0;
  for (const one of all) {
    const more = await counts(one);
    passed += more.passed;
    failed += more.failed;
  }
  return { passed, failed };
}

async function main(): Promise<void> {
  mkdirSync(join(root, 'temp'), { recursive: true });
  for (const file of [jestReport, secondReport]) rmSync(file, { force: true });
  const { passed, failed } = await sumOf(stages, async (lanes) => {
    const done = await Promise.all(lanes.map((steps) => sumOf(steps, take)));
    return sumOf(done, (counts) => Promise.resolve(counts));
  });
  console.log(`${String(passed)} passed, ${String(failed)} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

void main();
