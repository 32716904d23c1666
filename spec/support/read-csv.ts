/** The cells of a CSV text (RFC 4180); `null` for an empty cell without quotes. Written apart from the writer it judges. */
export function readCsv(text: string, delimiter = ','): readonly (readonly (string | null)[])[] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      let cell = '';
      for (at++; ; at++) {
        if (at >= text.length) throw new Error('A quote is not closed');
        if (text[at] !== '"') cell += text[at] ?? '';
        else if (text[at + 1] === '"') cell += text[++at] ?? '';
        else break;
      }
      row.push(cell);
      at++;
    } else {
      const from = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\r') at++;
      row.push(at === from ? null : text.slice(from, at));
    }
    if (text[at] === delimiter) {
      at++;
      if (at === text.length || text[at] === '\r') row.push(null);
      if (at < text.length && text[at] !== '\r') continue;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`No line end at ${String(at)}`);
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Takes off the apostrophe that keeps a spreadsheet from taking text for a formula. */
export function withoutApostrophe(cell: string | null): string | null {
  return cell !== null && /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
