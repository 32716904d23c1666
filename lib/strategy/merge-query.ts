import type { PageRequest, ParamValue } from '../core/page-request';
import { queryOf, withoutQuery } from '../protocol/query-text';

/**
 * The request with the link's query parameters laid over its own, those in the text of its URL included. A name that the
 * link repeats becomes an array; path, host, method, headers and body stay those of the request.
 */
export function mergeQuery(request: PageRequest, link: string): PageRequest {
  const values = new Map<string, string[]>();
  for (const [name, value] of queryOf(link)) {
    const earlier = values.get(name);
    if (earlier === undefined) values.set(name, [value]);
    else earlier.push(value);
  }
  const overlay = [...values].map(([name, all]): [string, ParamValue] => [
    name,
    all.length === 1 ? all[0] : all,
  ]);
  return {
    ...request,
    url: withoutQuery(request.url, new Set(values.keys())),
    params: { ...request.params, ...Object.fromEntries<ParamValue>(overlay) },
  };
}
