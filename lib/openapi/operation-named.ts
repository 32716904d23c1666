import { describe } from '../core/check-options';

interface Named {
  /** The operationId, else method and path. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/**
 * The operation of a name: `'GET /users/{id}'`, which no two share, or an operationId.
 * @throws TypeError where several have this operationId
 */
export function operationNamed<T extends Named>(
  name: string,
  operations: readonly T[],
): T | undefined {
  const placed = operations.find((one) => placeOf(one) === name);
  if (placed !== undefined) return placed;
  const [found, ...others] = operations.filter((one) => one.name === name);
  if (found === undefined || others.length === 0) return found;
  const places = [found, ...others].map((one) => describe(placeOf(one)));
  throw new TypeError(
    `The document has several operations ${describe(name)}; name one by its place: ${places.join(' or ')}`,
  );
}

/** Method and path. */
export function placeOf({ method, path }: Pick<Named, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
