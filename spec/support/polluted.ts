const prototypes: readonly object[] = [Object.prototype, Array.prototype];
const before = names();

/** The properties that `Object.prototype` and `Array.prototype` have gained since this file was loaded. */
export function pollution(): PropertyKey[] {
  return names().filter((name) => !before.includes(name));
}

/** The same, taken away again, so that the next look shows what is new. */
export function takePollution(): string[] {
  const gained = pollution();
  for (const name of gained) {
    for (const prototype of prototypes) Reflect.deleteProperty(prototype, name);
  }
  return gained.map(String);
}

function names(): PropertyKey[] {
  return prototypes.flatMap((prototype) => Reflect.ownKeys(prototype));
}
