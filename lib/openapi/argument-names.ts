interface Named {
  readonly name: string;
  readonly in: string;
}

/** The argument that holds the body of a request. */
export const BODY = 'body';

const ORDER = ['path', 'query', 'header', 'cookie'];

/**
 * The names of parameters among the arguments of a call: their own, but where several share one, those of later places (path,
 * query, header, cookie) have their place appended. `body` is the body's.
 */
export function argumentNames(parameters: readonly Named[]): readonly string[] {
  const taken = new Set([BODY]);
  const names = new Map<Named, string>();
  const sorted = [...parameters].sort((a, b) => ORDER.indexOf(a.in) - ORDER.indexOf(b.in));
  for (const parameter of sorted) {
    let name = taken.has(parameter.name) ? `${parameter.name}_${parameter.in}` : parameter.name;
    while (taken.has(name)) name += '_';
    taken.add(name);
    names.set(parameter, name);
  }
  return parameters.map((parameter) => names.get(parameter) ?? parameter.name);
}
