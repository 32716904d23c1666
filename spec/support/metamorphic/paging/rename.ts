import type { Json } from '../../../../lib/core/json';
import type { DialectFile, DialectPage, DialectRequest } from '../../dialect-file';
import { inside, isArray, isObject } from '../json-tools';

/** New names by pointer of the member. */
export type FieldNames = ReadonlyMap<string, string>;

/** A body whose members have other names, in the same order. */
export function renameFields(body: Json, names: FieldNames, at = ''): Json {
  if (isArray(body))
    return body.map((value, place) => renameFields(value, names, inside(at, String(place))));
  if (!isObject(body)) return body;
  const members = Object.entries(body).map(([name, value]) => {
    const pointer = inside(at, name);
    return [names.get(pointer) ?? name, renameFields(value, names, pointer)] as const;
  });
  return Object.fromEntries(members);
}

/** A pointer whose parts have other names. */
export function renamePointer(pointer: string, names: FieldNames): string {
  let old = '';
  let renamed = '';
  for (const token of pointer.split('/').slice(1)) {
    old += `/${token}`;
    const name = names.get(old);
    renamed = name === undefined ? `${renamed}/${token}` : inside(renamed, name);
  }
  return renamed;
}

/** The file with another name for a parameter: in all requests, and in the links of bodies and headers. */
export function renameParameter(file: DialectFile, from: string, to: string): DialectFile {
  const request = (one: DialectRequest): DialectRequest => ({
    ...one,
    query: renamed(one.query, from, to),
    ...(isObject(one.body) && { body: renamed(one.body, from, to) }),
  });
  const links = (text: string) => renameInLinks(text, from, to);
  const page = ({ status, headers, body }: DialectPage): DialectPage => ({
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        typeof value === 'string' ? links(value) : value.map(links),
      ]),
    ),
    body: JSON.parse(links(JSON.stringify(body))) as Json,
  });
  const { nextAlternatives, ...expect } = file.expect;
  return {
    ...file,
    request: request(file.request),
    pages: file.pages.map(page),
    expect: {
      ...expect,
      next: expect.next.map((one) => (one === null ? null : request(one))),
      ...(nextAlternatives !== undefined && {
        nextAlternatives: nextAlternatives.map((all) => all.map(request)),
      }),
    },
  };
}

function renamed<V>(
  members: Readonly<Record<string, V>>,
  from: string,
  to: string,
): Record<string, V> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name === from ? to : name, value]),
  );
}

function renameInLinks(text: string, from: string, to: string): string {
  const literal = from.replaceAll(/[.\\^$*+?()[\]{}|]/g, '\\$&');
  return text.replaceAll(
    new RegExp(`([?&])${literal}=`, 'g'),
    (_, mark: string) => `${mark}${to}=`,
  );
}
