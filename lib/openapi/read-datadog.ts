import { formatPointer } from '../protocol/json-pointer';
import { UnfitExtension, type ExtensionReader, type OperationReading } from './extension-reader';
import { isObject, member, present, textOf } from './json-view';
import type { PagingRules, RequestPlace } from './pagination-description';
import { xPaginationOf } from './read-apimatic';

const KEY = 'x-pagination';

/**
 * Datadog's `x-pagination`: `{ limitParam, pageParam | pageOffsetParam | cursorParam + cursorPath, resultsPath?, pageStart? }`, with
 * dotted paths. Pages count from 0, and a page with fewer items than its limit is the last.
 */
export const readDatadog: ExtensionReader = (reading) => {
  const value = xPaginationOf(reading);
  const names = ['pageParam', 'pageOffsetParam', 'cursorParam'];
  if (!isObject(value) || !names.some((name) => textOf(value, name) !== undefined)) {
    return undefined;
  }
  const results = textOf(value, 'resultsPath');
  const limit = place(reading, value, 'limitParam');
  const common = {
    extension: KEY,
    system: 'datadog' as const,
    ...reading.itemsAt(results === undefined ? [] : results.split('.')),
    firstPageRequired: [],
  };
  const start = member(value, 'pageStart');
  const rules = present<PagingRules>({
    limit: reading.numberAt(limit),
    shortPage: limit && ('end' as const),
  });
  const page = place(reading, value, 'pageParam');
  if (page !== undefined) {
    const first =
      typeof start === 'number' && Number.isSafeInteger(start) && start >= 0 ? start : 0;
    return {
      ...common,
      kind: 'number',
      request: present({ page, limit }),
      rules: { ...rules, first },
    };
  }
  const offset = place(reading, value, 'pageOffsetParam');
  if (offset !== undefined) {
    return { ...common, kind: 'offset', request: present({ offset, limit }), rules };
  }
  const path = textOf(value, 'cursorPath')?.split('.');
  if (path === undefined) throw new UnfitExtension("'cursorPath' is missing");
  reading.checkResponse(path);
  return {
    ...common,
    kind: 'cursor',
    request: present({ cursor: place(reading, value, 'cursorParam'), limit }),
    next: { in: 'body', pointer: formatPointer(path) },
    rules: { emptyPage: 'end' },
  };
};

/** `body.page.limit` is a field of the body, every other name a parameter. */
function place(reading: OperationReading, value: unknown, name: string): RequestPlace | undefined {
  const text = textOf(value, name);
  if (text === undefined) return undefined;
  return text.startsWith('body.')
    ? reading.bodyPlace(text.split('.').slice(1))
    : reading.parameterPlace(text);
}
