import { describe } from '../core/check-options';
import type { Page, PageContext } from '../core/page';
import { maskReply } from '../core/mask-reply';
import { KINDS, makePage } from '../core/page-kinds';
import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import type { PageReading, StatusMeaning } from '../core/pagination-strategy';
import { requestUrl } from '../core/request-url';
import { digestItems } from '../core/resume-token';
import type { Step } from '../core/step';
import { excerpt } from '../protocol/excerpt';
import { jsonTextOf } from '../protocol/json-text';

import { checkPassed, passOver } from './anchored';
import { checkPageSize } from './check-page-size';
import { checkConcurrency } from './check-walk-options';
import { originOf } from './origin-guard';
import { pickItems, rememberKeys, type PickedItems } from './pick-items';
import { repeatPolicy } from './repeat-policy';
import { replyError } from './status-error';
import { validateItems } from './validate-items';
import type { PageOrder } from './page-order';
import type { WalkMemory } from './walk-memory';
import type { WalkPlan } from './walk-plan';

const DEFAULT_LINK_HEADER_BYTES = 16 * 1024;

/** What came for a page that was ordered. */
export interface Arrival extends PageOrder {
  readonly reply: PageReply;
  /** Milliseconds of the clock. */
  readonly now: number;
  /** Whether nobody waits for the page any more. */
  readonly isLeft: () => boolean;
}

/**
 * The page of a reply, `undefined` where the reply ends the list without being a page to hand on; a promise only for an asynchronous
 * schema. Nothing of a page is handed on before all of it was checked.
 *
 * @throws PaginationError what is wrong with the reply
 */
export function readPage(
  plan: WalkPlan,
  memory: WalkMemory,
  context: PageContext,
  arrival: Arrival,
): Page | undefined | Promise<Page | undefined> {
  const { request, reply } = arrival;
  const isEnd = meaningOf(arrival) === 'end';
  if (!isEnd) checkLinkHeader(plan, reply);
  const reading = isEnd ? endOf(arrival.step) : arrival.step.strategy.read(request, reply);
  checkReading(reading, plan, memory, arrival);
  const { step, passing } = passOver(arrival.step, reading);
  if (isEnd) checkPassed(passing);
  const picked = pickItems(plan, memory, reading, step);
  if (picked.isGap === true) {
    return makePage({ context, step, request, reply, reading, fraction: undefined, ...picked });
  }
  if (isEnd) return undefined;
  const items = plan.schema === undefined ? picked.items : validateItems(picked.items, plan.schema);
  const finish = (valid: readonly unknown[]) => {
    if (arrival.isLeft()) return undefined; // it will come again, and is to be new then
    if (!remember(plan, memory, reading, picked, arrival)) return undefined;
    const rowPlace = rememberKeys(plan, memory, reading, step, picked, passing);
    const fraction = memory.progress(step.items + valid.length, reading.totalCount);
    const previous =
      reading.kind === 'number' && reading.items.length === 0 ? memory.lastWithItems : undefined;
    const { places, keys, rest } = picked;
    const own = { items: valid, places, keys, rest, rowPlace, passing };
    const page = makePage({ context, step, request, reply, reading, fraction, previous, ...own });
    if (reading.kind === 'number' && reading.items.length > 0) memory.lastWithItems = page;
    return page;
  };
  return items instanceof Promise ? items.then(finish) : finish(items);
}

/**
 * A status that says that the list is over, as a page without items: rows may yet have moved up from there, also those that
 * were handed on from this very page.
 */
function endOf({ position }: Step): PageReading {
  return { kind: 'offset', items: [], position, next: () => undefined };
}

/** @throws PaginationError where the status says that this is no page */
function meaningOf({ step, request, reply, now }: Arrival): StatusMeaning | 'page' {
  const { status } = reply;
  const isStart = step.pages === 0 && step.position === undefined;
  const meaning = step.strategy.statuses?.[status];
  if (meaning === 'empty' || (meaning === 'end' && !isStart)) return meaning;
  if ((meaning === 'expired' || status === 410) && step.position !== undefined) {
    throw replyError(
      'CURSOR_EXPIRED',
      `The server answered ${String(status)}: the position has expired`,
      request,
      reply,
      now,
    );
  }
  if (status === 204 || status === 205 || status === 304) {
    throw replyError(
      'PROTOCOL',
      `The server answered ${String(status)}, which is no page; 'emptyStatuses' can make it an empty one`,
      request,
      reply,
      now,
    );
  }
  if (status < 200 || status > 299) {
    throw replyError('HTTP_STATUS', `The server answered ${String(status)}`, request, reply, now);
  }
  return 'page';
}

function checkReading(
  reading: PageReading,
  plan: WalkPlan,
  memory: WalkMemory,
  { step, request, reply, now }: Arrival,
): void {
  if (reading.apiError !== undefined) {
    const said = jsonTextOf(reading.apiError) ?? describe(reading.apiError);
    throw replyError(
      'API_ERROR',
      `The reply is an error: ${excerpt(maskReply(said.slice(0, 20_000)))}`,
      request,
      reply,
      now,
      reading.retryable,
    );
  }
  // Strategies of one's own and those that look at the reply first need not say their kind before.
  if (reading.kind !== 'single' && (plan.options.concurrency ?? 1) > 1)
    checkConcurrency('paginate', plan.options, { ...step.strategy, kind: reading.kind });
  if (plan.options.pageSize !== undefined && reading.kind !== 'single') {
    const strategy = reading.strategy ?? step.strategy;
    checkPageSize('paginate', plan.options, { ...strategy, kind: reading.kind });
  }
  if (!KINDS.includes(reading.kind)) {
    throw new PaginationError(
      'BAD_SHAPE',
      `The strategy ${step.strategy.id} read a page of the kind ${describe(reading.kind)}, which is none of ${KINDS.join(', ')}`,
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
  if (digestItems(items.slice(0, step.taken)) !== step.digest) {
    throw new PaginationError(
      'DRIFT',
      `The page to go on in has changed: its first ${String(step.taken)} items are not those handed on before`,
    );
  }
}

/**
 * Done last, so that a page that failed is not taken for a repeat when it is asked again. Says whether the page is to be
 * handed on.
 */
function remember(
  plan: WalkPlan,
  memory: WalkMemory,
  reading: PageReading,
  picked: PickedItems,
  arrival: Arrival,
): boolean {
  const { onRepeat = 'error', overlap = 0 } = plan.options;
  // What is passed over on the way to a place was new once.
  const { length } = arrival.step.passing === undefined ? picked.items : reading.items;
  memory.emptyPages = length === 0 ? memory.emptyPages + 1 : 0;
  memory.itemsName ??= reading.itemsName;
  const { url, requestedUrl = url } = arrival.reply;
  memory.origin ??= originOf(requestedUrl);
  if (arrival.step.position === undefined) {
    memory.guard.answered(arrival.request, requestUrl({ url }, plan.transport.baseUrl));
  }
  const isNew =
    overlap > 0
      ? picked.items.length > 0 || reading.items.length === 0 || !memory.rows.isStuck(reading)
      : isNewPage(plan, memory, reading, arrival);
  if (isNew || arrival.isFirst) return true;
  if (onRepeat === 'complete') {
    memory.repeated = true;
    return false;
  }
  throw new PaginationError(
    'LOOP',
    'The page holds the same items as an earlier one: the server does not move on with the position asked for',
  );
}

/**
 * Number and offset walks repeat where the items do, and cursors made of an item. Other cursors and links repeat where the request does, which was seen to
 * before it was sent; where that is allowed, the same items under the same cursor are still a repeat.
 */
function isNewPage(
  { options }: WalkPlan,
  { guard, pageSize }: WalkMemory,
  { items, kind, isMadeOfItems }: PageReading,
  { step }: Arrival,
): boolean {
  if (items.length === 0) return true;
  const onRepeat = repeatPolicy(options, step.strategy);
  // The first page of a choice may be followed by counted ones.
  const isChoice = step.strategy.choices !== undefined || step.strategy.restore !== undefined;
  const isCounted = kind === 'number' || kind === 'offset' || isChoice;
  if (onRepeat === 'allow') return isCounted || guard.isNewItems([step.position ?? null, items]);
  if (!isCounted && isMadeOfItems !== true) return true;
  return guard.isNewItems(items) && pageSize?.isMove(items) !== false;
}

function checkLinkHeader({ options }: WalkPlan, { headers }: PageReply): void {
  const { linkHeaderBytes = DEFAULT_LINK_HEADER_BYTES } = options.limits ?? {};
  const { length } = headers['link'] ?? '';
  if (length <= linkHeaderBytes) return;
  throw new PaginationError(
    'PROTOCOL',
    `The Link header has ${String(length)} characters, which is more than the ${String(linkHeaderBytes)} allowed`,
  );
}
