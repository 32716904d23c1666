import { encodeValue } from '../core/request-url';
import { isObject, membersOf } from './json-view';
import type { CallParameter } from './operation-call';

type Pair = readonly [name: string, value: unknown];

const SEPARATORS: Readonly<Record<string, string>> = {
  spaceDelimited: '%20',
  pipeDelimited: '|',
  tabDelimited: '%09',
};

/** Names and values of a query, percent-encoded: where a style says more than a name and one value. */
export function queryPairs(parameter: CallParameter, value: unknown): readonly string[] {
  const { name, style = 'form', explode = style === 'form' } = parameter;
  const encodedName = encodeValue(name);
  const pair = (text: string) => `${encodedName}=${text}`;
  if (style === 'json') return [pair(encodeValue(JSON.stringify(value)))];
  if (style === 'deepObject' && isObject(value)) {
    return deepPairs(name, value, 0).map(([key, one]) => `${encodeValue(key)}=${encode(one)}`);
  }
  if (isObject(value)) {
    const members = sentMembers(value);
    if (explode) return members.map(([key, one]) => `${encodeValue(key)}=${encode(one)}`);
    return [pair(members.map(([key, one]) => `${encodeValue(key)},${encode(one)}`).join(','))];
  }
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  if (explode) return values.map((one) => pair(encode(one)));
  return values.length === 0 ? [] : [pair(values.map(encode).join(SEPARATORS[style] ?? ','))];
}

/** A value for the path, percent-encoded (RFC 6570 for `label` and `matrix`). */
export function pathText(parameter: CallParameter, value: unknown): string {
  const { name, style = 'simple', explode = false, unencoded } = parameter;
  if (unencoded === true) return textOf(value).replace(/[{}#?\\]/g, encodeURIComponent);
  if (style === 'json') return encodeValue(JSON.stringify(value));
  if (style === 'matrix') {
    const label = encodeValue(name);
    if (!explode) return `;${label}=${joined(value, ',', ',')}`;
    if (isObject(value)) return `;${joined(value, ';', '=')}`;
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    return values.map((one) => `;${label}=${encode(one)}`).join('');
  }
  if (style === 'label') return `.${explode ? joined(value, '.', '=') : joined(value, ',', ',')}`;
  return joined(value, ',', explode ? '=' : ',');
}

/** A value for a header or cookie, as it is. */
export function headerText({ style, explode = false }: CallParameter, value: unknown): string {
  if (style === 'json') return JSON.stringify(value);
  const mark = explode ? '=' : ',';
  if (isObject(value)) {
    return sentMembers(value)
      .map(([key, one]) => `${key}${mark}${textOf(one)}`)
      .join(',');
  }
  return Array.isArray(value) ? value.map(textOf).join(',') : textOf(value);
}

function joined(value: unknown, separator: string, mark: string): string {
  if (isObject(value)) {
    return sentMembers(value)
      .map(([key, one]) => `${encodeValue(key)}${mark}${encode(one)}`)
      .join(separator);
  }
  return Array.isArray(value) ? value.map(encode).join(separator) : encode(value);
}

/** `filter[a]=1`; further levels are not defined by the specification, and are written the way most servers read them. */
function deepPairs(name: string, value: unknown, depth: number): readonly Pair[] {
  const isNested = (isObject(value) || Array.isArray(value)) && depth < 16;
  if (!isNested) return value === undefined || value === null ? [] : [[name, value]];
  return Object.entries(value).flatMap(([key, one]) =>
    deepPairs(`${name}[${key}]`, one, depth + 1),
  );
}

function sentMembers(value: unknown): readonly Pair[] {
  return membersOf(value).filter(([, one]) => one !== undefined && one !== null);
}

function encode(value: unknown): string {
  return encodeValue(textOf(value));
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
