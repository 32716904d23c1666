import { jsonText } from '../protocol/json-text';

import type { RowFormat } from './row-format';

/** Every row as a line of JSON. */
export const ndjsonRows: RowFormat = {
  settings: { format: 'ndjson' },
  writer: () => ({
    before: () => '',
    row: (row) => `${jsonOf(row)}\n`,
    end: () => '',
    state: () => null,
  }),
};

/** All rows as one JSON array, a row a line. */
export const jsonRows: RowFormat = {
  settings: { format: 'json' },
  writer: (state) => {
    let isEmpty = state !== 'rows';
    return {
      before: () => '',
      row: (row) => {
        const lead = isEmpty ? '[\n' : ',\n';
        isEmpty = false;
        return lead + jsonOf(row);
      },
      end: () => (isEmpty ? '[]\n' : '\n]\n'),
      state: () => (isEmpty ? 'empty' : 'rows'),
    };
  },
};

/** What is no JSON, such as a function, is `null`, as it is in arrays. */
function jsonOf(row: unknown): string {
  return jsonText(row) ?? 'null';
}
