const before = names();

/** The properties that `Object.prototype` and `Array.prototype` have gained since this file was loaded. */
export function pollution(): PropertyKey[] {
  return names().filter((name) => !before.includes(name));
}

function names(): PropertyKey[] {
  return [...Reflect.ownKeys(Object.prototype), ...Reflect.ownKeys(Array.prototype)];
}
