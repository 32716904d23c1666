/** A path of names, perhaps into the last element of an array on the way. */
export interface SimplePath {
  readonly tokens: readonly string[];
  /** The names after `[-1]`. */
  readonly ofLast?: readonly string[] | undefined;
}

/** `.name`, `['name']`, `[0]`, `[-1]`; the last element is also written `[(@.length-1)]`, from before RFC 9535. */
const STEP =
  /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[\s*(-1|\d+)\s*\]|\[\s*\(\s*@\.length\s*-\s*1\s*\)\s*\]/uy;

/** Reads the form of JSONPath that leads to one value; `undefined` for every other. */
export function parseSimplePath(path: string): SimplePath | undefined {
  if (!path.startsWith('$')) return undefined;
  const tokens: string[] = [];
  let ofLast: string[] | undefined;
  let at = 1;
  while (at < path.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(path);
    if (step === null) return undefined;
    at = STEP.lastIndex;
    const [, plain, single, double, index] = step;
    const name = plain ?? unescaped(single ?? double);
    const isLast = name === undefined && (index === undefined || index === '-1');
    if (isLast) {
      if (ofLast !== undefined) return undefined;
      ofLast = [];
    } else {
      (ofLast ?? tokens).push(name ?? index ?? '');
    }
  }
  return { tokens, ofLast };
}

/** The escapes of JSON, and `\\'` (RFC 9535, section 2.3.1.1). */
function unescaped(text: string | undefined): string | undefined {
  return text?.replace(/\\(?:u([\dA-Fa-f]{4})|(.))/gsu, (_, code?: string, char = '') =>
    code === undefined
      ? (ESCAPES[char as string] ?? (char as string))
      : String.fromCharCode(parseInt(code, 16)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
