import type { Page, PageContext } from '../core/page';
import { makePage } from '../core/page-kinds';
import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import type { PageReading, StatusMeaning } from '../core/pagination-strategy';
import { digestItems } from '../core/resume-token';
import type { Step } from '../core/step';
import { excerpt } from '../protocol/excerpt';

import { originOf } from './origin-guard';
import { replyError } from './status-error';
import { validateItems } from './validate-items';
import type { PageOrder } from './page-order';
import type { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';

/** What came for a page that was ordered. */
export interface Arrival extends PageOrder {
  readonly reply: PageReply;
}

/**
 * The page of a reply, `undefined` where the reply ends the list without being a page; a promise only for an asynchronous
 * schema. Nothing of a page is handed on before all of it was checked.
 *
 * @throws PaginationError what is wrong with the reply
 */
export function readPage(
  plan: WalkPlan,
  memory: WalkMemory,
  context: PageContext,
  arrival: Arrival,
): Page | undefined | Promise<Page> {
  const { step, request, reply } = arrival;
  if (meaningOf(arrival) === 'end') return undefined;
  const reading = step.strategy.read(request, reply);
  checkReading(reading, memory, arrival);
  const wanted = itemsWanted(reading, step, plan.options.maxItems);
  const items = plan.schema === undefined ? wanted : validateItems(wanted, plan.schema);
  const finish = (valid: readonly unknown[]) => {
    remember(memory, reading, arrival);
    const fraction = memory.progress(step.items + valid.length, reading.totalCount);
    const previous =
      reading.kind === 'number' && reading.items.length === 0 ? memory.lastWithItems : undefined;
    const page = makePage({
      ...{ context, step, request, reply, reading, fraction, previous },
      items: valid,
    });
    if (reading.kind === 'number' && reading.items.length > 0) memory.lastWithItems = page;
    return page;
  };
  return items instanceof Promise ? items.then(finish) : finish(items);
}

/** @throws PaginationError where the status says that this is no page */
function meaningOf({ step, request, reply }: Arrival): StatusMeaning | 'page' {
  const { status } = reply;
  const meaning = step.strategy.statuses?.[status];
  if (meaning === 'empty' || (meaning === 'end' && step.pages > 0)) return meaning;
  if ((meaning === 'expired' || status === 410) && step.position !== undefined) {
    throw replyError(
      'CURSOR_EXPIRED',
      `The server answered ${String(status)}: the position has expired`,
      request,
      reply,
    );
  }
  if (status === 204 || status === 205 || status === 304) {
    throw replyError(
      'PROTOCOL',
      `The server answered ${String(status)}, which is no page; 'emptyStatuses' can make it an empty one`,
      request,
      reply,
    );
  }
  if (status < 200 || status > 299) {
    throw replyError('HTTP_STATUS', `The server answered ${String(status)}`, request, reply);
  }
  return 'page';
}

function checkReading(
  reading: PageReading,
  memory: WalkMemory,
  { step, request, reply }: Arrival,
): void {
  if (reading.apiError !== undefined) {
    throw replyError(
      'API_ERROR',
      `The reply is an error: ${excerpt(JSON.stringify(reading.apiError))}`,
      request,
      reply,
    );
  }
  const items: unknown = reading.items;
  if (!Array.isArray(items)) {
    throw new PaginationError(
      'BAD_SHAPE',
      `The strategy ${step.strategy.id} read no array of items`,
    );
  }
  const { itemsName } = reading;
  if (memory.itemsName !== undefined && itemsName !== undefined && itemsName !== memory.itemsName) {
    throw new PaginationError(
      'BAD_SHAPE',
      `The items were found at /${memory.itemsName} and are now at /${itemsName}: name the right one with the option 'items'`,
    );
  }
  if (step.digest === undefined) return;
  if (items.length < step.taken || digestItems(items.slice(0, step.taken)) !== step.digest) {
    throw new PaginationError(
      'DRIFT',
      `The page to go on in has changed: its first ${String(step.taken)} items are not those handed on before`,
    );
  }
}

function itemsWanted(reading: PageReading, step: Step, maxItems = Infinity): readonly unknown[] {
  const end = step.taken + maxItems - step.items;
  if (step.taken === 0 && reading.items.length <= end) return reading.items;
  return reading.items.slice(step.taken, end);
}

/** Done last, so that a page that failed is not taken for a repeat when it is asked again. */
function remember(
  memory: WalkMemory,
  reading: PageReading,
  { isFirst, ...arrival }: Arrival,
): void {
  const { items, kind } = reading;
  memory.emptyPages = items.length === 0 ? memory.emptyPages + 1 : 0;
  memory.itemsName ??= reading.itemsName;
  memory.origin ??= originOf(arrival.reply.url);
  if (arrival.step.position === undefined && arrival.reply.url !== '') {
    // The server knows the first page by the URL that answered, and its links will name it so.
    const { method, headers, body } = arrival.request;
    memory.guard.isNewRequest({ method, headers, body, url: arrival.reply.url });
  }
  if (items.length === 0 || (kind !== 'number' && kind !== 'offset')) return;
  if (!memory.guard.isNewItems(items) && !isFirst) {
    throw new PaginationError(
      'LOOP',
      'The page holds the same items as an earlier one: the server does not move on with the position asked for',
    );
  }
}
