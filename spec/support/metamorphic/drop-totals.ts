import type { DialectFile, DialectPage } from '../dialect-file';
import { mapBody } from './json-tools';
import { PageModel } from './paging/page-model';
import type { Transformation } from './transformation';

/**
 * Totals, page counts and what is left are taken out of bodies and headers. Only where the way to the next page and the end
 * are still to be seen: a token, a link, a flag, or a counter that the request or the reply shows (then the end is a short
 * or an empty page, and one request more is fine).
 */
export const dropTotals: Transformation = {
  name: 'totals dropped',
  does: 'totals, page counts and what remains left out, where something else shows the end',
  apply: (file) => {
    const model = new PageModel(file);
    const isTotal = (place: string) => {
      const says = model.rules.get(place)?.says;
      return says === 'total' || says === 'pages' || says === 'remaining';
    };
    const isRange = (name: string) => name.toLowerCase() === 'content-range';
    if (!model.hasTotal) return undefined;
    const isShown = file.pages.length === 1 || model.hasWay || model.hasCounter;
    if (!isShown) return undefined;
    const pages = file.pages.map((page): DialectPage => {
      const lines = Object.entries(page.headers).filter(([name]) => !isTotal(name));
      const headers = lines.map(([name, value]) =>
        isRange(name) ? [name, String(value).replace(/\d+$/, '*')] : [name, value],
      );
      const body = mapBody(page.body, file.expect.itemsPointer, (value, pointer) =>
        isTotal(pointer) ? undefined : value,
      );
      return {
        ...page,
        headers: Object.fromEntries(headers) as DialectPage['headers'],
        body: body ?? null,
      };
    });
    const { expect } = file;
    const isOpen = file.pages.length > 1 && !model.hasWay;
    const changed: DialectFile = {
      ...file,
      pages,
      expect: { ...expect, total: null, ...(isOpen && { mayProbe: true }) },
    };
    return changed;
  },
};
