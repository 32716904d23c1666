import type { PaginationDescription } from './pagination-description';
import { isSelectorCall, selectorOf } from './selector-of';
import { checkedDescription, FACTORY_NAMES, strategyOf } from './strategy-of';

/** Options that hold a selector or a text, or an object that is no selector. */
const PLAIN = new Set(['later', 'field']);

/**
 * The code that a person would write for a description: `cursorPagination({ items: '/data', next: '/next_cursor' })`.
 * All functions in it are exports of the package.
 *
 * @throws TypeError naming what is wrong with the description.
 */
export function codeOf(description: PaginationDescription): string {
  strategyOf(description); // what it refuses is no code to paste
  const { kind, ...options } = checkedDescription(description);
  const written = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${keyOf(name)}: ${PLAIN.has(name) ? literal(value) : code(value)}`);
  return `${FACTORY_NAMES[kind]}(${written.length === 0 ? '' : `{ ${written.join(', ')} }`})`;
}

/** The functions that the code of a description calls, in the order of their names: what to import. */
export function importsOf(description: PaginationDescription): readonly string[] {
  const { kind, ...options } = checkedDescription(description);
  const names = new Set<string>([FACTORY_NAMES[kind]]);
  const visit = (value: unknown): void => {
    if (!isSelectorCall(value)) return;
    for (const [name, args] of Object.entries(value)) {
      names.add(name);
      argumentsOf(name, args).forEach(visit);
    }
  };
  for (const [name, value] of Object.entries(options)) if (!PLAIN.has(name)) visit(value);
  return [...names].sort();
}

function code(value: unknown): string {
  if (!isSelectorCall(value)) return literal(value);
  selectorOf(value);
  const [[name, args] = ['', undefined]] = Object.entries(value) as [string, unknown][];
  if (name === 'members') {
    const written = Object.entries(args ?? {}).map(([key, one]) => `${keyOf(key)}: ${code(one)}`);
    return `members({ ${written.join(', ')} })`;
  }
  return `${name}(${argumentsOf(name, args).map(code).join(', ')})`;
}

function argumentsOf(name: string, args: unknown): readonly unknown[] {
  if (name === 'members') return Object.values(args ?? {});
  return Array.isArray(args) ? args : [args];
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const written = Object.entries(value).map(([key, one]) => `${keyOf(key)}: ${literal(one)}`);
  return written.length === 0 ? '{}' : `{ ${written.join(', ')} }`;
}

function keyOf(name: string): string {
  // A literal __proto__ key would set the prototype.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** In single quotes; what a server wrote stays inside them. */
function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
