import { isRecord } from '../protocol/is-record';

const MAX_DEPTH = 3;
const MAX_FOUND = 6;
const MAX_SEEN = 1000;

/** Pointers to the arrays in a body, the outermost first: those of records, or else all. */
export function arraysIn(body: unknown): readonly string[] {
  const found: { readonly pointer: string; readonly ofRecords: boolean }[] = [];
  let level: readonly (readonly [pointer: string, value: unknown])[] = [['', body]];
  let seen = 0;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const below: (readonly [string, unknown])[] = [];
    for (const [pointer, value] of level) {
      if (Array.isArray(value)) {
        found.push({ pointer, ofRecords: value.length > 0 && value.every(isRecord) });
      } else if (isRecord(value)) {
        for (const [name, member] of Object.entries(value)) {
          if (++seen <= MAX_SEEN) below.push([`${pointer}/${escaped(name)}`, member]);
        }
      }
    }
    level = below;
  }
  const records = found.filter(({ ofRecords }) => ofRecords);
  return (records.length > 0 ? records : found).slice(0, MAX_FOUND).map(({ pointer }) => pointer);
}

/** RFC 6901 section 3. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
