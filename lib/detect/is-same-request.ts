import { canonicalJson } from '../protocol/canonical-json';

/** Whether two requests are the same, whatever the order of their parameters and whether values are numbers or digits. */
export function isSameRequest(a: unknown, b: unknown): boolean {
  return canonicalJson(plain(a)) === canonicalJson(plain(b));
}

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, one: unknown) =>
      typeof one === 'number' ? String(one) : one,
    ),
  ) as unknown;
}
