import type { PageRequest } from '../core/page-request';

type Headers = PageRequest['headers'];

/** The headers that may go to a foreign origin: what is accepted, never who asks (RFC 9110 section 12.5). */
export function neutralHeaders(headers: Headers): Readonly<Record<string, string>> {
  const entries = Object.entries(headers ?? {});
  return Object.fromEntries(
    entries.filter(([name]) => /^accept(?:-(?:charset|encoding|language))?$/i.test(name)),
  );
}

/** The value of a header, whatever the case of its name. */
export function headerOf(headers: Headers, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([one]) => one.toLowerCase() === name)?.[1];
}
