/**
 * JSON text that is the same for equal values whatever the order of their keys. Like `JSON.stringify`: members that are
 * `undefined`, functions or symbols are left out (in arrays `null`), `toJSON` is honoured; a bigint is written with suffix `n`.
 *
 * @throws TypeError if the value holds itself.
 */
export function canonicalJson(value: unknown): string {
  return write(value, new Set()) ?? 'undefined';
}

function write(value: unknown, ancestors: Set<object>): string | undefined {
  if (typeof value === 'bigint') return `${String(value)}n`;
  if (typeof value !== 'object' || value === null) {
    const text: string | undefined = JSON.stringify(value); // typed as if it always were text
    return text;
  }
  if (ancestors.has(value)) throw new TypeError('Expected a JSON value, got one that holds itself');
  ancestors.add(value);
  const text = hasToJson(value)
    ? write(value.toJSON(), ancestors)
    : Array.isArray(value)
      ? `[${Array.from(value, (item) => write(item, ancestors) ?? 'null').join(',')}]`
      : writeObject(value, ancestors);
  ancestors.delete(value);
  return text;
}

function writeObject(value: object, ancestors: Set<object>): string {
  const members: string[] = [];
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    const text = write(member, ancestors);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join(',')}}`;
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
