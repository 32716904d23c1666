/** `JSON.stringify` as it is: nothing for what is no JSON, such as a function. */
export const jsonText: (value: unknown) => string | undefined = JSON.stringify;
