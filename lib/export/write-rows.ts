import type { RowWriter } from './row-format';
import type { TextOutput } from './text-output';

/** Characters gathered before they are made bytes: one call for many short rows, and no string that outlives them. */
const CHUNK = 8 * 1024;

/** Writes the rows of a page as text, as fast as the output takes it. */
export async function writeRows(
  rows: readonly unknown[],
  writer: RowWriter,
  output: TextOutput,
): Promise<void> {
  let text = writer.before(rows);
  for (const row of rows) {
    text += writer.row(row);
    if (text.length < CHUNK) continue;
    const handedOn = output.add(text);
    text = '';
    if (handedOn !== undefined) await handedOn;
  }
  await output.add(text);
  await output.pageEnd();
}
