const PAGE_SIZE = 1_000;

/**
 * A list of rows in memory: `load` gives a page by its number from 0 with the number of the next one, all with the same rows.
 * @param {{ pages: number, shape: 'long' | 'wide' }} list rows of about 1 kB in one long text, or of 0.5 kB in 16 fields
 */
export function exportRows({ pages, shape }) {
  const rows = Array.from({ length: PAGE_SIZE }, (_, id) => {
    return shape === 'long' ? longRow(id) : wideRow(id);
  });
  return async (at) => ({ rows, next: at + 1 < pages ? at + 1 : null });
}

function longRow(id) {
  return { id, name: `name ${id}`, text: 'x'.repeat(950) };
}

function wideRow(id) {
  const values = [id, `a text of a field of row ${id}, with a comma`, `name ${id}`];
  const fields = Array.from({ length: 16 }, (_, at) => [
    `field_${at}`,
    values[at % 4] ?? (at % 8 === 3 ? null : true),
  ]);
  // Parsed, as rows are that came over HTTP.
  return JSON.parse(JSON.stringify(Object.fromEntries(fields)));
}
