import { isFlag, isText } from '../core/check-options';
import type { Check } from '../core/check-options';
import type { Json } from '../core/json';
import type { PageReply } from '../core/page-reply';
import type { StatusMeaning } from '../core/pagination-strategy';
import { findItems, readItems } from './read-items';
import { isJson, readFlag, readWhole } from './read-values';
import { isSelector, select, selectorLabel } from './selector';
import type { Selector } from './selector';

/** Settings that every strategy has. */
export interface CommonOptions<T = unknown> {
  /** Where the items are. @defaultValue the body if it is an array, else its one array of records, else `BAD_SHAPE` */
  readonly items?: Selector<readonly T[]> | undefined;
  /** Where an error stands in a reply of status 200; anything there but `null`, `false`, `''` and `[]` errors the walk with `API_ERROR`. */
  readonly apiError?: Selector | undefined;
  /**
   * Whether such an error may be over soon, so that the page is asked for again like one of a status worth it: always, or
   * where this selector finds `true`. @defaultValue false
   */
  readonly retryApiError?: boolean | Selector | undefined;
  /** Statuses that mean that the server no longer knows the position. @defaultValue [410] */
  readonly expired?: readonly number[] | undefined;
  /** Statuses that are a page without items, e.g. 204. @defaultValue none */
  readonly emptyStatuses?: readonly number[] | undefined;
  /** Reads `null` in place of the items as a page without items. @defaultValue false, which makes it `BAD_SHAPE` */
  readonly nullIsEmpty?: boolean | undefined;
  /**
   * Shows a reply to be a page of the list: where it finds something and the items are missing, the page is one without items,
   * for APIs that leave out an empty list. @defaultValue none, which makes missing items `BAD_SHAPE`
   */
  readonly emptyWith?: Selector | undefined;
  /** Leaves a page without items out of `pages()`. @defaultValue false */
  readonly hideEmpty?: boolean | undefined;
  /** Names the strategy in resume tokens. @defaultValue made of the settings */
  readonly id?: string | undefined;
}

/** What is read alike by every strategy. */
export interface CommonReading<T> {
  readonly items: readonly T[];
  readonly itemsName?: string;
  readonly hideEmpty?: true;
  readonly apiError?: Json;
  readonly retryable?: true;
}

/** Selectors of the totals and the flag that several strategies read. */
export interface Figures {
  readonly totalCount?: Selector | undefined;
  readonly totalPages?: Selector | undefined;
  readonly hasMore?: Selector | undefined;
}

const isStatuses: Check = (value) =>
  Array.isArray(value) && value.every(isStatus) ? undefined : 'an array of HTTP statuses';

/** An option check for one status or several. */
export const isStatusOrStatuses: Check = (value) =>
  isStatus(value) || isStatuses(value) === undefined ? undefined : 'an HTTP status, or an array';

export const commonChecks: Readonly<Record<keyof CommonOptions, Check>> = {
  items: isSelector,
  apiError: isSelector,
  retryApiError: (value) =>
    isFlag(value) === undefined || isSelector(value) === undefined
      ? undefined
      : "true, false, a JSON pointer, '$response.headers#/name' or a function",
  expired: isStatuses,
  emptyStatuses: isStatuses,
  nullIsEmpty: isFlag,
  emptyWith: isSelector,
  hideEmpty: isFlag,
  id: isText,
};

/** Items and error envelope of a reply; where there is an error, nothing else is read. */
export function readCommon<T>(reply: PageReply, options: CommonOptions<T>): CommonReading<T> {
  const apiError = options.apiError === undefined ? null : select(reply, options.apiError);
  if (isError(apiError)) {
    const { retryApiError = false } = options;
    const isPassing =
      typeof retryApiError === 'boolean'
        ? retryApiError
        : readFlag(select(reply, retryApiError)) === true;
    return {
      items: [],
      apiError: isJson(apiError) ? apiError : 'no JSON value',
      ...(isPassing && { retryable: true }),
    };
  }
  const items = readItems(reply, options.items, options);
  const isRead =
    options.items === undefined && options.emptyStatuses?.includes(reply.status) !== true;
  const { name } = isRead ? findItems(reply.body) : {};
  return {
    items,
    ...(name !== undefined && { itemsName: name }),
    ...(options.hideEmpty === true && items.length === 0 && { hideEmpty: true }),
  };
}

/** Totals and flag of a reply; what is missing or unreadable is left out. */
export function readFigures(
  reply: PageReply,
  items: readonly unknown[],
  { totalCount, totalPages, hasMore }: Figures,
): { totalCount?: number; totalPages?: number; hasMore?: boolean } {
  const pick = (selector: Selector | undefined): unknown =>
    selector === undefined ? undefined : select(reply, selector, items);
  const count = readWhole(pick(totalCount));
  const pages = readWhole(pick(totalPages));
  const more = readFlag(pick(hasMore));
  return {
    ...(count === undefined ? {} : { totalCount: count }),
    ...(pages === undefined ? {} : { totalPages: pages }),
    ...(more === undefined ? {} : { hasMore: more }),
  };
}

/** What the statuses mean that the options name. */
export function statusesOf(
  { expired = [410], emptyStatuses = [] }: CommonOptions,
  end: readonly number[] = [],
): Readonly<Record<number, StatusMeaning>> {
  const meanings: Record<number, StatusMeaning> = {};
  for (const status of expired) meanings[status] = 'expired';
  for (const status of emptyStatuses) meanings[status] = 'empty';
  for (const status of end) meanings[status] = 'end';
  return meanings;
}

/** The id of a strategy: its kind and those settings that say where positions and items are. Never a value of a request. */
export function strategyId(
  kind: string,
  settings: Readonly<Record<string, string | number | Selector | undefined>>,
): string {
  const parts = Object.entries(settings).map(([name, setting]) => {
    const label = typeof setting === 'number' ? String(setting) : selectorLabel(setting);
    return label === undefined ? [] : [`${name}=${label}`];
  });
  return `${kind}(${parts.flat().join(' ')})`;
}

function isStatus(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;
}

function isError(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  return !(Array.isArray(value) && value.length === 0);
}
