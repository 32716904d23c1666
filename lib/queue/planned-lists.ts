import type { PageRequest } from '../core/page-request';
import { redactRequest } from '../core/redact';
import { isRecord } from '../protocol/is-record';

import type { ExportDescription, ListDescription, RequestFilter } from './export-description';
import type { PlannedPart } from './export-plan';

/** A list before it is split. */
export type PlannedList = Omit<PlannedPart, 'index' | 'range'>;

/** The lists of an export, with each of their filters, in order. */
export function plannedLists(description: ExportDescription): readonly PlannedList[] {
  const { request = '', filters, lists = [{ request, filters }] } = description;
  return lists.flatMap((list) => filtered(list, description));
}

function filtered(
  { request, filters, name, ...own }: ListDescription,
  { transport, pagination }: ExportDescription,
): readonly PlannedList[] {
  const whole = typeof request === 'string' ? { url: request } : request;
  const list = {
    name: name ?? redactRequest(whole).url,
    transport: own.transport ?? transport,
    request: whole,
    pagination: own.pagination ?? pagination,
  };
  if (filters === undefined) return [list];
  return filters.map((filter) => ({
    ...list,
    name: `${list.name} ${filter.name ?? nameOf(filter)}`,
    request: withFilter(whole, filter),
  }));
}

function withFilter(request: PageRequest, { path, params, body }: RequestFilter): PageRequest {
  return {
    ...request,
    ...(path !== undefined && { path: { ...request.path, ...path } }),
    ...(params !== undefined && { params: { ...request.params, ...params } }),
    ...(body !== undefined && { body: mergedBody(request.body, body) }),
  };
}

/** Members of an object are set one by one; anything else takes the place of the whole. */
function mergedBody(body: unknown, filter: unknown): unknown {
  return isRecord(body) && isRecord(filter) ? { ...body, ...filter } : filter;
}

function nameOf({ path, params, body }: RequestFilter): string {
  const pairs = Object.entries({ ...path, ...params }).map(
    ([name, value]) => `${name}=${String(value)}`,
  );
  return [...pairs, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' ').slice(0, 80);
}
