import type { Json } from '../../../lib/core/json';
import { parsePointer, resolvePointer } from '../../../lib/protocol/json-pointer';
import type { DialectFile, DialectPage } from '../dialect-file';

export type JsonObject = Readonly<Record<string, Json>>;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The pointer of a member of what another pointer leads to. */
export function inside(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The pointer of what holds the value of a pointer, and the value's name in it. */
export function partsOf(pointer: string): { readonly parent: string; readonly name: string } {
  return {
    parent: pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))),
    name: parsePointer(pointer).at(-1) ?? '',
  };
}

/** What a pointer leads to in a body; undefined where it leads nowhere. */
export function valueAt(body: Json, pointer: string): Json | undefined {
  const found = resolvePointer(body, pointer);
  return found.found ? (found.value as Json) : undefined;
}

/**
 * A body in which everything outside the items is what `map` makes of it, innermost first; undefined takes it out.
 * Members keep their order. `items` is the pointer that is passed over.
 */
export function mapBody(
  body: Json,
  items: string | undefined,
  map: (value: Json, pointer: string) => Json | undefined,
  at = '',
): Json | undefined {
  if (at === items) return body;
  const member = (value: Json, name: string) => mapBody(value, items, map, inside(at, name));
  if (isArray(body)) {
    const kept = body.map((value, place) => member(value, String(place)));
    return map(
      kept.filter((value) => value !== undefined),
      at,
    );
  }
  if (!isObject(body)) return map(body, at);
  return map(
    objectOf(Object.entries(body).map(([name, value]) => [name, member(value, name)])),
    at,
  );
}

/** Own members of any name; undefined ones are left out. */
function objectOf(entries: readonly (readonly [string, Json | undefined])[]): JsonObject {
  const kept = entries.filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(kept);
}

/** The values outside the items that hold no others, by pointer. */
export function leavesOf(body: Json, items: string | undefined): Map<string, Json> {
  const leaves = new Map<string, Json>();
  mapBody(body, items, (value, pointer) => {
    if (!isArray(value) && !isObject(value)) leaves.set(pointer, value);
    return value;
  });
  return leaves;
}

/** A file with other pages. */
export function withPages(
  file: DialectFile,
  map: (page: DialectPage, place: number) => DialectPage,
): DialectFile {
  return { ...file, pages: file.pages.map(map) };
}

/** A file with other bodies. */
export function withBodies(
  file: DialectFile,
  map: (body: Json, place: number) => Json,
): DialectFile {
  return withPages(file, (page, place) => ({ ...page, body: map(page.body, place) }));
}

/** The words of a name: `nextPageToken`, `next-page_token` and `@odata.nextLink` fall apart where one would read a pause. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** A value as it stands in a URL or a header. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
