import type { Json } from '../../../lib/core/json';
import { isObject, mapBody, withPages } from './json-tools';
import { seeded, shuffled } from './seeded';
import type { Transformation } from './transformation';

/** The members of every object, items included, and the headers come in another order; arrays keep theirs. */
export const reorderKeys: Transformation = {
  name: 'keys reordered',
  does: 'the members of every object and the headers in another order',
  apply: (file, seed = '') => {
    const random = seeded(`reorder ${file.id} ${seed}`);
    const reordered = <V>(object: Readonly<Record<string, V>>): Record<string, V> =>
      Object.fromEntries(shuffled(random, Object.entries(object)));
    const inAnyOrder = (value: Json): Json => (isObject(value) ? reordered(value) : value);
    return withPages(file, ({ status, headers, body }) => ({
      status,
      headers: reordered(headers),
      body: mapBody(body, undefined, inAnyOrder) ?? null,
    }));
  },
};
