import type { PagedResponse } from '../core/paged-response';
import { parsePointer, resolvePointer } from '../protocol/json-pointer';

import type { Output } from './output';
import { pageRow, TABLE_HEAD, tableRow } from './page-columns';
import type { WalkPosition } from './walk-position';

/** Prints pages as they come and knows at any time how many items of the last one are out. */
export interface PagePrinter {
  /** Waits for the reader of the output; stops when `signal` aborts. */
  print(page: PagedResponse, signal: AbortSignal): Promise<void>;
}

/** Every item as a line of JSON, or the value in it that `select` points to (`null` where it has none). */
export function itemPrinter(
  output: Output,
  select: string | undefined,
  position: WalkPosition,
): PagePrinter {
  const tokens = select === undefined ? undefined : parsePointer(select);
  const valueOf = (item: unknown): unknown => {
    if (tokens === undefined) return item;
    const found = resolvePointer(item, tokens);
    return found.found ? found.value : null;
  };
  return {
    print: async (page, signal) => {
      position.enter(page);
      for (const item of page.items) {
        // Waited for before the line and not after, so that a line is out exactly when it is counted.
        if (output.isBehind) await output.ready();
        if (signal.aborted) return;
        output.line(JSON.stringify(valueOf(item)));
        position.moveBy(1);
      }
      output.flush();
    },
  };
}

/** A line of the table, or of JSON, for every page. */
export function pagePrinter(output: Output, json: boolean, position: WalkPosition): PagePrinter {
  let isFirst = true;
  return {
    print: async (page, signal) => {
      position.enter(page);
      if (output.isBehind) await output.ready();
      if (signal.aborted) return;
      const row = pageRow(page);
      if (isFirst && !json) output.line(TABLE_HEAD);
      isFirst = false;
      output.line(json ? JSON.stringify(row) : tableRow(row));
      output.flush();
      position.moveBy(page.items.length);
    },
  };
}
