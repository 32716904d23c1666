import type { RowWriter } from './row-format';
import type { TextOutput } from './text-output';

/** Writes the rows of a page as text, as fast as the output takes it. */
export async function writeRows(
  rows: readonly unknown[],
  writer: RowWriter,
  output: TextOutput,
): Promise<void> {
  await output.add(writer.before(rows));
  for (const row of rows) {
    const handedOn = output.add(writer.row(row));
    if (handedOn !== undefined) await handedOn;
  }
  await output.pageEnd();
}
