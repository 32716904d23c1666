import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { field } from '../core/field';
import { isPaginationError } from '../core/pagination-error';
import { outputIn } from '../export/output-in';
import {
  mergeParts,
  type ExportQueue,
  type ExportStatus,
  type FilesSinkDescription,
} from '../queue';

import { EXIT, exitCodeOf } from './exit-codes';
import type { Around } from './export-list';
import { formatNamed, isGzipNamed } from './export-sink';
import { jobPlaces } from './job-places';
import type { JobsMergeFlags } from './jobs-flags';
import { counted } from './progress-line';
import { UsageMistake } from './usage-mistake';
import { messageText, visibleText } from './visible-text';

/** Joins the files of an export to one, in the order of the plan; of one that is not done only where that is asked for. */
export async function mergeExport(
  queue: ExportQueue,
  status: ExportStatus,
  flags: JobsMergeFlags,
  { output, messages }: Around,
): Promise<number> {
  const { partial = false, overwrite = false, json = false } = flags;
  const folder = await folderOf(status, flags);
  const { id, state, parts } = status;
  const isDone = state === 'done';
  if (!isDone && !partial) {
    const all = Object.values(parts).reduce((sum, count) => sum + count, 0);
    const how = `${state}, ${String(parts.done)} of ${counted(all, 'part')} done`;
    messages.line(
      `paged-observable: ${visibleText(id)} is ${how}; --partial joins what is committed so far`,
    );
    return state === 'running' || state === 'finishing' ? EXIT.tryLater : EXIT.failed;
  }
  if (!overwrite && existsSync(flags.output)) {
    throw new UsageMistake(`--output: there is a file ${flags.output}; --overwrite replaces it`);
  }
  const committed = isDone ? undefined : await queue.files(id);
  const path = resolve(flags.output);
  try {
    const { rows, bytes } = await mergeParts(folder, path, committed);
    const said = `${counted(rows, 'row')}, ${counted(bytes, 'byte')}, to ${visibleText(path)}`;
    const whole = isDone ? '' : `, which is not all: ${state}`;
    const merged = { export: id, output: path, rows, bytes, isWhole: isDone };
    output.line(json ? JSON.stringify(merged) : `${visibleText(id)}: ${said}${whole}`);
    return EXIT.done;
  } catch (error) {
    // What the parts are not is told by its code; anything else was said by the disk.
    const code = isPaginationError(error) ? error.code : 'SINK';
    const message = messageText(String(field(error, 'message')));
    messages.line(`paged-observable: ${code}: ${message}`);
    return exitCodeOf(code);
  }
}

/** Where the files of an export stand on this machine. */
async function folderOf(
  { id, description: { sink } }: ExportStatus,
  { config, folder, output }: JobsMergeFlags,
): Promise<string> {
  if (sink.kind !== 'files') {
    throw new UsageMistake(`${id} goes into the table ${sink.table}: there are no files to join`);
  }
  refuseOtherName(id, sink, output);
  const { sinks } = await jobPlaces({ config, folder, transport: 'default' });
  const own = Object.hasOwn(sinks, sink.folder) ? sinks[sink.folder] : undefined;
  if (own === undefined) {
    throw new UsageMistake(
      `--folder: ${id} goes into the folder ${sink.folder}; say where that is: --folder ${sink.folder}=<path>`,
    );
  }
  return outputIn(own.folder, id);
}

/** Parts are joined as they are: a name that says another format or compression would lead whoever reads the file astray. */
function refuseOtherName(
  id: string,
  { format = 'ndjson', gzip = false }: FilesSinkDescription,
  output: string,
): void {
  const named = formatNamed(output);
  const isZipped = isGzipNamed(output);
  if (named === undefined && !isZipped) return;
  if ((named ?? format) === format && isZipped === gzip) return;
  const kind = `${format.toUpperCase()}${gzip ? ' compressed with gzip' : ''}`;
  throw new UsageMistake(
    `--output: the parts of ${id} are ${kind}, and the name ${basename(output)} says otherwise; one that ends in .${format}${gzip ? '.gz' : ''} fits`,
  );
}
