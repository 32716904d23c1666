/** A value of JSON as TypeScript: nothing of it can be anything but a literal. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => `${propertyName(name)}: ${literal(one)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

/** A string literal in ASCII: line ends of Unicode and marks of direction are escaped. */
function quoted(text: string): string {
  const json = JSON.stringify(text).slice(1, -1);
  const plain = json.replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${plain.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}

/** `__proto__: x` would set the prototype of the object. */
function propertyName(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
