/** `JSON.stringify` as it is: nothing for what is no JSON, such as a function. */
export const jsonText: (value: unknown) => string | undefined = JSON.stringify;

/** The JSON text of a value; `undefined` for what has none, such as a value that holds itself. */
export function jsonTextOf(value: unknown): string | undefined {
  try {
    return jsonText(value);
  } catch {
    return undefined;
  }
}
