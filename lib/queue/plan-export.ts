import { checkOptions, isCount } from '../core/check-options';
import type { PagedResponse } from '../core/paged-response';
import { PaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import type { Transport } from '../core/transport';
import { explainPagination } from '../detect/explain-pagination';
import { isRecord } from '../protocol/is-record';

import { checkDescription } from './check-description';
import type { ExportDescription, PagingDescription } from './export-description';
import type { ExportPlan, PartRange, PlannedPart } from './export-plan';
import { firstNumber, listStrategy } from './list-strategy';
import { partWalk } from './part-walk';
import { plannedLists, type PlannedList } from './planned-lists';
import { refuseTwice } from './refuse-twice';
import { splitList } from './split-list';

/** How an export is planned. */
export interface PlanOptions {
  /** Parts that each list is split into, where it can be: lists by offset or page number that tell their total. @defaultValue 1 */
  readonly partitions?: number | undefined;
  /** By name; asked once for each list that is to be split, for its total. */
  readonly transports?: Readonly<Record<string, Transport>> | undefined;
}

/**
 * Splits an export into parts that workers do independently of one another: a list for each filter, ranges of a list by
 * offset or page number that tells its total, else the whole list. The plan is plain JSON; the same description, options and
 * totals give the same plan. Asks each list that is to be split for its first page, and for the
 * second one too where nobody said how it is paged; for nothing else.
 *
 * Rejects with the `PaginationError` of such a request.
 * @throws TypeError for what is no description, naming what is wrong with it, and for an unknown or wrong option
 */
export function planExport(
  description: ExportDescription,
  options: PlanOptions = {},
): Promise<ExportPlan> {
  checkDescription(description);
  checkOptions('planExport', options, { partitions: isCount, transports: isTransports });
  const { partitions = 1, transports = {} } = options;
  const lists = plannedLists(description);
  for (const [at, list] of lists.entries()) {
    checkList(list, description, at);
    if (partitions > 1 && !Object.hasOwn(transports, list.transport)) {
      throw new TypeError(
        `planExport: to split a list it is asked for its total: 'transports' has no ${list.transport}`,
      );
    }
  }
  refuseTwice(description, lists);
  return makePlan(description, lists, partitions, transports);
}

async function makePlan(
  description: ExportDescription,
  lists: readonly PlannedList[],
  partitions: number,
  transports: Readonly<Record<string, Transport>>,
): Promise<ExportPlan> {
  const parts: PlannedPart[] = [];
  const notes: string[] = [];
  let total: number | undefined = 0;
  for (const list of lists) {
    const split = await splitOf(list, description, partitions, transports);
    if (typeof split === 'string') notes.push(`${list.name} is one part: ${split}`);
    const whole: readonly SplitList[] = [list];
    for (const part of typeof split === 'string' ? whole : split) {
      total =
        total === undefined || part.range?.rows === undefined ? undefined : total + part.range.rows;
      parts.push({ index: parts.length, ...part });
    }
  }
  // As it comes back from where it is stored.
  const plan: ExportPlan = { version: 1, description, parts, totalCount: total, notes };
  return JSON.parse(JSON.stringify(plan)) as ExportPlan;
}

/** A list, or a range of one. */
interface SplitList extends PlannedList {
  readonly range?: PartRange | undefined;
}

async function splitOf(
  list: PlannedList,
  description: ExportDescription,
  partitions: number,
  transports: Readonly<Record<string, Transport>>,
): Promise<readonly SplitList[] | string> {
  if (partitions === 1) return [list];
  if (listStrategy(list.pagination)?.choices !== undefined)
    return 'which of several strategies it is paged by, its walk finds out';
  const transport = transports[list.transport];
  if (transport === undefined) return 'there is no transport to ask';
  // A walk proves with the second page what it found out by the first.
  const page = await firstPage(transport, list, description, list.pagination === undefined ? 2 : 1);
  const pagination = list.pagination ?? pagingOf(page);
  const strategy = listStrategy(pagination);
  if (pagination === undefined || strategy === undefined) return 'it comes whole';
  const ranges = splitList(list.request, strategy, page, partitions, firstNumber(pagination));
  if (typeof ranges === 'string') return ranges;
  let before = 0;
  return ranges.map(({ request: first, range }) => {
    const named =
      range.rows === undefined ? `${String(range.pages)} pages` : `${String(range.rows)} rows`;
    const at = range.rows === undefined ? (range.pages ?? 0) : range.rows;
    const name = `${list.name} ${named} from ${String(before)}`;
    before += at;
    return { ...list, name, request: first, pagination, range };
  });
}

async function firstPage(
  transport: Transport,
  list: PlannedList,
  description: ExportDescription,
  maxPages: number,
): Promise<PagedResponse> {
  const walk = partWalk(transport, list, description);
  const options = { maxPages, prefetch: 0, concurrency: 1 };
  let first: PagedResponse | undefined;
  for await (const page of walk.with(options).pages()) first ??= page;
  if (first !== undefined) return first;
  throw new PaginationError('PROTOCOL', `The list ${list.name} has no page`);
}

/** What a walk found out by this page; nothing of a list that comes whole. */
function pagingOf(page: PagedResponse): PagingDescription | undefined {
  if (page.kind === 'single') return undefined;
  const { request, status, headers, body } = page;
  const reply = { status, headers, body, url: requestUrl(request) };
  const { description } = explainPagination(request, reply);
  return description && { strategy: description };
}

/** @throws TypeError for what no walk can be made of */
function checkList(list: PlannedList, description: ExportDescription, at: number): void {
  try {
    partWalk(nothing, list, description);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const where =
      description.lists === undefined ? 'description' : `description: list ${String(at)}`;
    throw new TypeError(`${where}: ${error.message}`);
  }
}

const nothing: Transport = () => [];

function isTransports(value: unknown): string | undefined {
  const fits = isRecord(value) && Object.values(value).every((one) => typeof one === 'function');
  return fits ? undefined : 'an object of transports by name';
}
