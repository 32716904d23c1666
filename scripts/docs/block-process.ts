import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** A block that is ready to be run. */
export interface RunnableBlock {
  /** Page and line. */
  readonly place: string;
  /** From the folder of this process. */
  readonly module: string;
  readonly prints?: string | undefined;
}

/** What came of all blocks. */
export interface Outcome {
  readonly faults: readonly string[];
}

/** Under which the blocks name the demo API. */
const NAMED = 'http://127.0.0.1:8080';
/** Milliseconds; no block waits for anything slow. */
const PATIENCE = 10_000;

/*
 * Runs blocks one after another. A block is over when nothing is left that keeps the process alive, as it would be in a process
 * of its own: then Node emits 'beforeExit', and the next one begins.
 */
const [, , folder = '', samples = ''] = process.argv;
const blocks = JSON.parse(readFileSync(join(folder, 'blocks.json'), 'utf8')) as RunnableBlock[];
const faults: string[] = [];
let at = -1;
let lines: string[] = [];
let isLoaded = false;
let patience: NodeJS.Timeout | undefined;

function fault(text: string): void {
  faults.push(`${blocks[at]?.place ?? 'before the blocks'} ${text}`);
}

function next(): void {
  clearTimeout(patience);
  if (at >= 0) judge();
  const block = blocks[++at];
  if (block === undefined) {
    finish();
    return;
  }
  lines = [];
  isLoaded = false;
  moveTo(join(folder, 'work', String(at)));
  patience = setTimeout(() => {
    fault(`is not over after ${String(PATIENCE)} ms`);
    finish();
  }, PATIENCE);
  patience.unref();
  import(pathToFileURL(join(folder, block.module)).href).then(
    () => {
      isLoaded = true;
    },
    (error: unknown) => {
      isLoaded = true;
      fault(`fails: ${format(error)}`);
    },
  );
}

/** To a folder of its own, as of a project that has the samples of this one. */
function moveTo(work: string): void {
  mkdirSync(work, { recursive: true });
  symlinkSync(samples, join(work, 'samples'), 'junction');
  process.chdir(work);
}

function judge(): void {
  if (!isLoaded) fault('waits for what never comes');
  const { prints } = blocks[at] ?? {};
  const printed = lines.map((line) => `${line}\n`).join('');
  if (prints !== undefined && prints !== printed) fault(`prints:\n${printed}`);
}

function finish(): void {
  const outcome: Outcome = { faults };
  writeFileSync(join(folder, 'outcome.json'), JSON.stringify(outcome));
  process.exit();
}

async function main(): Promise<void> {
  const worker = new Worker(new URL('demo-worker.mjs', import.meta.url));
  const [url] = (await once(worker, 'message')) as [string];
  worker.unref();
  nameServer(url);
  const print = (...values: unknown[]): void => {
    lines.push(
      ...format(...values)
        .replaceAll(url, NAMED)
        .split('\n'),
    );
  };
  console.log = print;
  console.error = print;
  process.on('uncaughtException', (error) => {
    fault(`throws: ${format(error)}`);
  });
  process.on('beforeExit', next);
}

/** Has the blocks ask the demo API at the port it was given. */
function nameServer(url: string): void {
  for (const { module } of blocks) {
    const file = join(folder, module);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(NAMED, url));
  }
}

void main();
