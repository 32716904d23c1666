/** Name and value of one query parameter, decoded. */
export type QueryPair = readonly [name: string, value: string];

/** The query parameters of a URL in order, decoded as the URL standard says; repeated names are kept. */
export function queryOf(url: string): readonly QueryPair[] {
  const { query } = splitUrl(url);
  return query === undefined ? [] : [...new URLSearchParams(`&${query}`)];
}

/** The URL without the query parameters of these names; every other byte stays as it is. */
export function withoutQuery(url: string, names: ReadonlySet<string>): string {
  const { path, query, fragment } = splitUrl(url);
  if (query === undefined) return url;
  const parts = query.split('&');
  const kept = parts.filter((part) => part === '' || !names.has(nameOf(part)));
  if (kept.length === parts.length) return url;
  const search = kept.length === 0 ? '' : `?${kept.join('&')}`;
  return `${path}${search}${fragment}`;
}

function nameOf(part: string): string {
  const [pair] = new URLSearchParams(`&${part}`); // a leading "?" would be taken for the mark of a query
  return pair?.[0] ?? '';
}

function splitUrl(url: string): { path: string; query: string | undefined; fragment: string } {
  const hash = url.indexOf('#');
  const address = hash < 0 ? url : url.slice(0, hash);
  const fragment = hash < 0 ? '' : url.slice(hash);
  const mark = address.indexOf('?');
  if (mark < 0) return { path: address, query: undefined, fragment };
  return { path: address.slice(0, mark), query: address.slice(mark + 1), fragment };
}
