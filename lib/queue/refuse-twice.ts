import type { PageRequest } from '../core/page-request';
import { requestUrl } from '../core/request-url';
import { canonicalJson } from '../protocol/canonical-json';

import type { ExportDescription } from './export-description';
import type { PlannedList } from './planned-lists';

/**
 * A list that is there twice would be exported twice, row by row.
 * @param lists those of the description, in order
 * @throws TypeError naming both places
 */
export function refuseTwice(description: ExportDescription, lists: readonly PlannedList[]): void {
  const seen = new Map<string, number>();
  for (const [at, { transport, request, pagination }] of lists.entries()) {
    const key = canonicalJson([transport, pagination ?? null, sameOf(request)]);
    const before = seen.get(key);
    if (before !== undefined) {
      const places = placesOf(description);
      throw new TypeError(
        `description: ${places[before] ?? ''} and ${places[at] ?? ''} make the same request, whose rows would come twice`,
      );
    }
    seen.set(key, at);
  }
}

/** What a server is sent, however that is written. */
function sameOf(request: PageRequest): unknown {
  const { method = 'GET', url, path, params, ...others } = request;
  return { ...others, method, url: requestUrl({ url, path, params }) };
}

/** Where each list stands in its description. */
function placesOf({ filters, lists }: ExportDescription): readonly string[] {
  const filtersOf = (where: string, all: readonly unknown[] | undefined) =>
    all?.map((_, at) => `${where}filters[${String(at)}]`);
  if (lists === undefined) return filtersOf('', filters) ?? [];
  return lists.flatMap((list, at) => {
    const where = `lists[${String(at)}]`;
    return filtersOf(`${where}: `, list.filters) ?? [where];
  });
}
