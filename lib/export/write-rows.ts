import type { RowWriter } from './row-format';
import { PIECE, type TextOutput } from './text-output';

/** Writes the rows of a page as text, as fast as the output takes it. */
export async function writeRows(
  rows: readonly unknown[],
  writer: RowWriter,
  output: TextOutput,
): Promise<void> {
  // Gathered in a variable: a field of a long-lived object would cost the collector for every row.
  let text = writer.before(rows);
  for (const row of rows) {
    text += writer.row(row);
    if (text.length < PIECE) continue;
    await output.add(text);
    text = '';
  }
  await output.add(text);
  await output.pageEnd();
}
