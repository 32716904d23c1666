import type { PageReply } from '../core/page-reply';
import { PaginationError } from '../core/pagination-error';
import { isRecord } from '../protocol/is-record';
import { typeFound } from './read-values';
import { select, selectorLabel } from './selector';
import type { Selector } from './selector';

/** Records beside the items; where they are empty they would look like a page without items. */
const BESIDE = /^(?:errors?|warnings?)$/i;

/** How the items of a page are found. */
export interface ReadItemsOptions {
  /** Statuses whose replies are pages without items. */
  readonly emptyStatuses?: readonly number[] | undefined;
  /** Reads `null` as a page without items, for APIs that are known to write it. */
  readonly nullIsEmpty?: boolean | undefined;
  /** Where it finds something, missing items are a page without items. */
  readonly emptyWith?: Selector | undefined;
}

/**
 * The items of a reply. Without a selector: the body if it is an array, else the one array of records among its own
 * properties.
 * @throws PaginationError `BAD_SHAPE` for everything but an array: no items are never assumed.
 */
export function readItems<T>(
  reply: PageReply,
  selector: Selector<readonly T[]> | undefined,
  { emptyStatuses = [], nullIsEmpty = false, emptyWith }: ReadItemsOptions = {},
): readonly T[] {
  if (emptyStatuses.includes(reply.status)) return [];
  const found = selector === undefined ? findItems(reply.body).found : select(reply, selector);
  if (found === null && nullIsEmpty) return [];
  if (found === undefined && emptyWith !== undefined && isThere(select(reply, emptyWith)))
    return [];
  // The type of the items is the caller's word; a schema can check it.
  if (Array.isArray(found)) return found as readonly T[];
  const where = selector === undefined ? 'in the body' : `at ${place(selectorLabel(selector))}`;
  throw new PaginationError(
    'BAD_SHAPE',
    `Expected an array of items ${where}, found ${typeFound(found)}`,
  );
}

/**
 * What stands where items are to be expected, and under which name: a property that is only the one array on this page
 * must be it on the others too.
 * @throws PaginationError `BAD_SHAPE` where there are several arrays of records, or none.
 */
export function findItems(body: unknown): { readonly found: unknown; readonly name?: string } {
  if (!isRecord(body)) return { found: body };
  const arrays = Object.entries(body).filter(
    ([name, value]) => !BESIDE.test(name) && isArrayOfRecords(value),
  );
  const [[name, found] = ['']] = arrays;
  if (arrays.length === 1) return { found, name };
  const names = (arrays.length === 0 ? Object.keys(body) : arrays.map(([name]) => name))
    .slice(0, 20)
    .map((name) => JSON.stringify(name.slice(0, 40)));
  const problem =
    arrays.length === 0
      ? `found none among its properties ${names.join(', ')}`
      : `found ${names.join(', ')}`;
  throw new PaginationError(
    'BAD_SHAPE',
    `Expected one array of records in the body, ${problem}; name the right one with the option 'items'`,
  );
}

function isArrayOfRecords(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRecord);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function place(label: string | undefined): string {
  return label === '' ? 'the root of the body' : (label ?? '');
}
