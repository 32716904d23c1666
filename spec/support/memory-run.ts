import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { buildExportProcess } from './kill-export';

/** What an export into a slow sink came to. */
export interface SlowExport {
  readonly rows: number;
  readonly bytes: number;
  /** Bytes that the sink took. */
  readonly taken: number;
  /** Megabytes by which the memory of the process rose after the first tenth. */
  readonly risen: number;
  /** Most bytes that waited before the sink. */
  readonly ahead: number;
}

/** Exports rows of 1 kB in a process of its own, into a sink that takes so many bytes a second. */
export async function exportSlowly(
  rows: number,
  bytesPerSecond: number,
  tell: (rows: number) => void = () => undefined,
): Promise<SlowExport> {
  const folder = mkdtempSync(join(tmpdir(), 'paged-observable-memory-'));
  try {
    const file = join(folder, 'memory-process.js');
    await buildExportProcess(file, 'memory-process');
    const args = ['--expose-gc', file, String(rows), String(bytesPerSecond)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let last = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/^\d+$/.test(line)) tell(Number(line));
      else last = line;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`The export ended with ${String(code)}`);
    return JSON.parse(last) as SlowExport;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
