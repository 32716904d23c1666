import { inspect } from 'node:util';

/** Every text reachable from a value: as logs show it, as JSON, and by walking all of its properties. */
export function everythingIn(value: unknown): string {
  const texts = [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value)];
  const seen = new Set<unknown>();
  const walk = (part: unknown): void => {
    if (typeof part === 'string') texts.push(part);
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    for (const key of Reflect.ownKeys(part)) walk(Reflect.get(part, key));
  };
  walk(value);
  return texts.join('\n');
}

/** Which of the marks, each the beginning of a secret, stand in the text: as they are or within Base64. */
export function marksIn(text: string, marks: readonly string[]): readonly string[] {
  return marks.filter((mark) => formsOf(mark).some((form) => text.includes(form)));
}

const known = new Map<string, readonly string[]>();

function formsOf(mark: string): readonly string[] {
  const forms = known.get(mark) ?? [...new Set([mark, ...base64Forms(mark)])];
  known.set(mark, forms);
  return forms;
}

/** A resume token with what it encodes. */
export function opened(token: string): string {
  const payload = token.split('.')[1] ?? '';
  return `${token}\n${Buffer.from(payload, 'base64url').toString()}`;
}

/** What of a text stands the same in Base64, whatever comes before and after it. */
function base64Forms(text: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    const skipped = before === 0 ? 0 : 4;
    return [whole.toString('base64').slice(skipped), whole.toString('base64url').slice(skipped)];
  });
}
