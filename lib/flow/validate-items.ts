import { describe } from '../core/check-options';
import { field } from '../core/field';
import { PaginationError } from '../core/pagination-error';
import type { SchemaIssue, SchemaResult, StandardSchemaV1 } from '../core/standard-schema';
import { isRecord } from '../protocol/is-record';

/** The items as the schema gives them; a promise only where the schema works asynchronously. */
export function validateItems(
  items: readonly unknown[],
  schema: StandardSchemaV1,
): readonly unknown[] | Promise<readonly unknown[]> {
  const results = validated(items, schema);
  if (results.every(isSettled)) return outputs(results);
  return Promise.all(results.map((result) => Promise.resolve(result))).then(outputs);
}

type Given = SchemaResult<unknown> | Promise<SchemaResult<unknown>>;

function validated(items: readonly unknown[], schema: StandardSchemaV1): readonly Given[] {
  const results: Given[] = [];
  try {
    for (const item of items) results.push(schema['~standard'].validate(item));
  } catch (error) {
    // A promise that nobody listens to ends the process when it is rejected.
    for (const result of results) Promise.resolve(result).catch(() => undefined);
    throw error;
  }
  return results;
}

function isSettled(result: Given): result is SchemaResult<unknown> {
  // A Promise may be of another realm, or zone.js' own; what is no result at all is judged with those.
  return typeof field(result, 'then') !== 'function';
}

function outputs(results: readonly SchemaResult<unknown>[]): readonly unknown[] {
  return results.map((result, index) => {
    checkResult(result, index);
    if (result.issues === undefined) return result.value;
    throw new PaginationError(
      'BAD_SHAPE',
      `Item ${String(index)} of the page does not fit the schema: ${result.issues.slice(0, 3).map(issueText).join('; ')}`,
    );
  });
}

/** @throws PaginationError `BAD_SHAPE` for what a Standard Schema does not give */
function checkResult(result: unknown, index: number): void {
  const issues = field(result, 'issues');
  const fits = issues === undefined ? isRecord(result) && 'value' in result : Array.isArray(issues);
  if (fits) return;
  throw new PaginationError(
    'BAD_SHAPE',
    `The schema must give { value } or { issues }, got ${describe(result)} for item ${String(index)} of the page`,
  );
}

function issueText({ message, path }: SchemaIssue): string {
  const keys = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return `${keys.length === 0 ? '' : `/${keys.join('/')}: `}${message}`;
}
