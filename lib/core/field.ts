/** A property of an unknown value; a getter that throws counts as absent. */
export function field(value: unknown, name: PropertyKey): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    return undefined;
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}
